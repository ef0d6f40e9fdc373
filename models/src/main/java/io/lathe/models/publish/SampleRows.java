package io.lathe.models.publish;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.models.ModelKind;
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

/**
 * Chooses the samples of a bundle, with the model's columns only: of a classifier the first evaluation row of each predicted
 * label, of a regression the first few.
 */
final class SampleRows {
    private static final int NUMBERS = 10;

    private SampleRows() {}

    static Samples choose(Predictor predictor, FittedFeatures<?> features, RowSource rows) {
        int most = predictor.kind() == ModelKind.CLASSIFICATION
                ? Math.min(predictor.labels().size(), Samples.MAX)
                : NUMBERS;
        Map<Object, Sample> chosen = new LinkedHashMap<>();
        rows.forEachRow(row -> {
            if (chosen.size() < most) {
                Map<String, @Nullable Object> raw = new LinkedHashMap<>();
                features.columns().forEach(column -> raw.put(column, row.get(column)));
                switch (predictor.predict(raw)) {
                    case RowPrediction.Labelled labelled ->
                        chosen.putIfAbsent(labelled.label(), new Sample(raw, answer(predictor.labels(), labelled)));
                    case RowPrediction.Estimated estimated ->
                        chosen.putIfAbsent(raw, new Sample(raw, new Samples.Estimate(estimated.value())));
                    case RowPrediction.Refused _ -> {}
                }
            }
        });
        if (chosen.isEmpty()) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "The model could not predict a single row of the evaluation data, so it has no example to be checked by. Does the data have the columns %s, with values known from training?"
                            .formatted(features.columns()));
        }
        return new Samples(List.copyOf(chosen.values()));
    }

    private static Samples.Labelled answer(List<String> labels, RowPrediction.Labelled predicted) {
        Map<String, Double> probabilities = new TreeMap<>();
        for (int i = 0; i < labels.size(); i++) {
            probabilities.put(labels.get(i), predicted.probabilities().get(i));
        }
        return new Samples.Labelled(predicted.label(), probabilities);
    }
}
