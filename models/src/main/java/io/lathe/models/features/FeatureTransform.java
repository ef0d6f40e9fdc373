package io.lathe.models.features;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.Nearest;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How one raw column becomes Tribuo features, fitted and therefore fixed: it is data, carries no code, and its JSON form reads
 * back to an equal value. Immutable and thread-safe.
 */
public sealed interface FeatureTransform {
    /** The raw column it reads. */
    String column();

    WhenMissing whenMissing();

    /** Every Tribuo feature name it can emit. */
    List<String> featureNames();

    /**
     * Gives {@code sink} the features of one raw value, always at least one, so that Tribuo's "absent means zero" never decides.
     *
     * @throws LatheException {@code bad-request} when the value is missing and required, of a wrong type or an unknown category;
     *     the message names the column and the value
     */
    void emit(@Nullable Object value, ObjDoubleConsumer<String> sink);

    /** A number, shifted by the mean and divided by the standard deviation of the training rows. */
    record Standardised(String column, double mean, double standardDeviation, WhenMissing whenMissing)
            implements FeatureTransform {
        public Standardised {
            if (!Double.isFinite(mean) || !Double.isFinite(standardDeviation) || standardDeviation < 0) {
                throw bad("Column '%s' needs a finite mean and standard deviation, not %s and %s."
                        .formatted(column, mean, standardDeviation));
            }
        }

        @Override
        public List<String> featureNames() {
            return List.of(column);
        }

        @Override
        public void emit(@Nullable Object value, ObjDoubleConsumer<String> sink) {
            if (value == null) {
                refuseMissing(this);
                sink.accept(column, 0.0);
            } else {
                // A column that never varied in training carries its difference as it is.
                sink.accept(column, (number(column, value) - mean) / (standardDeviation == 0 ? 1 : standardDeviation));
            }
        }
    }

    /** A category: exactly one feature {@code column=value} of 1 per row. */
    record OneHot(String column, CategoryType type, List<String> values, WhenMissing whenMissing)
            implements FeatureTransform {
        public OneHot {
            values = List.copyOf(values);
            if (values.isEmpty()) {
                throw bad("Column '%s' has no known category.".formatted(column));
            }
            if (new HashSet<>(values).size() != values.size()) {
                throw bad("Column '%s' lists a category twice.".formatted(column));
            }
        }

        @Override
        public List<String> featureNames() {
            List<String> names = new ArrayList<>();
            values.forEach(value -> names.add(column + "=" + value));
            if (whenMissing == WhenMissing.IMPUTE) {
                names.add(missingName(column));
            }
            return names;
        }

        @Override
        public void emit(@Nullable Object value, ObjDoubleConsumer<String> sink) {
            if (value == null) {
                refuseMissing(this);
                sink.accept(missingName(column), 1.0);
                return;
            }
            String category = type.category(column, value);
            if (!values.contains(category)) {
                throw bad("Feature '%s' has the category '%s', which the training rows never had.%s"
                        .formatted(column, category, Nearest.hint(category, values)));
            }
            sink.accept(column + "=" + category, 1.0);
        }
    }

    /** True or false: exactly one feature {@code column=true} or {@code column=false} of 1 per row. */
    record Flag(String column, WhenMissing whenMissing) implements FeatureTransform {
        @Override
        public List<String> featureNames() {
            List<String> names = new ArrayList<>(List.of(column + "=true", column + "=false"));
            if (whenMissing == WhenMissing.IMPUTE) {
                names.add(missingName(column));
            }
            return names;
        }

        @Override
        public void emit(@Nullable Object value, ObjDoubleConsumer<String> sink) {
            if (value == null) {
                refuseMissing(this);
                sink.accept(missingName(column), 1.0);
            } else {
                sink.accept(column + "=" + flag(column, value), 1.0);
            }
        }
    }

    /** The raw type of a category. */
    enum CategoryType {
        TEXT("text"),
        /** Codes such as 1, 2, 3. */
        WHOLE_NUMBER("whole-number");

        private final String wireName;

        CategoryType(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }

        String category(String column, Object value) {
            if (this == TEXT && value instanceof String text) {
                return text;
            }
            if (this == WHOLE_NUMBER && isWhole(value)) {
                return value.toString();
            }
            throw bad(
                    "Feature '%s' has %s where a category of %s is needed. Declare true and false by flag(…), measures by numeric(…)."
                            .formatted(column, shown(value), this == TEXT ? "text" : "whole numbers"));
        }

        private static boolean isWhole(Object value) {
            return value instanceof Long
                    || value instanceof Integer
                    || value instanceof Short
                    || value instanceof Byte
                    || value instanceof BigInteger;
        }
    }

    /** The finite number in {@code value}. */
    static double number(String column, Object value) {
        if (!(value instanceof Number number) || !Double.isFinite(number.doubleValue())) {
            throw bad("Feature '%s' has %s where a finite number is needed.".formatted(column, shown(value)));
        }
        return number.doubleValue();
    }

    /** The truth value in {@code value}. */
    static boolean flag(String column, Object value) {
        if (!(value instanceof Boolean flag)) {
            throw bad("Feature '%s' has %s where true or false is needed.".formatted(column, shown(value)));
        }
        return flag;
    }

    private static void refuseMissing(FeatureTransform transform) {
        if (transform.whenMissing() == WhenMissing.REFUSE) {
            throw bad("Feature '%s' has no value; the model needs one.".formatted(transform.column()));
        }
    }

    private static String missingName(String column) {
        return column + " is missing";
    }

    private static String shown(Object value) {
        return "the " + value.getClass().getSimpleName() + " '" + Shown.of(value.toString()) + "'";
    }

    private static LatheException bad(String message) {
        return new LatheException(ProblemCode.BAD_REQUEST, message);
    }
}
