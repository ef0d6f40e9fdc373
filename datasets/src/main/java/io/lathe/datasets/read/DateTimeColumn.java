package io.lathe.datasets.read;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** Dates with times of day. */
public final class DateTimeColumn implements Column {
    private final @Nullable LocalDateTime[] values;
    private final int size;

    /** Takes the array over: the caller lets go of it. */
    DateTimeColumn(@Nullable LocalDateTime[] values, int size) {
        this.values = values;
        this.size = size;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean isMissing(int row) {
        return values[row] == null;
    }

    @Override
    public @Nullable LocalDateTime value(int row) {
        return values[row];
    }
}
