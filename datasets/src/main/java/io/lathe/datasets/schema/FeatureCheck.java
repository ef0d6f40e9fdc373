package io.lathe.datasets.schema;

import io.lathe.datasets.problem.Shown;
import io.lathe.datasets.read.CellValues;
import io.lathe.datasets.read.Column;
import io.lathe.datasets.read.DecimalMark;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects how one column of text breaks one feature. For one thread. */
final class FeatureCheck {
    private static final int ROWS_NAMED = 10;

    private final Feature feature;
    private final CellValues cells;
    private final Set<String> words;
    private final Map<AnomalyType, Offences> offences = new EnumMap<>(AnomalyType.class);
    private final Offences missing = new Offences();
    private long rows;

    private static final class Offences {
        long count;
        final List<OffendingRow> first = new ArrayList<>();

        void add(long row, String value) {
            count++;
            if (first.size() < ROWS_NAMED) {
                first.add(new OffendingRow(row, value));
            }
        }
    }

    FeatureCheck(Feature feature, DecimalMark mark) {
        this.feature = feature;
        this.cells = new CellValues(mark);
        this.words =
                feature.domain().orElse(null) instanceof Domain.Strings(var values) ? new HashSet<>(values) : Set.of();
    }

    void see(Column column, long firstRow) {
        rows += column.size();
        for (var i = 0; i < column.size(); i++) {
            var value = column.value(i);
            if (value == null) {
                missing.add(firstRow + i, "");
            } else {
                see(value.toString(), firstRow + i);
            }
        }
    }

    private void see(String value, long row) {
        switch (feature.type()) {
            case INT -> seeInteger(value, row);
            case FLOAT -> seeDecimal(value, row);
            case BYTES -> seeText(value, row);
        }
    }

    private void seeInteger(String value, long row) {
        var number = cells.longValue(value);
        if (number.isEmpty()) {
            offend(AnomalyType.UNEXPECTED_DATA_TYPE, row, value);
        } else {
            Ranges.broken(feature, number.getAsLong()).ifPresent(type -> offend(type, row, value));
        }
    }

    private void seeDecimal(String value, long row) {
        var number = cells.doubleValue(value);
        if (number.isEmpty()) {
            offend(AnomalyType.UNEXPECTED_DATA_TYPE, row, value);
        } else {
            Ranges.broken(feature, number.getAsDouble()).ifPresent(type -> offend(type, row, value));
        }
    }

    private void seeText(String value, long row) {
        if (!cells.fits(feature.columnType(), value)) {
            offend(AnomalyType.UNEXPECTED_DATA_TYPE, row, value);
        } else if (feature.domain().orElse(null) instanceof Domain.Strings && !words.contains(value)) {
            offend(AnomalyType.ENUM_TYPE_UNEXPECTED_STRING_VALUES, row, value);
        }
    }

    private void offend(AnomalyType type, long row, String value) {
        offences.computeIfAbsent(type, _ -> new Offences()).add(row, Shown.of(value));
    }

    List<Anomaly> anomalies() {
        var anomalies = new ArrayList<Anomaly>();
        var presence = feature.presence();
        var present = rows - missing.count;
        if (present < presence.minCount()) {
            anomalies.add(anomaly(
                    AnomalyType.FEATURE_TYPE_LOW_NUMBER_PRESENT,
                    missing,
                    "has " + present + " values in " + rows + " rows; at least " + presence.minCount()
                            + " are required."));
        }
        if (rows > 0 && (double) present / rows < presence.minFraction()) {
            anomalies.add(anomaly(
                    AnomalyType.FEATURE_TYPE_LOW_FRACTION_PRESENT,
                    missing,
                    "is missing in " + missing.count + " of " + rows + " rows; "
                            + (presence.isRequired()
                                    ? "every row needs a value."
                                    : "at least the fraction " + presence.minFraction() + " of rows needs a value.")));
        }
        offences.forEach((type, found) -> anomalies.add(anomaly(
                type,
                found,
                "has " + found.count + (found.count == 1 ? " value that is " : " values that are ")
                        + Ranges.complaint(type, feature) + ", first '"
                        + found.first.getFirst().value() + "' in row "
                        + found.first.getFirst().row() + ".")));
        return anomalies;
    }

    private Anomaly anomaly(AnomalyType type, Offences found, String sentence) {
        var severity = type == AnomalyType.FLOAT_TYPE_HAS_NAN || type == AnomalyType.FLOAT_TYPE_HAS_INF
                ? Severity.WARNING
                : Severity.ERROR;
        return new Anomaly(
                feature.name(), type, severity, "'" + feature.name() + "' " + sentence, found.count, found.first);
    }
}
