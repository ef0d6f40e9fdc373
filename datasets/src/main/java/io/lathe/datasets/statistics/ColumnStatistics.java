package io.lathe.datasets.statistics;

import io.lathe.datasets.read.ColumnType;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The profile of one column.
 *
 * @param count values that are not missing
 * @param missing cells without a value; {@code count + missing} is the number of rows
 * @param distinct different values: exact up to {@link DatasetStatistics#EXACT_DISTINCT}, an estimate (about 1 %) above
 * @param numeric for LONG and DOUBLE with at least one finite value
 * @param text for TEXT, BOOLEAN, DATE, DATE_TIME with at least one value
 * @param times for DATE and DATE_TIME with at least one value
 */
public record ColumnStatistics(
        String name,
        ColumnType type,
        long count,
        long missing,
        OptionalLong distinct,
        Optional<NumericStatistics> numeric,
        Optional<TextStatistics> text,
        Optional<TimeRange> times) {}
