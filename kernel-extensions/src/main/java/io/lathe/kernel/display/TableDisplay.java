package io.lathe.kernel.display;

import io.lathe.kernel.document.Document;
import io.lathe.kernel.document.Document.Heading;
import io.lathe.kernel.document.Document.Paragraph;
import io.lathe.kernel.document.Grid;
import io.lathe.kernel.document.Grid.Cell;
import io.lathe.kernel.document.Grid.Cells;
import io.lathe.kernel.document.Grid.Gap;
import io.lathe.kernel.document.Grid.GridColumn;
import io.lathe.kernel.document.Grid.Row;
import io.lathe.kernel.document.Grid.Side;
import io.lathe.kernel.document.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** A table with its columns' types and missing counts; long, wide and wordy tables are cut, and say so. */
final class TableDisplay {

    static final int ROWS = 20;
    static final int COLUMNS = 30;
    static final int CELL_CODE_POINTS = 120;

    private static final int EXACT_FRACTION_LENGTH = 10;
    private static final String MISSING = "—";

    private TableDisplay() {}

    static Document document(Table table) {
        List<Column<?>> shown = table.columns().subList(0, Math.min(COLUMNS, table.columnCount()));
        var heading = new Heading(table.name() == null ? "" : table.name(), size(table));
        if (shown.isEmpty()) {
            return Document.of(heading);
        }
        var columns = new ArrayList<GridColumn>();
        columns.add(GridColumn.right(""));
        shown.forEach(column -> columns.add(head(column)));
        Document document = Document.of(heading, new Grid(columns, rows(table, shown)));
        return shown.size() == table.columnCount()
                ? document
                : document.with(new Paragraph(
                        "The first " + COLUMNS + " of " + table.columnCount()
                                + " columns are shown; table.selectColumns(…) picks others.",
                        Tone.QUIET));
    }

    private static String size(Table table) {
        return Numbers.count(table.rowCount(), "row") + " × " + Numbers.count(table.columnCount(), "column");
    }

    private static GridColumn head(Column<?> column) {
        String type = column.type().name().toLowerCase(Locale.ROOT);
        int missing = column.countMissing();
        return new GridColumn(
                column.name(),
                missing == 0 ? type : type + ", " + missing + " missing",
                column instanceof NumericColumn ? Side.RIGHT : Side.LEFT);
    }

    private static List<Row> rows(Table table, List<Column<?>> columns) {
        var rows = new ArrayList<Row>();
        int count = table.rowCount();
        int head = count <= ROWS ? count : ROWS / 2;
        for (int row = 0; row < head; row++) {
            rows.add(cells(row, columns));
        }
        if (count > ROWS) {
            rows.add(new Gap("⋯ " + Numbers.count(count - ROWS, "row") + " not shown ⋯"));
            for (int row = count - ROWS / 2; row < count; row++) {
                rows.add(cells(row, columns));
            }
        }
        return rows;
    }

    private static Cells cells(int row, List<Column<?>> columns) {
        var cells = new ArrayList<Cell>();
        cells.add(Cell.quiet(Integer.toString(row)));
        for (Column<?> column : columns) {
            cells.add(column.isMissing(row) ? Cell.quiet(MISSING) : Cell.of(shown(column.get(row))));
        }
        return new Cells(cells);
    }

    /** Short fractions are shown as they are, long ones (mostly computed) rounded; whole numbers keep every digit. */
    private static String shown(Object value) {
        if (value instanceof Double number) {
            String exact = number.toString();
            return exact.length() <= EXACT_FRACTION_LENGTH ? exact : Numbers.rounded(number);
        }
        return cut(String.valueOf(value));
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= CELL_CODE_POINTS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, CELL_CODE_POINTS)) + "…";
    }
}
