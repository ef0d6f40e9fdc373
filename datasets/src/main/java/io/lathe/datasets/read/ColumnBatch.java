package io.lathe.datasets.read;

import java.util.List;

/**
 * Some consecutive rows of a table.
 *
 * @param header the table's columns
 * @param columns one for each column of the header, each of {@code rows} values
 * @param rows number of rows, at least 1
 * @param firstRow the number of the first row in the table, from 1
 */
public record ColumnBatch(Header header, List<Column> columns, int rows, long firstRow) {
    public ColumnBatch {
        columns = List.copyOf(columns);
    }

    /** The column with this name. NOT_FOUND naming the nearest one. */
    public Column load(String name) {
        return columns.get(header.loadIndex(name));
    }
}
