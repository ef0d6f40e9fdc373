package io.lathe.models.features;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;

/**
 * Fitted features: the one way from a raw row to what the model sees, in training, evaluation and serving alike. Immutable and
 * thread-safe; equal when their JSON is.
 */
public final class FittedFeatures {
    /** Emitted as 1 for every row, so that no row is ever without a feature. */
    static final String CONSTANT = "(constant)";

    private final String response;
    private final List<String> labels;
    private final List<FeatureTransform> transforms;

    /**
     * @param response the column of labels
     * @param labels the labels of the training rows, sorted
     * @param transforms one per column, in the order of declaration
     * @throws LatheException {@code bad-request} when two transforms emit the same feature name, or a list is empty
     */
    public FittedFeatures(String response, List<String> labels, List<FeatureTransform> transforms) {
        this.response = response;
        this.labels = List.copyOf(new TreeSet<>(labels));
        this.transforms = List.copyOf(transforms);
        if (labels.isEmpty() || transforms.isEmpty()) {
            throw bad("Features need at least one label and one transform.");
        }
        Set<String> columns = new HashSet<>(Set.of(response));
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

    /** The column that holds the label. */
    public String response() {
        return response;
    }

    /** The labels seen in training, sorted. */
    public List<String> labels() {
        return labels;
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
     * A Tribuo dataset of labelled rows. What it is trained to carries these features and {@code version} in its provenance.
     *
     * @param version the dataset version the rows come from, such as {@code penguins@v1}; empty for rows of no version
     * @throws LatheException {@code bad-request} naming row and column when a row doesn't fit
     */
    public MutableDataset<Label> dataset(RowSource rows, Optional<String> version) {
        MutableDataset<Label> dataset =
                new MutableDataset<>(new FeatureProvenance(this, version).asDataSource(), new LabelFactory());
        RowNumber number = new RowNumber();
        rows.forEachRow((Map<String, @Nullable Object> row) ->
                number.count(() -> dataset.add(example(row, new Label(Features.label(row, response))))));
        return dataset;
    }

    /**
     * The example of a raw row without a label. Columns may come in any order, others are ignored.
     *
     * @throws LatheException {@code bad-request} naming the column when a value is missing, of a wrong type or an unknown category
     */
    public Example<Label> example(Map<String, @Nullable Object> row) {
        return example(row, LabelFactory.UNKNOWN_LABEL);
    }

    private <T extends Output<T>> Example<T> example(Map<String, @Nullable Object> row, T output) {
        List<String> names = new ArrayList<>(transforms.size() + 1);
        List<Double> values = new ArrayList<>(transforms.size() + 1);
        names.add(CONSTANT);
        values.add(1.0);
        for (FeatureTransform transform : transforms) {
            transform.emit(row.get(transform.column()), (name, value) -> {
                names.add(name);
                values.add(value);
            });
        }
        double[] numbers = new double[values.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = values.get(i);
        }
        return new ArrayExample<>(output, names.toArray(String[]::new), numbers);
    }

    /** Canonical JSON; {@link #fromJson} reads it back to equal features. */
    public String toJson() {
        return FeatureJson.write(this);
    }

    /** @throws LatheException {@code bad-request} when the text is not such JSON */
    public static FittedFeatures fromJson(String json) {
        return FeatureJson.read(json);
    }

    /** The features a model was trained with, from its provenance; empty when it was trained on another kind of dataset. */
    public static Optional<FittedFeatures> of(Model<Label> model) {
        return FeatureProvenance.find(model).map(FeatureProvenance::features);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FittedFeatures that
                && response.equals(that.response)
                && labels.equals(that.labels)
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
