package io.lathe.datasets.schema;

/** The kinds of anomalies, with the names TensorFlow Metadata gives them. */
public enum AnomalyType {
    /** In the schema, not in the data. */
    SCHEMA_MISSING_COLUMN,
    /** In the data, not in the schema. */
    SCHEMA_NEW_COLUMN,
    FEATURE_TYPE_LOW_FRACTION_PRESENT,
    FEATURE_TYPE_LOW_NUMBER_PRESENT,
    /** A value of another type than the schema's. */
    UNEXPECTED_DATA_TYPE,
    INT_TYPE_SMALL_INT,
    INT_TYPE_BIG_INT,
    FLOAT_TYPE_SMALL_FLOAT,
    FLOAT_TYPE_BIG_FLOAT,
    FLOAT_TYPE_HAS_NAN,
    FLOAT_TYPE_HAS_INF,
    ENUM_TYPE_UNEXPECTED_STRING_VALUES
}
