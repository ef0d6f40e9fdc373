package io.lathe.datasets.tables;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.read.CsvTable;
import io.lathe.datasets.read.CsvWriter;
import io.lathe.datasets.store.Content;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Tablesaw tables from the one reader, and back. LONG, DOUBLE, BOOLEAN, DATE, DATE_TIME and TEXT become LongColumn, DoubleColumn, BooleanColumn, DateColumn, DateTimeColumn and StringColumn; what the reader
 * says is missing is missing in the table. Tablesaw keeps a missing cell as a special value, so three values cannot be told from missing ones there: a NaN and an empty text, which become missing, and the
 * least 64-bit integer, which is refused.
 */
public final class Tables {
    private Tables() {}

    /** All columns. BAD_REQUEST naming the column for a value Tablesaw cannot hold, TOO_LARGE for more than 2^31 - 1 rows. */
    public static Table table(CsvTable csv) {
        return fill(csv, IntStream.range(0, csv.header().size()).toArray());
    }

    /** The named columns, in this order. NOT_FOUND naming the nearest one. */
    public static Table table(CsvTable csv, String... columns) {
        return fill(
                csv, Arrays.stream(columns).mapToInt(csv.header()::loadIndex).toArray());
    }

    /** The table as CSV bytes: '.' decimals whatever the locale, missing cells empty. */
    public static Content csv(Table table) {
        var rows = new AbstractList<List<@Nullable Object>>() {
            @Override
            public List<@Nullable Object> get(int row) {
                var values = new ArrayList<@Nullable Object>(table.columnCount());
                for (var column : table.columns()) {
                    values.add(column.isMissing(row) ? null : column.get(row));
                }
                return values;
            }

            @Override
            public int size() {
                return table.rowCount();
            }
        };
        return Content.of(CsvWriter.write(table.columnNames(), rows));
    }

    private static Table fill(CsvTable csv, int... indexes) {
        if (csv.rows() > Integer.MAX_VALUE) {
            throw new LatheException(
                    ProblemCode.TOO_LARGE,
                    "A Tablesaw table has at most 2,147,483,647 rows, not " + csv.rows() + ". Read it batch by batch.");
        }
        var header = csv.header();
        var fills = Arrays.stream(indexes)
                .mapToObj(i ->
                        ColumnAppender.of(header.names().get(i), header.types().get(i)))
                .toList();
        csv.forEachBatch(batch -> {
            for (var i = 0; i < indexes.length; i++) {
                fills.get(i).append(batch.columns().get(indexes[i]));
            }
        });
        return Table.create(fills.stream().map(ColumnAppender::column).toArray(Column<?>[]::new));
    }
}
