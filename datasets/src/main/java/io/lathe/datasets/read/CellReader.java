package io.lathe.datasets.read;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the cells of one column as a given type; blanks around a value do not count, except in text. A declared type is read more leniently than one that is guessed: zeros or a plus sign before a number
 * are fine there. For one thread.
 */
final class CellReader {
    /** Whether the type was declared or guessed from the values. */
    enum Reading {
        DECLARED,
        GUESSED
    }

    private final DecimalMark mark;
    private final Reading reading;
    private final NumberCell number = new NumberCell();
    private final TextCache texts = new TextCache();
    private char[] scratch = new char[0];
    private char[] text = scratch;
    private int start;
    private int end;

    CellReader(DecimalMark mark, Reading reading) {
        this.mark = mark;
        this.reading = reading;
    }

    /** What the cell is as a number. */
    NumberCell.Kind number(char[] cell, int from, int to) {
        text = cell;
        start = from;
        end = to;
        if (mark == DecimalMark.COMMA && !normaliseComma()) {
            return NumberCell.Kind.NOT;
        }
        var kind = number.read(text, start, end);
        if (reading == Reading.DECLARED && (kind == NumberCell.Kind.LEADING_ZERO || startsWithPlus())) {
            dropDecoration();
            kind = number.read(text, start, end);
        }
        return kind;
    }

    /** The integer after {@link #number} answered INTEGER. */
    long longValue() {
        return number.longValue();
    }

    /** The number after {@link #number} answered anything but NOT. */
    double doubleValue() {
        return number.doubleValue(text, start, end);
    }

    @Nullable
    Boolean booleanValue(char[] cell, int from, int to) {
        if (matches(cell, from, to, "true")) {
            return Boolean.TRUE;
        }
        return matches(cell, from, to, "false") ? Boolean.FALSE : null;
    }

    @Nullable
    LocalDate date(char[] cell, int from, int to) {
        return TimeCell.date(cell, from, to);
    }

    @Nullable
    LocalDateTime dateTime(char[] cell, int from, int to) {
        return TimeCell.dateTime(cell, from, to);
    }

    String text(char[] cell, int offset, int length) {
        return texts.text(cell, offset, length);
    }

    /** Whether the cell is a value of the type. */
    boolean fits(ColumnType type, char[] cell, int from, int to) {
        return switch (type) {
            case TEXT -> true;
            case LONG -> number(cell, from, to) == NumberCell.Kind.INTEGER;
            case DOUBLE ->
                switch (number(cell, from, to)) {
                    case INTEGER, BIG_INTEGER, DECIMAL, SPECIAL -> true;
                    case LEADING_ZERO, NOT -> false;
                };
            case BOOLEAN -> booleanValue(cell, from, to) != null;
            case DATE -> date(cell, from, to) != null;
            case DATE_TIME -> dateTime(cell, from, to) != null;
        };
    }

    private static boolean matches(char[] cell, int from, int to, String word) {
        return to - from == word.length()
                && new String(cell, from, to - from).toLowerCase(Locale.ROOT).equals(word);
    }

    /** A second sign behind the plus makes it no number. */
    private boolean startsWithPlus() {
        return end - start > 1 && text[start] == '+' && text[start + 1] != '-' && text[start + 1] != '+';
    }

    /** Copies the number without plus sign and zeros before. */
    private void dropDecoration() {
        var from = start;
        var to = 0;
        var copy = new char[end - start];
        if (text[from] == '-') {
            copy[to++] = '-';
            from++;
        } else if (text[from] == '+') {
            from++;
        }
        while (from + 1 < end && text[from] == '0' && text[from + 1] >= '0' && text[from + 1] <= '9') {
            from++;
        }
        System.arraycopy(text, from, copy, to, end - from);
        text = copy;
        end = to + end - from;
        start = 0;
    }

    /** Rewrites {@code 1.234,56} as {@code 1234.56}; false when points do not part groups of three. */
    private boolean normaliseComma() {
        if (scratch.length < end - start) {
            scratch = new char[end - start];
        }
        var to = 0;
        var sinceGroup = -1;
        var comma = false;
        for (var i = start; i < end; i++) {
            var c = text[i];
            if (c == '.') {
                var groupBefore = sinceGroup < 0 ? to - (text[start] == '-' ? 1 : 0) : sinceGroup;
                if (comma || groupBefore < 1 || groupBefore > 3 || (sinceGroup >= 0 && sinceGroup != 3)) {
                    return false;
                }
                sinceGroup = 0;
                continue;
            }
            if (c == ',') {
                if (comma || (sinceGroup >= 0 && sinceGroup != 3)) {
                    return false;
                }
                comma = true;
                scratch[to++] = '.';
                continue;
            }
            sinceGroup += sinceGroup >= 0 && !comma ? 1 : 0;
            scratch[to++] = c;
        }
        if (!comma && sinceGroup >= 0 && sinceGroup != 3) {
            return false;
        }
        text = scratch;
        start = 0;
        end = to;
        return true;
    }
}
