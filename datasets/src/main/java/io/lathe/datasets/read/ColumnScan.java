package io.lathe.datasets.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the first pass learns of one column: its type over all its values, and how many cells are missing and why. For one thread. */
final class ColumnScan {
    private static final long EXACT_IN_DOUBLE = 1L << 53;
    private static final int SHOWN = 40;

    private final String name;
    private final @Nullable ColumnType declared;
    private final MissingWords words;
    private final CellReader cells;
    private final long[] missing;
    private long values;
    private long integers;
    private long roundedIntegers;
    private long bigIntegers;
    private long decimals;
    private long specials;
    private long leadingZeros;
    private long decimalCommas;
    private long booleans;
    private long dates;
    private long dateTimes;
    private long misfits;
    private String firstMisfit = "";
    /** A value was seen that is nothing but text: no need to look at the others. */
    private boolean plainText;

    ColumnScan(String name, CsvOptions options) {
        this.name = name;
        this.declared = options.declaredTypes().get(name);
        this.words = options.missingWords(name);
        this.missing = new long[words.size()];
        this.cells = new CellReader(
                options.decimalMark(), declared == null ? CellReader.Reading.GUESSED : CellReader.Reading.DECLARED);
    }

    void see(char[] text, int offset, int length, long line) {
        var from = offset;
        var to = offset + length;
        while (from < to && isBlank(text[from])) {
            from++;
        }
        while (from < to && isBlank(text[to - 1])) {
            to--;
        }
        var word = words.find(text, from, to);
        if (word >= 0) {
            missing[word]++;
            return;
        }
        values++;
        if (declared != null) {
            seeDeclared(declared, text, from, to, line);
        } else if (!plainText) {
            guess(text, from, to);
        }
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private void seeDeclared(ColumnType type, char[] text, int from, int to, long line) {
        if (!cells.fits(type, text, from, to)) {
            if (misfits == 0) {
                var value = new String(text, from, Math.min(to - from, SHOWN));
                firstMisfit = "line " + line + ": '" + value + "'";
            }
            misfits++;
        }
    }

    private void guess(char[] text, int from, int to) {
        switch (cells.number(text, from, to)) {
            case INTEGER -> {
                integers++;
                var value = cells.longValue();
                if (value > EXACT_IN_DOUBLE || value < -EXACT_IN_DOUBLE) {
                    roundedIntegers++;
                }
            }
            case BIG_INTEGER -> bigIntegers++;
            case DECIMAL -> decimals++;
            case SPECIAL -> specials++;
            case LEADING_ZERO -> leadingZeros++;
            case NOT -> guessOther(text, from, to);
        }
    }

    private void guessOther(char[] text, int from, int to) {
        if (isCommaNumber(text, from, to)) {
            decimalCommas++;
        } else if (cells.booleanValue(text, from, to) != null) {
            booleans++;
        } else if (cells.date(text, from, to) != null) {
            dates++;
        } else if (cells.dateTime(text, from, to) != null) {
            dateTimes++;
        } else {
            plainText = true;
        }
    }

    private static boolean isCommaNumber(char[] text, int from, int to) {
        var start = from < to && text[from] == '-' ? from + 1 : from;
        if (start >= to || !isDigit(text[start]) || !isDigit(text[to - 1])) {
            return false;
        }
        var comma = false;
        for (var i = start; i < to; i++) {
            comma = comma || text[i] == ',';
            if (!isDigit(text[i]) && text[i] != ',' && text[i] != '.') {
                return false;
            }
        }
        return comma;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    ColumnType type() {
        if (declared != null) {
            return declared;
        }
        if (plainText || values == 0) {
            return ColumnType.TEXT;
        }
        if (integers == values) {
            return ColumnType.LONG;
        }
        if (integers + decimals + specials == values && integers + decimals > 0) {
            return ColumnType.DOUBLE;
        }
        if (booleans == values) {
            return ColumnType.BOOLEAN;
        }
        if (dates == values) {
            return ColumnType.DATE;
        }
        return dateTimes == values ? ColumnType.DATE_TIME : ColumnType.TEXT;
    }

    long values() {
        return values;
    }

    List<MissingToken> missingTokens() {
        return IntStream.range(0, missing.length)
                .filter(i -> missing[i] > 0)
                .mapToObj(i -> new MissingToken(name, words.word(i), missing[i]))
                .toList();
    }

    List<String> notes() {
        if (declared != null || plainText) {
            return List.of();
        }
        var notes = new ArrayList<String>();
        var numbers = integers + bigIntegers + decimals + specials;
        if (bigIntegers > 0 && numbers + leadingZeros == values) {
            notes.add(
                    "Column '" + name + "' stays text: " + bigIntegers + " of its values are integers beyond 64 bits.");
        } else if (leadingZeros > 0 && numbers + leadingZeros == values && leadingZeros < values) {
            notes.add("Column '" + name + "' stays text: " + leadingZeros + " of its " + values
                    + " values start with zeros that a number would lose.");
        }
        if (decimalCommas > 0 && numbers + leadingZeros + decimalCommas == values) {
            notes.add(
                    "Column '" + name + "' stays text: " + decimalCommas
                            + " of its values look like numbers with a comma. If that is the decimal mark, read with the decimal mark COMMA.");
        }
        if (roundedIntegers > 0 && type() == ColumnType.DOUBLE) {
            notes.add("Column '" + name + "' has decimals, so " + roundedIntegers
                    + " of its integers beyond 2^53 are rounded. Declare it as text to keep all digits.");
        }
        return notes;
    }

    /** What does not fit a declared type, as a sentence. */
    Optional<String> misfit() {
        return misfits == 0
                ? Optional.empty()
                : Optional.of("Column '" + name + "' is declared " + declared + ", but " + misfits
                        + (misfits == 1 ? " value is" : " values are") + " not; the first is at " + firstMisfit + ".");
    }
}
