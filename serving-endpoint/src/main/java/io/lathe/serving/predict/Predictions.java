package io.lathe.serving.predict;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.Nearest;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import io.lathe.models.predict.RowPrediction;
import io.lathe.serving.consumer.Consumer;
import io.lathe.serving.http.Answer;
import io.lathe.serving.http.Deadline;
import io.lathe.serving.model.Choice;
import io.lathe.serving.model.Deployment;
import io.lathe.serving.model.Lease;
import io.lathe.serving.model.ServedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Predictions for consumers, whatever the protocol. Thread-safe. */
public final class Predictions {

    private static final int CHUNK = 256;

    /** @param predictions one per row, in order, every number finite */
    public record Outcome(List<RowPrediction.Predicted> predictions, List<String> warnings) {}

    private final Deployment deployment;

    public Predictions(Deployment deployment) {
        this.deployment = deployment;
    }

    /**
     * Answers with one version, held from the look-up to the answer, and names it in the answer's headers whatever its status. A
     * model the consumer may not call is unknown to it: NOT_FOUND.
     */
    public Answer withVersion(Consumer consumer, String model, Choice choice, Function<Lease, Answer> use) {
        if (!consumer.mayCall(model) || deployment.find(model).isEmpty()) {
            throw unknown(model, consumer);
        }
        try (Lease lease = deployment.acquire(model, choice)) {
            Answer answer;
            try {
                answer = use.apply(lease);
            } catch (LatheException e) {
                answer = Answer.error(e);
            }
            return answer.with(Answer.MODEL_VERSION, String.valueOf(lease.version()));
        }
    }

    /**
     * All rows or none: BAD_REQUEST names every refused row (counted from 1) with its reasons, INTERNAL a row whose answer is not
     * a finite number, TIMEOUT when the deadline passes between rows.
     */
    public Outcome predict(ServedModel model, List<Map<String, @Nullable Object>> rows, Deadline deadline) {
        List<RowPrediction.Predicted> predictions = new ArrayList<>(rows.size());
        Notes refusals = new Notes();
        Notes warnings = new Notes();
        for (int from = 0; from < rows.size(); from += CHUNK) {
            deadline.check();
            List<Map<String, @Nullable Object>> chunk = rows.subList(from, Math.min(rows.size(), from + CHUNK));
            List<RowPrediction> answers = model.predict(chunk);
            if (answers.size() != chunk.size()) {
                throw new IllegalStateException(answers.size() + " answers for " + chunk.size() + " rows");
            }
            for (int i = 0; i < answers.size(); i++) {
                int row = from + i + 1;
                switch (answers.get(i)) {
                    case RowPrediction.Predicted predicted -> {
                        requireFinite(model, row, predicted);
                        predicted.warnings().forEach(warnings::add);
                        predictions.add(predicted);
                    }
                    case RowPrediction.Refused refused ->
                        refused.reasons().forEach(reason -> refusals.add("Row " + row + ": " + reason));
                }
            }
        }
        if (!refusals.isEmpty()) {
            throw Answer.badRequest(String.join(" ", refusals.list()));
        }
        return new Outcome(predictions, warnings.list());
    }

    /** The same words for a model that is not there and one the consumer may not see; names none but the consumer's own. */
    public static LatheException unknown(String model, Consumer consumer) {
        return new LatheException(
                ProblemCode.NOT_FOUND,
                "Model '" + Shown.of(model)
                        + "' is not known to this consumer. Check the name, or ask for the right to call it."
                        + Nearest.hint(model, new TreeSet<>(consumer.models())));
    }

    private static void requireFinite(ServedModel model, int row, RowPrediction.Predicted predicted) {
        switch (predicted) {
            case RowPrediction.Estimated estimated -> requireFinite(row, "prediction", estimated.value());
            case RowPrediction.Labelled labelled -> {
                List<Double> probabilities = labelled.probabilities();
                for (int k = 0; k < probabilities.size(); k++) {
                    if (!Double.isFinite(probabilities.get(k))) {
                        requireFinite(row, "probability of '" + model.labels().get(k) + "'", probabilities.get(k));
                    }
                }
            }
        }
    }

    private static void requireFinite(int row, String output, double value) {
        if (!Double.isFinite(value)) {
            throw new LatheException(
                    ProblemCode.INTERNAL,
                    "Row " + row + ": the model's " + output
                            + " is not a finite number. Check the row for extreme values.");
        }
    }
}
