package io.lathe.datasets.read;

import org.jspecify.annotations.Nullable;

/** Texts; an empty one is a value where the reader's missing tokens say so. */
public final class TextColumn implements Column {
    private final @Nullable String[] values;
    private final int size;

    /** Takes the array over: the caller lets go of it. */
    TextColumn(@Nullable String[] values, int size) {
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
    public @Nullable String value(int row) {
        return values[row];
    }
}
