package io.lathe.models.predict;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.models.evaluation.Metrics;
import io.lathe.models.evaluation.PairedRows;
import io.lathe.models.evaluation.Tally;
import io.lathe.models.features.RowSource;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A predictor's answers to labelled rows.
 *
 * @param metrics how good they are
 * @param correct which rows, from 0, were predicted right
 */
public record Evaluation(Metrics metrics, BitSet correct) {
    public Evaluation {
        correct = (BitSet) correct.clone();
    }

    /**
     * Predicts every row and compares it with its label.
     *
     * @throws LatheException {@code bad-request} naming the row when it has no label
     */
    public static Evaluation of(Predictor predictor, RowSource labelledRows) {
        Run run = new Run(predictor);
        labelledRows.forEachRow(run::add);
        return new Evaluation(run.tally.metrics(), run.correct);
    }

    /** This evaluation beside that of the production version on the same rows. */
    public PairedRows pairedWith(Evaluation production) {
        BitSet both = (BitSet) correct.clone();
        both.and(production.correct);
        long bothRight = both.cardinality();
        long mine = correct.cardinality() - bothRight;
        long theirs = production.correct.cardinality() - bothRight;
        return new PairedRows(bothRight, mine, theirs, metrics.rows() - bothRight - mine - theirs);
    }

    private static final class Run {
        private final Predictor predictor;
        private final Tally tally;
        private final BitSet correct = new BitSet();
        private int row;

        Run(Predictor predictor) {
            this.predictor = predictor;
            this.tally = new Tally(predictor.labels());
        }

        void add(Map<String, @Nullable Object> labelled) {
            Map<String, @Nullable Object> raw = new LinkedHashMap<>(labelled);
            Object label = raw.remove(predictor.response());
            if (label == null) {
                throw new LatheException(
                        ProblemCode.BAD_REQUEST,
                        "Row %d of the evaluation data has no label in column '%s', so it can't be judged. Give it one, or leave the row out."
                                .formatted(row + 1, predictor.response()));
            }
            String actual = label.toString();
            switch (predictor.predict(raw)) {
                case RowPrediction.Predicted predicted -> {
                    int index = predictor.labels().indexOf(actual);
                    tally.predicted(
                            actual,
                            predicted.label(),
                            index < 0 ? 0 : predicted.probabilities().get(index));
                    correct.set(row, predicted.label().equals(actual));
                }
                case RowPrediction.Refused refused -> tally.refused(actual);
            }
            row++;
        }
    }
}
