package io.lathe.models.predict;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.schema.Anomaly;
import io.lathe.datasets.schema.RowVerdict;
import io.lathe.datasets.schema.Schema;
import io.lathe.datasets.schema.SchemaCheck;
import io.lathe.models.bundle.Bundle;
import io.lathe.models.features.FittedFeatures;
import io.lathe.models.tribuo.TribuoModelFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tribuo.Model;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;

/**
 * Answers raw rows: input contract, then transforms, then model. Equal rows get bit-equal answers, whatever the order of their
 * columns. Thread-safe, since Tribuo's models are for prediction.
 */
public final class Predictor implements AutoCloseable {
    /** How far the probabilities of one row may be from summing to 1. */
    private static final double SUM_TOLERANCE = 1e-6;

    private final Model<Label> model;
    private final FittedFeatures features;
    private final Schema contract;
    private final Schema expected;
    private final List<String> labels;

    private Predictor(Model<Label> model, FittedFeatures features, Schema contract) {
        this.model = model;
        this.features = features;
        this.contract = contract;
        this.expected = contract.forEnvironment(Schema.SERVING);
        this.labels = labels(model);
        if (!model.generatesProbabilities()) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "The model %s gives scores, not probabilities, so its answers can't be compared or explained. Train it with a probabilistic objective, such as LogMulticlass."
                            .formatted(model.getName()));
        }
    }

    /**
     * The predictor of an opened bundle.
     *
     * @throws LatheException {@code bad-request} when the model file is refused, gives no probabilities, or has other labels than
     *     the bundle says
     */
    public static Predictor load(Bundle bundle) {
        Predictor predictor =
                new Predictor(TribuoModelFile.open(bundle.modelFile()), bundle.features(), bundle.contract());
        if (!predictor.labels.equals(bundle.manifest().labels())) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "The bundle lists other labels than its model has, or in another order. Publish the model again.");
        }
        return predictor;
    }

    /** The predictor of a model in memory, as {@link #load} would give it once bundled. */
    public static Predictor of(Model<Label> model, FittedFeatures features) {
        return new Predictor(model, features, features.contract());
    }

    /** The input contract, with all environments. */
    public Schema contract() {
        return contract;
    }

    /** The column that holds the label in labelled rows. */
    public String response() {
        return features.response();
    }

    /** The labels the model can answer, sorted by their characters' codes ({@link String#compareTo}). */
    public List<String> labels() {
        return labels;
    }

    /** One answer per row, in order. Never throws for what a row contains. */
    public List<RowPrediction> predict(List<? extends Map<String, @Nullable Object>> rows) {
        return rows.stream().map(this::predict).toList();
    }

    /** The answer to one row. Never throws for what the row contains. */
    public RowPrediction predict(Map<String, @Nullable Object> row) {
        RowVerdict verdict = SchemaCheck.checkRow(expected, row);
        if (!verdict.isAccepted()) {
            return new RowPrediction.Refused(messages(verdict.errors()));
        }
        try {
            return answer(model.predict(features.example(row)), messages(verdict.warnings()));
        } catch (LatheException e) {
            return new RowPrediction.Refused(List.of(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            // Weights that are NaN, or fewer than the features: Tribuo fails in its own ways.
            return new RowPrediction.Refused(List.of("The model has no proper answer for this row."));
        }
    }

    @Override
    public void close() {
        // A Tribuo model holds memory only.
    }

    private RowPrediction answer(Prediction<Label> prediction, List<String> warnings) {
        Map<String, Label> scores = prediction.getOutputScores();
        List<Double> probabilities = new ArrayList<>(labels.size());
        double sum = 0;
        for (String each : labels) {
            Label score = scores.get(each);
            double probability = score == null ? 0 : score.getScore();
            probabilities.add(probability);
            sum += probability;
        }
        String label = prediction.getOutput().getLabel();
        // NaN fails every comparison, so it is refused here too.
        if (!(Math.abs(sum - 1) <= SUM_TOLERANCE) || !labels.contains(label)) {
            return new RowPrediction.Refused(List.of(
                    "The model has no proper answer for this row: its probabilities sum to %s.".formatted(sum)));
        }
        return new RowPrediction.Predicted(label, probabilities, warnings);
    }

    private static List<String> labels(Model<Label> model) {
        TreeSet<String> labels = new TreeSet<>();
        model.getOutputIDInfo().getDomain().forEach(label -> labels.add(label.getLabel()));
        return List.copyOf(labels);
    }

    private static List<String> messages(List<Anomaly> anomalies) {
        return anomalies.isEmpty()
                ? List.of()
                : anomalies.stream().map(Anomaly::message).toList();
    }
}
