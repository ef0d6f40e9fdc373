package io.lathe.datasets.read;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** 64-bit integers. */
public final class LongColumn implements Column {
    private final long[] values;
    private final BitSet missing;
    private final int size;

    /** Takes the arrays over: the caller lets go of them. */
    LongColumn(long[] values, BitSet missing, int size) {
        this.values = values;
        this.missing = missing;
        this.size = size;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean isMissing(int row) {
        return missing.get(row);
    }

    /** The value of a row that is not missing; 0 when it is. */
    public long at(int row) {
        return values[row];
    }

    @Override
    public @Nullable Long value(int row) {
        return missing.get(row) ? null : values[row];
    }
}
