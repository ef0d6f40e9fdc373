package io.lathe.datasets.read;

import org.jspecify.annotations.Nullable;

/** The values of one column in one batch. Immutable. Rows count from 0 within the batch. */
public sealed interface Column permits BooleanColumn, LongColumn, DoubleColumn, DateColumn, DateTimeColumn, TextColumn {
    int size();

    boolean isMissing(int row);

    /** Boolean, Long, Double, LocalDate, LocalDateTime or String after the column's type; null when missing. */
    @Nullable
    Object value(int row);
}
