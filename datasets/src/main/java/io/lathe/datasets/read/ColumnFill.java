package io.lathe.datasets.read;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Collects one column of one batch after another. For one thread. */
abstract sealed class ColumnFill {
    final int capacity;
    final CellReader cells;
    private final MissingWords words;
    int size;

    private ColumnFill(String name, CsvOptions options, int capacity) {
        this.capacity = capacity;
        this.words = options.missingWords(name);
        this.cells = new CellReader(
                options.decimalMark(),
                options.declaredTypes().containsKey(name) ? CellReader.Reading.DECLARED : CellReader.Reading.GUESSED);
    }

    static ColumnFill of(String name, ColumnType type, CsvOptions options, int capacity) {
        return switch (type) {
            case BOOLEAN -> new Booleans(name, options, capacity);
            case LONG -> new Longs(name, options, capacity);
            case DOUBLE -> new Doubles(name, options, capacity);
            case DATE -> new Dates(name, options, capacity);
            case DATE_TIME -> new DateTimes(name, options, capacity);
            case TEXT -> new Texts(name, options, capacity);
        };
    }

    final void add(char[] text, int offset, int length) {
        var from = offset;
        var to = offset + length;
        while (from < to && ColumnScan.isBlank(text[from])) {
            from++;
        }
        while (from < to && ColumnScan.isBlank(text[to - 1])) {
            to--;
        }
        if (words.find(text, from, to) >= 0) {
            addMissing();
        } else {
            addValue(text, from, to, offset, length);
        }
        size++;
    }

    /** The column so far; a new one begins. */
    abstract Column take();

    abstract void addMissing();

    abstract void addValue(char[] text, int from, int to, int offset, int length);

    /** The first pass saw that all values fit, so the bytes are no longer the same. */
    static LatheException changed() {
        return new LatheException(
                ProblemCode.CONFLICT,
                "The file changed between two readings of it. Copy it first, then read the copy.");
    }

    private static <T> T fitting(@Nullable T value) {
        if (value == null) {
            throw changed();
        }
        return value;
    }

    private static final class Booleans extends ColumnFill {
        private boolean[] values;
        private BitSet missing = new BitSet();

        Booleans(String name, CsvOptions options, int capacity) {
            super(name, options, capacity);
            values = new boolean[capacity];
        }

        @Override
        void addMissing() {
            missing.set(size);
        }

        @Override
        void addValue(char[] text, int from, int to, int offset, int length) {
            values[size] = fitting(cells.booleanValue(text, from, to));
        }

        @Override
        Column take() {
            var column = new BooleanColumn(values, missing, size);
            values = new boolean[capacity];
            missing = new BitSet();
            size = 0;
            return column;
        }
    }

    private static final class Longs extends ColumnFill {
        private long[] values;
        private BitSet missing = new BitSet();

        Longs(String name, CsvOptions options, int capacity) {
            super(name, options, capacity);
            values = new long[capacity];
        }

        @Override
        void addMissing() {
            missing.set(size);
        }

        @Override
        void addValue(char[] text, int from, int to, int offset, int length) {
            if (cells.number(text, from, to) != NumberCell.Kind.INTEGER) {
                throw changed();
            }
            values[size] = cells.longValue();
        }

        @Override
        Column take() {
            var column = new LongColumn(values, missing, size);
            values = new long[capacity];
            missing = new BitSet();
            size = 0;
            return column;
        }
    }

    private static final class Doubles extends ColumnFill {
        private double[] values;
        private BitSet missing = new BitSet();

        Doubles(String name, CsvOptions options, int capacity) {
            super(name, options, capacity);
            values = new double[capacity];
        }

        @Override
        void addMissing() {
            missing.set(size);
        }

        @Override
        void addValue(char[] text, int from, int to, int offset, int length) {
            values[size] = switch (cells.number(text, from, to)) {
                case INTEGER, BIG_INTEGER, DECIMAL, SPECIAL -> cells.doubleValue();
                case LEADING_ZERO, NOT -> throw changed();
            };
        }

        @Override
        Column take() {
            var column = new DoubleColumn(values, missing, size);
            values = new double[capacity];
            missing = new BitSet();
            size = 0;
            return column;
        }
    }

    private static final class Dates extends ColumnFill {
        private @Nullable LocalDate[] values;

        Dates(String name, CsvOptions options, int capacity) {
            super(name, options, capacity);
            values = new @Nullable LocalDate[capacity];
        }

        @Override
        void addMissing() {}

        @Override
        void addValue(char[] text, int from, int to, int offset, int length) {
            values[size] = fitting(cells.date(text, from, to));
        }

        @Override
        Column take() {
            var column = new DateColumn(values, size);
            values = new @Nullable LocalDate[capacity];
            size = 0;
            return column;
        }
    }

    private static final class DateTimes extends ColumnFill {
        private @Nullable LocalDateTime[] values;

        DateTimes(String name, CsvOptions options, int capacity) {
            super(name, options, capacity);
            values = new @Nullable LocalDateTime[capacity];
        }

        @Override
        void addMissing() {}

        @Override
        void addValue(char[] text, int from, int to, int offset, int length) {
            values[size] = fitting(cells.dateTime(text, from, to));
        }

        @Override
        Column take() {
            var column = new DateTimeColumn(values, size);
            values = new @Nullable LocalDateTime[capacity];
            size = 0;
            return column;
        }
    }

    private static final class Texts extends ColumnFill {
        private @Nullable String[] values;

        Texts(String name, CsvOptions options, int capacity) {
            super(name, options, capacity);
            values = new @Nullable String[capacity];
        }

        @Override
        void addMissing() {}

        @Override
        void addValue(char[] text, int from, int to, int offset, int length) {
            values[size] = cells.text(text, offset, length);
        }

        @Override
        Column take() {
            var column = new TextColumn(values, size);
            values = new @Nullable String[capacity];
            size = 0;
            return column;
        }
    }
}
