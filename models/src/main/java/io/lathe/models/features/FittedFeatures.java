package io.lathe.models.features;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.schema.Schema;
import io.lathe.models.ModelKind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.impl.ArrayExample;

/**
 * Fitted features: the one way from a raw row to what the model sees, in training, evaluation and serving alike. Immutable and
 * thread-safe; equal when their JSON is.
 *
 * @param <T> Tribuo's answer of the models that are trained on them
 */
public final class FittedFeatures<T extends Output<T>> {
    /**
     * Emitted as 1 for every row of a classifier, so that no row is ever without a feature. Regressions have an intercept of their
     * own, and a column that never varies breaks least angle regression.
     */
    static final String CONSTANT = "(constant)";

    private final Response<T> response;
    private final List<FeatureTransform> transforms;

    /**
     * @param response what is answered
     * @param transforms one per column, in the order of declaration
     * @throws LatheException {@code bad-request} when two transforms emit the same feature name, or the list is empty
     */
    public FittedFeatures(Response<T> response, List<FeatureTransform> transforms) {
        this.response = response;
        this.transforms = List.copyOf(transforms);
        if (transforms.isEmpty()) {
            throw bad("Features need at least one transform.");
        }
        Set<String> columns = new HashSet<>(Set.of(response.column()));
        Set<String> names = new HashSet<>(Set.of(CONSTANT));
        for (FeatureTransform transform : transforms) {
            if (!columns.add(transform.column())) {
                throw bad("Column '%s' is used twice.".formatted(transform.column()));
            }
            for (String name : transform.featureNames()) {
                if (!names.add(name)) {
                    throw bad("Two columns give the feature name '%s'; rename one of them.".formatted(name));
                }
            }
        }
    }

    /** What is answered. */
    public Response<T> response() {
        return response;
    }

    public List<FeatureTransform> transforms() {
        return transforms;
    }

    /** The raw columns the model reads. */
    public List<String> columns() {
        return transforms.stream().map(FeatureTransform::column).toList();
    }

    /**
     * What a raw row must look like: a schema with one feature per column, to be checked in environment {@link Schema#SERVING},
     * where the response is not expected. Numbers have no range: a value beyond the training range is no error.
     */
    public Schema contract() {
        return InputContract.of(this);
    }

    /**
     * A Tribuo dataset of rows with their answers. What it is trained to carries these features and {@code version} in its provenance.
     *
     * @param version the dataset version the rows come from, such as {@code penguins@v1}; empty for rows of no version
     * @throws LatheException {@code bad-request} naming row and column when a row doesn't fit
     */
    public MutableDataset<T> dataset(RowSource rows, Optional<String> version) {
        MutableDataset<T> dataset =
                new MutableDataset<>(new FeatureProvenance(this, version).asDataSource(), response.factory());
        RowNumber number = new RowNumber();
        rows.forEachRow((Map<String, @Nullable Object> row) -> number.count(() -> {
            Features.requireColumn(row, response.column());
            dataset.add(new ArrayExample<>(example(row, response.output(row.get(response.column())))));
        }));
        return dataset;
    }

    /**
     * The example of a raw row without an answer. Columns may come in any order, others are ignored.
     *
     * @throws LatheException {@code bad-request} naming the column when a value is missing, of a wrong type or an unknown category
     */
    public Example<T> example(Map<String, @Nullable Object> row) {
        return example(row, response.factory().getUnknownOutput());
    }

    private Example<T> example(Map<String, @Nullable Object> row, T output) {
        RowExample<T> example = new RowExample<>(output, transforms.size() + 1);
        if (response.kind() == ModelKind.CLASSIFICATION) {
            example.accept(CONSTANT, 1.0);
        }
        for (FeatureTransform transform : transforms) {
            transform.emit(row.get(transform.column()), example);
        }
        example.sort();
        return example;
    }

    /** Canonical JSON; {@link #fromJson} reads it back to equal features. */
    public String toJson() {
        return FeatureJson.write(this);
    }

    /** @throws LatheException {@code bad-request} when the text is not such JSON */
    public static FittedFeatures<?> fromJson(String json) {
        return FeatureJson.read(json);
    }

    /**
     * These features as those of models that answer {@code type}.
     *
     * @throws LatheException {@code bad-request} when they are of models that answer something else
     */
    @SuppressWarnings("unchecked") // the response knows its type
    public <U extends Output<U>> FittedFeatures<U> as(Class<U> type) {
        if (response.outputType() != type) {
            throw bad("The features are those of a model that answers %s; they must not be used for another."
                    .formatted(response.kind().answers()));
        }
        return (FittedFeatures<U>) this;
    }

    /** The features a model was trained with, from its provenance; empty when it was trained on another kind of dataset. */
    @SuppressWarnings("unchecked") // a model trained on T answers T
    public static <T extends Output<T>> Optional<FittedFeatures<T>> of(Model<T> model) {
        return FeatureProvenance.find(model)
                .map(FeatureProvenance::features)
                .filter(features -> model.getOutputIDInfo().getDomain().stream()
                        .allMatch(features.response().outputType()::isInstance))
                .map(features -> (FittedFeatures<T>) features);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FittedFeatures<?> that
                && response.equals(that.response)
                && transforms.equals(that.transforms);
    }

    @Override
    public int hashCode() {
        return transforms.hashCode();
    }

    @Override
    public String toString() {
        return toJson();
    }

    private static LatheException bad(String message) {
        return new LatheException(ProblemCode.BAD_REQUEST, message);
    }
}
