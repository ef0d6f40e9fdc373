package io.lathe.kernel.document;

import java.util.List;

/**
 * Rows and columns with a head.
 *
 * @param columns the head; at least one
 * @param rows    each a {@link Cells} as long as the head, or a {@link Gap}
 */
public record Grid(List<GridColumn> columns, List<Row> rows) implements Document.Block {

    /** Which side a column's text keeps to. */
    public enum Side {
        LEFT,
        RIGHT
    }

    /**
     * One column's head.
     *
     * @param title    its name
     * @param subtitle a quieter second line, or empty
     * @param side     numbers go right, words go left
     */
    public record GridColumn(String title, String subtitle, Side side) {
        public static GridColumn left(String title) {
            return new GridColumn(title, "", Side.LEFT);
        }

        public static GridColumn right(String title) {
            return new GridColumn(title, "", Side.RIGHT);
        }
    }

    /** A line of the grid. */
    public sealed interface Row permits Cells, Gap {}

    /**
     * A line of values.
     *
     * @param cells one for each column
     */
    public record Cells(List<Cell> cells) implements Row {
        public Cells {
            cells = List.copyOf(cells);
        }

        public static Cells of(Cell... cells) {
            return new Cells(List.of(cells));
        }
    }

    /**
     * Rows that are not shown.
     *
     * @param remark how many, in words
     */
    public record Gap(String remark) implements Row {}

    /**
     * One value.
     *
     * @param text as it is shown
     * @param tone how loud
     */
    public record Cell(String text, Tone tone) {
        public static Cell of(String text) {
            return new Cell(text, Tone.NORMAL);
        }

        public static Cell quiet(String text) {
            return new Cell(text, Tone.QUIET);
        }
    }

    public Grid {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        for (Row row : rows) {
            if (row instanceof Cells(List<Cell> cells) && cells.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "A row of " + cells.size() + " cells does not fit " + columns.size() + " columns");
            }
        }
    }

    boolean hasSubtitles() {
        return columns.stream().anyMatch(column -> !column.subtitle().isEmpty());
    }
}
