package io.lathe.datasets.read;

/** What the values of a column are. */
public enum ColumnType {
    BOOLEAN,
    /** 64-bit integers, exact. */
    LONG,
    DOUBLE,
    DATE,
    /** Date and time of day without a zone. */
    DATE_TIME,
    TEXT
}
