package io.lathe.models.features;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import io.lathe.datasets.schema.Domain;
import io.lathe.datasets.schema.Feature;
import io.lathe.datasets.schema.FeatureType;
import io.lathe.datasets.schema.Schema;
import io.lathe.models.ModelKind;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/**
 * The column a model learns to answer, and what its answers are. Immutable.
 *
 * @param <T> Tribuo's answer
 */
public sealed interface Response<T extends Output<T>> {
    String column();

    ModelKind kind();

    Class<T> outputType();

    OutputFactory<T> factory();

    /** The answer of a labelled row. BAD_REQUEST when the value is missing or cannot be one. */
    T output(@Nullable Object value);

    /** The column in the contract; it is not expected where the model is served. */
    Feature feature();

    /**
     * Labels: the texts of the column's values.
     *
     * @param labels those of the training rows, sorted, at least one
     */
    record Labels(String column, List<String> labels) implements Response<Label> {
        public Labels {
            labels = List.copyOf(new TreeSet<>(labels));
            if (labels.isEmpty()) {
                throw bad("Features need at least one label.");
            }
        }

        @Override
        public ModelKind kind() {
            return ModelKind.CLASSIFICATION;
        }

        @Override
        public Class<Label> outputType() {
            return Label.class;
        }

        @Override
        public OutputFactory<Label> factory() {
            return new LabelFactory();
        }

        @Override
        public Label output(@Nullable Object value) {
            return new Label(label(column, value));
        }

        @Override
        public Feature feature() {
            return Feature.required(column, FeatureType.BYTES)
                    .withDomain(new Domain.Strings(labels))
                    .notIn(Schema.SERVING);
        }

        static String label(String column, @Nullable Object value) {
            if (value == null || value.toString().isEmpty()) {
                throw missing(column);
            }
            return value.toString();
        }
    }

    /** Numbers in the column's own unit; the one dimension of Tribuo's answer has the column's name. */
    record Numbers(String column) implements Response<Regressor> {
        @Override
        public ModelKind kind() {
            return ModelKind.REGRESSION;
        }

        @Override
        public Class<Regressor> outputType() {
            return Regressor.class;
        }

        @Override
        public OutputFactory<Regressor> factory() {
            return new RegressionFactory();
        }

        @Override
        public Regressor output(@Nullable Object value) {
            return new Regressor(column, number(value));
        }

        /** The finite number of a labelled row. */
        public double number(@Nullable Object value) {
            if (value == null) {
                throw missing(column);
            }
            if (!(value instanceof Number number) || !Double.isFinite(number.doubleValue())) {
                throw bad(
                        "the response column '%s' has '%s' where a finite number is needed. Declare labels by classify(…)."
                                .formatted(column, Shown.of(value.toString())));
            }
            return number.doubleValue();
        }

        @Override
        public Feature feature() {
            return Feature.required(column, FeatureType.FLOAT).notIn(Schema.SERVING);
        }
    }

    private static LatheException missing(String column) {
        return bad("the response column '%s' has no value. Drop such rows first.".formatted(column));
    }

    private static LatheException bad(String message) {
        return new LatheException(ProblemCode.BAD_REQUEST, message);
    }
}
