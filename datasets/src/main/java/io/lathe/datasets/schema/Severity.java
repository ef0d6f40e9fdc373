package io.lathe.datasets.schema;

/** How bad an anomaly is. */
public enum Severity {
    /** The data must not be used as it is. */
    ERROR,
    /** Worth a look. */
    WARNING
}
