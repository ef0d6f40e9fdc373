package io.lathe.models.predict;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.schema.Anomaly;
import io.lathe.datasets.schema.RowVerdict;
import io.lathe.datasets.schema.Schema;
import io.lathe.datasets.schema.SchemaCheck;
import io.lathe.models.ModelKind;
import io.lathe.models.bundle.Bundle;
import io.lathe.models.features.FittedFeatures;
import io.lathe.models.tribuo.TribuoModelFile;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.classification.Label;
import org.tribuo.regression.Regressor;

/**
 * Answers raw rows: input contract, then transforms, then model. Equal rows get bit-equal answers, whatever the order of their
 * columns. Thread-safe, since Tribuo's models are for prediction.
 */
public final class Predictor implements AutoCloseable {
    private final Answering answering;
    private final String response;
    private final Schema contract;
    private final Schema expected;

    private Predictor(Answering answering, FittedFeatures<?> features, Schema contract) {
        this.answering = answering;
        this.response = features.response().column();
        this.contract = contract;
        this.expected = contract.forEnvironment(Schema.SERVING);
    }

    /**
     * The predictor of an opened bundle.
     *
     * @throws LatheException {@code bad-request} when the model file is refused, gives no probabilities, or has other labels than
     *     the bundle says
     */
    public static Predictor load(Bundle bundle) {
        FittedFeatures<?> features = bundle.features();
        Answering answering = switch (bundle.manifest().kind()) {
            case CLASSIFICATION ->
                new LabelAnswering(TribuoModelFile.open(bundle.modelFile(), Label.class), features.as(Label.class));
            case REGRESSION ->
                new NumberAnswering(
                        TribuoModelFile.open(bundle.modelFile(), Regressor.class), features.as(Regressor.class));
        };
        if (!answering.labels().equals(bundle.manifest().labels())) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "The bundle lists other labels than its model has, or in another order. Publish the model again.");
        }
        return new Predictor(answering, features, bundle.contract());
    }

    /**
     * The predictor of a model in memory, as {@link #load} would give it once bundled.
     *
     * @throws LatheException {@code bad-request} when the model's answers can't be served
     */
    public static <T extends Output<T>> Predictor of(Model<T> model, FittedFeatures<T> features) {
        Answering answering = switch (features.response().kind()) {
            case CLASSIFICATION -> new LabelAnswering(model.castModel(Label.class), features.as(Label.class));
            case REGRESSION -> new NumberAnswering(model.castModel(Regressor.class), features.as(Regressor.class));
        };
        return new Predictor(answering, features, features.contract());
    }

    /** @throws LatheException {@code bad-request} when a model of this shape can't be served, whatever it was trained on */
    public static void requireServable(Model<?> model) {
        if (model.getOutputIDInfo().getDomain().stream().allMatch(Regressor.class::isInstance)) {
            NumberAnswering.requireOneNumber(model.castModel(Regressor.class));
        }
    }

    /** What the model answers. */
    public ModelKind kind() {
        return answering.kind();
    }

    /** The input contract, with all environments. */
    public Schema contract() {
        return contract;
    }

    /** The column that holds the true answer in labelled rows. */
    public String response() {
        return response;
    }

    /** The labels the model can answer, sorted by their characters' codes ({@link String#compareTo}); none for numbers. */
    public List<String> labels() {
        return answering.labels();
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
            return answering.answer(row, messages(verdict.warnings()));
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

    private static List<String> messages(List<Anomaly> anomalies) {
        return anomalies.isEmpty()
                ? List.of()
                : anomalies.stream().map(Anomaly::message).toList();
    }
}
