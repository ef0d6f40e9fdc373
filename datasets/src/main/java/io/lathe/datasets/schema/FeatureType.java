package io.lathe.datasets.schema;

/** The physical types of TensorFlow Metadata that Lathe uses. */
public enum FeatureType {
    /** Text; also truth values and dates, told apart by the domain. */
    BYTES,
    /** 64-bit integers. */
    INT,
    /** Floating-point numbers; integers are accepted too. */
    FLOAT
}
