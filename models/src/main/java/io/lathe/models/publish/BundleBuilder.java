package io.lathe.models.publish;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.store.Content;
import io.lathe.models.bundle.Bundle;
import io.lathe.models.bundle.BundleContents;
import io.lathe.models.bundle.BundleManifest;
import io.lathe.models.bundle.BundleReader;
import io.lathe.models.bundle.BundleWriter;
import io.lathe.models.bundle.Samples;
import io.lathe.models.features.FeatureProvenance;
import io.lathe.models.features.FittedFeatures;
import io.lathe.models.features.RowSource;
import io.lathe.models.predict.Evaluation;
import io.lathe.models.predict.Predictor;
import io.lathe.models.predict.SampleCheck;
import io.lathe.models.tribuo.TribuoModelFile;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tribuo.Model;
import org.tribuo.Output;

/**
 * Makes a bundle of a model trained on {@link io.lathe.models.features.FittedFeatures#dataset}, and checks it as a reader would.
 *
 * <pre>{@code
 * BuiltBundle built = BundleBuilder.of(model)
 *     .named("penguins")
 *     .evaluatedOn("penguins-test@v1", rows)
 *     .build(Instant.now());
 * }</pre>
 *
 * Immutable: each call answers a new builder.
 */
public final class BundleBuilder {
    private final Model<?> model;
    private final Predictor predictor;
    private final FeatureProvenance trainedBy;
    private final Optional<String> name;
    private final Optional<EvaluationData> evaluation;
    private final Map<String, String> provenance;

    private record EvaluationData(String version, RowSource rows) {}

    private BundleBuilder(
            Model<?> model,
            Predictor predictor,
            FeatureProvenance trainedBy,
            Optional<String> name,
            Optional<EvaluationData> evaluation,
            Map<String, String> provenance) {
        this.model = model;
        this.predictor = predictor;
        this.trainedBy = trainedBy;
        this.name = name;
        this.evaluation = evaluation;
        this.provenance = provenance;
    }

    /**
     * @throws LatheException {@code bad-request} when the model doesn't know its features, or its answers can't be served: no
     *     probabilities, several numbers
     */
    public static <T extends Output<T>> BundleBuilder of(Model<T> model) {
        Predictor.requireServable(model);
        FeatureProvenance trainedBy = FeatureProvenance.load(model);
        FittedFeatures<T> features = FittedFeatures.of(model)
                .orElseThrow(() -> bad(
                        "The model %s answers something else than its features are for. Train it on Lathe.trainingSet(…)."
                                .formatted(model.getName())));
        return new BundleBuilder(
                model, Predictor.of(model, features), trainedBy, Optional.empty(), Optional.empty(), Map.of());
    }

    /** The model's name, {@code [a-z][a-z0-9_-]{0,62}}. */
    public BundleBuilder named(String modelName) {
        BundleManifest.requireModelName(modelName);
        return new BundleBuilder(model, predictor, trainedBy, Optional.of(modelName), evaluation, provenance);
    }

    /**
     * The labelled rows to measure the model on, which it was not trained on.
     *
     * @param version their dataset version, such as {@code penguins-test@v1}
     */
    public BundleBuilder evaluatedOn(String version, RowSource rows) {
        return new BundleBuilder(
                model, predictor, trainedBy, name, Optional.of(new EvaluationData(version, rows)), provenance);
    }

    /** A fact about the model's making, such as the notebook's path. */
    public BundleBuilder with(String fact, String value) {
        Map<String, String> more = new TreeMap<>(provenance);
        more.put(fact, value);
        return new BundleBuilder(model, predictor, trainedBy, name, evaluation, more);
    }

    /**
     * Evaluates the model, writes the bundle, opens it again and predicts its samples with what was read.
     *
     * @throws LatheException {@code bad-request} when name or evaluation data are missing, when no evaluation row can be
     *     predicted, or when the model is of a kind that can't be published
     */
    public BuiltBundle build(Instant createdAt) {
        String modelName = name.orElseThrow(() -> bad("The model needs a name before it can be published: named(…)."));
        EvaluationData data = evaluation.orElseThrow(
                () -> bad("The model needs data to be judged on before it can be published: evaluatedOn(…)."));
        Evaluation measured = Evaluation.of(predictor, data.rows());
        Samples samples = SampleRows.choose(predictor, trainedBy.features(), data.rows());
        Map<String, String> facts = new TreeMap<>(provenance);
        facts.putIfAbsent(
                "trainer", model.getProvenance().getTrainerProvenance().getClassName());
        facts.putIfAbsent("tribuo", model.getProvenance().getTribuoVersion());
        facts.putIfAbsent(
                "trainedAt", model.getProvenance().getTrainingTime().toInstant().toString());
        byte[] zip = BundleWriter.write(new BundleContents(
                modelName,
                createdAt,
                TribuoModelFile.write(model),
                trainedBy.features(),
                predictor.labels(),
                measured.metrics(),
                samples,
                trainedBy.datasetVersion(),
                Optional.of(data.version()),
                facts));
        Bundle bundle = BundleReader.open(Content.of(zip));
        try (Predictor reopened = Predictor.load(bundle)) {
            SampleCheck.check(reopened, bundle.samples());
        }
        return new BuiltBundle(bundle, zip);
    }

    private static LatheException bad(String message) {
        return new LatheException(ProblemCode.BAD_REQUEST, message);
    }
}
