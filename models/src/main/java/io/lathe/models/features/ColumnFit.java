package io.lathe.models.features;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.models.features.FeatureTransform.CategoryType;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is learnt of one column while training rows go by. Used by one thread. */
sealed interface ColumnFit {
    /** One value that is not missing. */
    void observe(Object value);

    FeatureTransform fitted(WhenMissing whenMissing);

    static ColumnFit of(Features.Kind kind, String column) {
        return switch (kind) {
            case NUMERIC -> new Moments(column);
            case CATEGORICAL -> new Categories(column);
            case FLAG -> new Flags(column);
        };
    }

    /** Mean and sample standard deviation by Welford's recurrence. */
    final class Moments implements ColumnFit {
        private final String column;
        private long count;
        private double mean;
        private double squares;

        Moments(String column) {
            this.column = column;
        }

        @Override
        public void observe(Object value) {
            double number = FeatureTransform.number(column, value);
            count++;
            double delta = number - mean;
            mean += delta / count;
            squares += delta * (number - mean);
        }

        @Override
        public FeatureTransform fitted(WhenMissing whenMissing) {
            if (count == 0) {
                throw neverSeen(column);
            }
            return new FeatureTransform.Standardised(
                    column, mean, count < 2 ? 0 : Math.sqrt(squares / (count - 1)), whenMissing);
        }
    }

    /** The different values, sorted. */
    final class Categories implements ColumnFit {
        private static final int MAX = 1_000;

        private final String column;
        private final Set<String> values = new TreeSet<>();
        private @Nullable CategoryType type;

        Categories(String column) {
            this.column = column;
        }

        @Override
        public void observe(Object value) {
            CategoryType ofColumn =
                    type != null ? type : value instanceof String ? CategoryType.TEXT : CategoryType.WHOLE_NUMBER;
            values.add(ofColumn.category(column, value));
            type = ofColumn;
            if (values.size() > MAX) {
                throw new LatheException(
                        ProblemCode.BAD_REQUEST,
                        "column '%s' has more than %d different values; it is not a category.".formatted(column, MAX));
            }
        }

        @Override
        public FeatureTransform fitted(WhenMissing whenMissing) {
            if (type == null) {
                throw neverSeen(column);
            }
            return new FeatureTransform.OneHot(column, type, List.copyOf(values), whenMissing);
        }
    }

    /** Only the type is to be checked. */
    final class Flags implements ColumnFit {
        private final String column;

        Flags(String column) {
            this.column = column;
        }

        @Override
        public void observe(Object value) {
            FeatureTransform.flag(column, value);
        }

        @Override
        public FeatureTransform fitted(WhenMissing whenMissing) {
            return new FeatureTransform.Flag(column, whenMissing);
        }
    }

    private static LatheException neverSeen(String column) {
        return new LatheException(
                ProblemCode.BAD_REQUEST,
                "Column '%s' has no value in any training row; leave it out of the features.".formatted(column));
    }
}
