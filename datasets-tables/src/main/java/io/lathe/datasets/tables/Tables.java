package io.lathe.datasets.tables;

import io.lathe.datasets.read.CsvTable;
import io.lathe.datasets.store.Content;
import tech.tablesaw.api.Table;

/** Skeleton. */
@SuppressWarnings("DoNotCallSuggester") // skeleton, filled in the next commit
public final class Tables {
    private Tables() {}

    /** All columns: LONG as LongColumn, DOUBLE as DoubleColumn, BOOLEAN, DATE, DATE_TIME, TEXT as StringColumn; what is missing is missing in the table. */
    public static Table table(CsvTable csv) {
        throw new UnsupportedOperationException();
    }

    /** The named columns, in this order. NOT_FOUND naming the nearest one. */
    public static Table table(CsvTable csv, String... columns) {
        throw new UnsupportedOperationException();
    }

    /** The table as CSV bytes: '.' decimals whatever the locale, missing cells empty. */
    public static Content csv(Table table) {
        throw new UnsupportedOperationException();
    }
}
