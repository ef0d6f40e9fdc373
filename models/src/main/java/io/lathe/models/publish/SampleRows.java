package io.lathe.models.publish;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.models.bundle.Samples;
import io.lathe.models.bundle.Samples.Sample;
import io.lathe.models.features.FittedFeatures;
import io.lathe.models.features.RowSource;
import io.lathe.models.predict.Predictor;
import io.lathe.models.predict.RowPrediction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Chooses the samples of a bundle: the first evaluation row of each predicted label, with the model's columns only. */
final class SampleRows {
    private SampleRows() {}

    static Samples choose(Predictor predictor, FittedFeatures features, RowSource rows) {
        Map<String, Sample> byLabel = new LinkedHashMap<>();
        rows.forEachRow(row -> {
            if (byLabel.size() < Math.min(predictor.labels().size(), Samples.MAX)) {
                Map<String, @Nullable Object> raw = new LinkedHashMap<>();
                features.columns().forEach(column -> raw.put(column, row.get(column)));
                if (predictor.predict(raw) instanceof RowPrediction.Predicted predicted) {
                    byLabel.putIfAbsent(predicted.label(), sample(predictor.labels(), raw, predicted));
                }
            }
        });
        if (byLabel.isEmpty()) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "The model could not predict a single row of the evaluation data, so it has no example to be checked by. Does the data have the columns %s, with values known from training?"
                            .formatted(features.columns()));
        }
        return new Samples(List.copyOf(byLabel.values()));
    }

    private static Sample sample(
            List<String> labels, Map<String, @Nullable Object> row, RowPrediction.Predicted predicted) {
        Map<String, Double> probabilities = new TreeMap<>();
        for (int i = 0; i < labels.size(); i++) {
            probabilities.put(labels.get(i), predicted.probabilities().get(i));
        }
        return new Sample(row, predicted.label(), probabilities);
    }
}
