package io.lathe.datasets.schema;

import io.lathe.datasets.problem.Shown;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether numbers lie in a feature's domain, and how to say that a value is not as it should be. */
final class Ranges {
    private static final int LISTED = 10;

    private Ranges() {}

    static Optional<AnomalyType> broken(Feature feature, long value) {
        if (!(feature.domain().orElse(null) instanceof Domain.Ints(var min, var max))) {
            return Optional.empty();
        }
        if (min.isPresent() && value < min.getAsLong()) {
            return Optional.of(AnomalyType.INT_TYPE_SMALL_INT);
        }
        return max.isPresent() && value > max.getAsLong()
                ? Optional.of(AnomalyType.INT_TYPE_BIG_INT)
                : Optional.empty();
    }

    static Optional<AnomalyType> broken(Feature feature, double value) {
        if (Double.isNaN(value)) {
            return Optional.of(AnomalyType.FLOAT_TYPE_HAS_NAN);
        }
        if (feature.domain().orElse(null) instanceof Domain.Floats(var min, var max)) {
            if (min.isPresent() && value < min.getAsDouble()) {
                return Optional.of(AnomalyType.FLOAT_TYPE_SMALL_FLOAT);
            }
            if (max.isPresent() && value > max.getAsDouble()) {
                return Optional.of(AnomalyType.FLOAT_TYPE_BIG_FLOAT);
            }
        }
        return Double.isInfinite(value) ? Optional.of(AnomalyType.FLOAT_TYPE_HAS_INF) : Optional.empty();
    }

    /** What is wrong with a value, after "a value that is". */
    static String complaint(AnomalyType type, Feature feature) {
        return switch (type) {
            case INT_TYPE_SMALL_INT, FLOAT_TYPE_SMALL_FLOAT -> "below the least allowed, " + bound(feature, Bound.MIN);
            case INT_TYPE_BIG_INT, FLOAT_TYPE_BIG_FLOAT -> "above the greatest allowed, " + bound(feature, Bound.MAX);
            case FLOAT_TYPE_HAS_NAN -> "not a number (NaN)";
            case FLOAT_TYPE_HAS_INF -> "infinite";
            case ENUM_TYPE_UNEXPECTED_STRING_VALUES -> "not one of " + known(feature);
            case UNEXPECTED_DATA_TYPE -> "not " + expected(feature);
            case SCHEMA_MISSING_COLUMN,
                    SCHEMA_NEW_COLUMN,
                    FEATURE_TYPE_LOW_FRACTION_PRESENT,
                    FEATURE_TYPE_LOW_NUMBER_PRESENT ->
                throw new IllegalArgumentException(type + " is not about values");
        };
    }

    private enum Bound {
        MIN,
        MAX
    }

    private static String bound(Feature feature, Bound bound) {
        return switch (feature.domain().orElse(null)) {
            case Domain.Ints(var min, var max) ->
                Long.toString(bound == Bound.MIN ? min.orElse(Long.MIN_VALUE) : max.orElse(Long.MAX_VALUE));
            case Domain.Floats(var min, var max) ->
                Double.toString(bound == Bound.MIN ? min.orElse(-Double.MAX_VALUE) : max.orElse(Double.MAX_VALUE));
            case Domain.Strings _, Domain.Bool _, Domain.Time _ -> "";
            case null -> Long.toString(bound == Bound.MIN ? Long.MIN_VALUE : Long.MAX_VALUE);
        };
    }

    private static String known(Feature feature) {
        return feature.domain().orElse(null) instanceof Domain.Strings(var values) ? list(values) : "its domain";
    }

    private static String list(Collection<String> values) {
        var more = values.size() > LISTED ? " and " + (values.size() - LISTED) + " more" : "";
        return values.stream().limit(LISTED).map(Shown::of).collect(Collectors.joining("', '", "'", "'")) + more;
    }

    private static String expected(Feature feature) {
        return switch (feature.columnType()) {
            case LONG -> "a 64-bit integer";
            case DOUBLE -> "a number";
            case BOOLEAN -> "true or false";
            case DATE -> "a date like 2026-11-25";
            case DATE_TIME -> "a date and time like 2026-11-25T01:54:00";
            case TEXT -> "a text";
        };
    }
}
