package io.lathe.datasets.statistics;

import io.lathe.datasets.read.BooleanColumn;
import io.lathe.datasets.read.Column;
import io.lathe.datasets.read.ColumnType;
import io.lathe.datasets.read.DateColumn;
import io.lathe.datasets.read.DateTimeColumn;
import io.lathe.datasets.read.DoubleColumn;
import io.lathe.datasets.read.LongColumn;
import io.lathe.datasets.read.TextColumn;
import java.util.Optional;
import java.util.OptionalLong;

/** Collects one column. For one thread. */
final class ColumnProfile {
    private final String name;
    private final ColumnType type;
    private final NumericProfile numbers = new NumericProfile();
    private final TextProfile texts = new TextProfile();
    private long count;
    private long missing;

    ColumnProfile(String name, ColumnType type) {
        this.name = name;
        this.type = type;
    }

    void add(Column column) {
        var missingHere = 0;
        for (var row = 0; row < column.size(); row++) {
            missingHere += column.isMissing(row) ? 1 : 0;
        }
        missing += missingHere;
        count += column.size() - missingHere;
        switch (column) {
            case LongColumn longs -> numbers.add(longs);
            case DoubleColumn doubles -> numbers.add(doubles);
            case TextColumn _, BooleanColumn _ -> addTexts(column);
            case DateColumn _, DateTimeColumn _ -> addTimes(column);
        }
    }

    private void addTexts(Column column) {
        for (var row = 0; row < column.size(); row++) {
            var value = column.value(row);
            if (value != null) {
                texts.add(value.toString());
            }
        }
    }

    private void addTimes(Column column) {
        for (var row = 0; row < column.size(); row++) {
            var value = column.value(row);
            if (value != null) {
                texts.addOrdered(value.toString());
            }
        }
    }

    ColumnStatistics statistics() {
        var numeric = type == ColumnType.LONG || type == ColumnType.DOUBLE;
        var timed = type == ColumnType.DATE || type == ColumnType.DATE_TIME;
        return new ColumnStatistics(
                name,
                type,
                count,
                missing,
                OptionalLong.of(numeric ? numbers.distinct() : texts.distinct()),
                numbers.statistics(),
                texts.statistics(),
                timed ? texts.times() : Optional.empty());
    }
}
