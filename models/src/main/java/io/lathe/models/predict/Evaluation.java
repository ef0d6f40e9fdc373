package io.lathe.models.predict;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.models.evaluation.Comparison;
import io.lathe.models.evaluation.Metrics;
import io.lathe.models.features.RowSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A predictor's answers to labelled rows. */
public sealed interface Evaluation permits LabelEvaluation, NumberEvaluation {
    /** How good they are. */
    Metrics metrics();

    /**
     * This evaluation beside that of the production version on the same rows.
     *
     * @throws LatheException {@code bad-request} when the other is of another kind of model
     */
    Comparison pairedWith(Evaluation production);

    /**
     * Predicts every row and compares it with its true answer.
     *
     * @throws LatheException {@code bad-request} naming the row when it has no true answer, or one that can't be
     */
    static Evaluation of(Predictor predictor, RowSource labelledRows) {
        return switch (predictor.kind()) {
            case CLASSIFICATION -> LabelEvaluation.of(predictor, labelledRows);
            case REGRESSION -> NumberEvaluation.of(predictor, labelledRows);
        };
    }

    /** Calls {@code row} with the true answer and the prediction of each row, in order. */
    static void forEachRow(Predictor predictor, RowSource labelledRows, BiConsumer<Object, RowPrediction> row) {
        long[] number = {0};
        labelledRows.forEachRow(labelled -> {
            number[0]++;
            Map<String, @Nullable Object> raw = new LinkedHashMap<>(labelled);
            Object answer = raw.remove(predictor.response());
            if (answer == null) {
                throw new LatheException(
                        ProblemCode.BAD_REQUEST,
                        "Row %d of the evaluation data has no value in column '%s', so it can't be judged. Give it one, or leave the row out."
                                .formatted(number[0], predictor.response()));
            }
            try {
                row.accept(answer, predictor.predict(raw));
            } catch (LatheException e) {
                throw new LatheException(
                        e.code(),
                        "Row %d of the evaluation data: %s Or leave the row out.".formatted(number[0], e.getMessage()),
                        e);
            }
        });
    }

    /** The refusal to pair evaluations of different kinds. */
    static LatheException otherKind() {
        return new LatheException(
                ProblemCode.BAD_REQUEST, "Labels can't be compared with numbers; both versions must be of one kind.");
    }
}
