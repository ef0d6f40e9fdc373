package io.lathe.datasets.read;

/** How a file writes numbers. */
public enum DecimalMark {
    /** {@code 1234.56}; the default. */
    POINT,
    /** {@code 1234,56} or {@code 1.234,56}. */
    COMMA
}
