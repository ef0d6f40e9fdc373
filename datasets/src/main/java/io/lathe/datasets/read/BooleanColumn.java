package io.lathe.datasets.read;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Truth values. */
public final class BooleanColumn implements Column {
    private final boolean[] values;
    private final BitSet missing;
    private final int size;

    /** Takes the arrays over: the caller lets go of them. */
    BooleanColumn(boolean[] values, BitSet missing, int size) {
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

    /** The value of a row that is not missing; false when it is. */
    public boolean at(int row) {
        return values[row];
    }

    @Override
    public @Nullable Boolean value(int row) {
        return missing.get(row) ? null : values[row];
    }
}
