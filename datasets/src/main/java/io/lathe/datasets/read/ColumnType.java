package io.lathe.datasets.read;

import java.util.Locale;

/** What the values of a column are. */
public enum ColumnType {
    BOOLEAN,
    /** 64-bit integers, exact. */
    LONG,
    DOUBLE,
    DATE,
    /** Date and time of day without a zone. */
    DATE_TIME,
    TEXT;

    /** As people read it: {@code date time}. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
