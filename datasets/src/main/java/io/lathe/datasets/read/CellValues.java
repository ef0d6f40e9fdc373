package io.lathe.datasets.read;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads single cells as the reader of whole files does when a column's type is declared. For one thread. */
public final class CellValues {
    private final CellReader reader;

    public CellValues(DecimalMark mark) {
        this.reader = new CellReader(mark, CellReader.Reading.DECLARED);
    }

    /** Whether the text is a value of the type. */
    public boolean fits(ColumnType type, String text) {
        var cell = text.strip().toCharArray();
        return reader.fits(type, cell, 0, cell.length);
    }

    /** The 64-bit integer the text is, if it is one. */
    public OptionalLong longValue(String text) {
        var cell = text.strip().toCharArray();
        return reader.number(cell, 0, cell.length) == NumberCell.Kind.INTEGER
                ? OptionalLong.of(reader.longValue())
                : OptionalLong.empty();
    }

    /** The number the text is, if it is one; may be NaN or infinite. */
    public OptionalDouble doubleValue(String text) {
        var cell = text.strip().toCharArray();
        return reader.fits(ColumnType.DOUBLE, cell, 0, cell.length)
                ? OptionalDouble.of(reader.doubleValue())
                : OptionalDouble.empty();
    }
}
