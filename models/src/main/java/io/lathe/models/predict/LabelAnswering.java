package io.lathe.models.predict;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.models.ModelKind;
import io.lathe.models.features.FittedFeatures;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tribuo.Model;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;

/** A label and the probability of each. */
final class LabelAnswering implements Answering {
    /** How far the probabilities of one row may be from summing to 1. */
    private static final double SUM_TOLERANCE = 1e-6;

    private final Model<Label> model;
    private final FittedFeatures<Label> features;
    private final List<String> labels;

    /** @throws LatheException {@code bad-request} when the model gives no probabilities */
    LabelAnswering(Model<Label> model, FittedFeatures<Label> features) {
        this.model = model;
        this.features = features;
        TreeSet<String> known = new TreeSet<>();
        model.getOutputIDInfo().getDomain().forEach(label -> known.add(label.getLabel()));
        this.labels = List.copyOf(known);
        if (!model.generatesProbabilities()) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "The model %s gives scores, not probabilities, so its answers can't be compared or explained. Train a model that gives probabilities: a linear or factorisation model with the objective LogMulticlass, a random forest, or bagged trees."
                            .formatted(model.getName()));
        }
    }

    @Override
    public ModelKind kind() {
        return ModelKind.CLASSIFICATION;
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public RowPrediction answer(Map<String, @Nullable Object> row, List<String> warnings) {
        Prediction<Label> prediction = model.predict(features.example(row));
        Map<String, Label> scores = prediction.getOutputScores();
        Double[] probabilities = new Double[labels.size()];
        double sum = 0;
        for (int i = 0; i < probabilities.length; i++) {
            Label score = scores.get(labels.get(i));
            double probability = score == null ? 0 : score.getScore();
            probabilities[i] = probability;
            sum += probability;
        }
        String label = prediction.getOutput().getLabel();
        // NaN fails every comparison, so it is refused here too.
        if (!(Math.abs(sum - 1) <= SUM_TOLERANCE) || !labels.contains(label)) {
            return new RowPrediction.Refused(List.of(
                    "The model has no proper answer for this row: its probabilities sum to %s.".formatted(sum)));
        }
        return new RowPrediction.Labelled(label, List.of(probabilities), warnings);
    }
}
