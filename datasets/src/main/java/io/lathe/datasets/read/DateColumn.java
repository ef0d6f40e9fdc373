package io.lathe.datasets.read;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Days. */
public final class DateColumn implements Column {
    private final @Nullable LocalDate[] values;
    private final int size;

    /** Takes the array over: the caller lets go of it. */
    DateColumn(@Nullable LocalDate[] values, int size) {
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
    public @Nullable LocalDate value(int row) {
        return values[row];
    }
}
