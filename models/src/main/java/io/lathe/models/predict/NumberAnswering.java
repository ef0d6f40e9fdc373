package io.lathe.models.predict;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.models.ModelKind;
import io.lathe.models.features.FittedFeatures;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tribuo.Model;
import org.tribuo.regression.Regressor;

/** One number. */
final class NumberAnswering implements Answering {
    private final Model<Regressor> model;
    private final FittedFeatures<Regressor> features;

    /** @throws LatheException {@code bad-request} when the model answers several numbers */
    NumberAnswering(Model<Regressor> model, FittedFeatures<Regressor> features) {
        requireOneNumber(model);
        this.model = model;
        this.features = features;
    }

    static void requireOneNumber(Model<Regressor> model) {
        if (model.getOutputIDInfo().size() != 1) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "The model %s answers %d numbers for a row (%s); one can be published. Train a model for each of them."
                            .formatted(
                                    model.getName(),
                                    model.getOutputIDInfo().size(),
                                    model.getOutputIDInfo().getDomain().stream()
                                            .flatMap(number -> List.of(number.getNames()).stream())
                                            .sorted()
                                            .limit(10)
                                            .collect(Collectors.joining(", "))));
        }
    }

    @Override
    public ModelKind kind() {
        return ModelKind.REGRESSION;
    }

    @Override
    public List<String> labels() {
        return List.of();
    }

    @Override
    public RowPrediction answer(Map<String, @Nullable Object> row, List<String> warnings) {
        double value = model.predict(features.example(row)).getOutput().getValues()[0];
        return Double.isFinite(value)
                ? new RowPrediction.Estimated(value, warnings)
                : new RowPrediction.Refused(List.of(
                        "The model has no proper answer for this row: its prediction is %s, not a finite number. Check the row for extreme values."
                                .formatted(value)));
    }
}
