package io.lathe.datasets.read;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Floating-point numbers; NaN is a value, not a missing one. */
public final class DoubleColumn implements Column {
    private final double[] values;
    private final BitSet missing;
    private final int size;

    /** Takes the arrays over: the caller lets go of them. */
    DoubleColumn(double[] values, BitSet missing, int size) {
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
    public double at(int row) {
        return values[row];
    }

    @Override
    public @Nullable Double value(int row) {
        return missing.get(row) ? null : values[row];
    }
}
