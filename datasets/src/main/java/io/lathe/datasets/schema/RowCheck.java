package io.lathe.datasets.schema;

import io.lathe.datasets.problem.Nearest;
import io.lathe.datasets.problem.Shown;
import io.lathe.datasets.read.CellValues;
import io.lathe.datasets.read.DecimalMark;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks one raw row. */
final class RowCheck {
    /** A row of a stranger may hold very many names. */
    private static final int NAMES_COMPARED = 100;

    private RowCheck() {}

    static RowVerdict check(Schema schema, Map<String, ? extends @Nullable Object> row) {
        var errors = new ArrayList<Anomaly>(0);
        int known = 0;
        for (var feature : schema.features()) {
            var value = row.get(feature.name());
            boolean isThere = value != null || row.containsKey(feature.name());
            known += isThere ? 1 : 0;
            if (value != null) {
                broken(feature, value).ifPresent(type -> errors.add(wrongValue(feature, type, value)));
            } else if (feature.presence().isRequired()) {
                errors.add(missing(feature, isThere, unknownNames(schema, row)));
            }
        }
        var warnings = known == row.size()
                ? List.<Anomaly>of()
                : unknownNames(schema, row).stream().map(RowCheck::unknown).toList();
        return new RowVerdict(errors, warnings);
    }

    private static List<String> unknownNames(Schema schema, Map<String, ? extends @Nullable Object> row) {
        var known = new HashSet<>(schema.names());
        var unknown = new ArrayList<String>();
        for (var name : row.keySet()) {
            if (!known.contains(name)) {
                unknown.add(name);
            }
        }
        return unknown;
    }

    private static Optional<AnomalyType> broken(Feature feature, Object value) {
        return switch (feature.type()) {
            case INT -> brokenInteger(feature, value);
            case FLOAT -> brokenDecimal(feature, value);
            case BYTES -> brokenText(feature, value);
        };
    }

    private static Optional<AnomalyType> brokenInteger(Feature feature, Object value) {
        return switch (value) {
            case Long number -> Ranges.broken(feature, number);
            case Integer number -> Ranges.broken(feature, number.longValue());
            case Short number -> Ranges.broken(feature, number.longValue());
            case Byte number -> Ranges.broken(feature, number.longValue());
            case BigInteger number when number.bitLength() < Long.SIZE -> Ranges.broken(feature, number.longValue());
            case BigInteger number ->
                Optional.of(number.signum() < 0 ? AnomalyType.INT_TYPE_SMALL_INT : AnomalyType.INT_TYPE_BIG_INT);
            default -> Optional.of(AnomalyType.UNEXPECTED_DATA_TYPE);
        };
    }

    private static Optional<AnomalyType> brokenDecimal(Feature feature, Object value) {
        return switch (value) {
            case BigDecimal number -> Ranges.broken(feature, number.doubleValue());
            case BigInteger number -> Ranges.broken(feature, number.doubleValue());
            case Double _, Float _, Long _, Integer _, Short _, Byte _ ->
                Ranges.broken(feature, ((Number) value).doubleValue());
            default -> Optional.of(AnomalyType.UNEXPECTED_DATA_TYPE);
        };
    }

    private static Optional<AnomalyType> brokenText(Feature feature, Object value) {
        if (feature.isBoolean()) {
            return value instanceof Boolean ? Optional.empty() : Optional.of(AnomalyType.UNEXPECTED_DATA_TYPE);
        }
        if (!(value instanceof String text) || !new CellValues(DecimalMark.POINT).fits(feature.columnType(), text)) {
            return Optional.of(AnomalyType.UNEXPECTED_DATA_TYPE);
        }
        return feature.domain().orElse(null) instanceof Domain.Strings(var values) && !values.contains(text)
                ? Optional.of(AnomalyType.ENUM_TYPE_UNEXPECTED_STRING_VALUES)
                : Optional.empty();
    }

    private static Anomaly wrongValue(Feature feature, AnomalyType type, Object value) {
        var shown =
                value instanceof String ? "the text '" + Shown.of(value.toString()) + "'" : Shown.of(value.toString());
        return new Anomaly(
                feature.name(),
                type,
                Severity.ERROR,
                "'" + feature.name() + "' is " + shown + ", which is " + Ranges.complaint(type, feature) + ".",
                1,
                List.of());
    }

    private static Anomaly missing(Feature feature, boolean isNull, List<String> unknown) {
        var name = feature.name();
        var like = Nearest.of(name, unknown.subList(0, Math.min(unknown.size(), NAMES_COMPARED)))
                .map(other -> " The row has '" + Shown.of(other) + "': did you mean '" + name + "'?")
                .orElse("");
        return new Anomaly(
                name,
                isNull ? AnomalyType.FEATURE_TYPE_LOW_FRACTION_PRESENT : AnomalyType.SCHEMA_MISSING_COLUMN,
                Severity.ERROR,
                "'" + name + "' is " + (isNull ? "null" : "missing") + ", but every row needs it." + like,
                1,
                List.of());
    }

    private static Anomaly unknown(String name) {
        return new Anomaly(
                Shown.of(name),
                AnomalyType.SCHEMA_NEW_COLUMN,
                Severity.WARNING,
                "'" + Shown.of(name) + "' is not a feature; it was ignored.",
                1,
                List.of());
    }
}
