package io.lathe.datasets.statistics;

import io.lathe.datasets.read.CsvTable;
import io.lathe.datasets.read.ReadReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The profile of a table. Derived data: it can always be computed again.
 *
 * @param profilerVersion changes when the same table gives other numbers
 * @param report what the reader decided on its own
 */
public record DatasetStatistics(int profilerVersion, long rows, List<ColumnStatistics> columns, ReadReport report) {
    public static final int PROFILER_VERSION = 1;
    /** Up to this many different values are counted exactly. */
    public static final int EXACT_DISTINCT = 10_000;
    /** Up to this many numbers give exact quantiles and histogram. */
    public static final int EXACT_QUANTILE_VALUES = 20_000;

    public static final int TOP_VALUES = 100;
    /** Longer texts are never among the top values: a profile must stay small beside its data. */
    public static final int LONGEST_TOP_VALUE = 1_000;

    public DatasetStatistics {
        columns = List.copyOf(columns);
    }

    /** Profiles a table in one pass. */
    public static DatasetStatistics of(CsvTable table) {
        var header = table.header();
        var profiles = new ArrayList<ColumnProfile>();
        for (var i = 0; i < header.size(); i++) {
            profiles.add(new ColumnProfile(header.names().get(i), header.types().get(i)));
        }
        table.forEachBatch(batch -> {
            for (var i = 0; i < profiles.size(); i++) {
                profiles.get(i).add(batch.columns().get(i));
            }
        });
        return new DatasetStatistics(
                PROFILER_VERSION,
                table.rows(),
                profiles.stream().map(ColumnProfile::statistics).toList(),
                table.report());
    }

    /** The columns by name, in order: for who looks for many. */
    public Map<String, ColumnStatistics> byName() {
        var all = new LinkedHashMap<String, ColumnStatistics>();
        columns.forEach(column -> all.put(column.name(), column));
        return all;
    }

    public Optional<ColumnStatistics> find(String column) {
        return columns.stream().filter(each -> each.name().equals(column)).findFirst();
    }
}
