package io.lathe.datasets.tables;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.read.Column;
import io.lathe.datasets.read.ColumnType;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;

/** Fills one Tablesaw column from batches, without Tablesaw's parsers. */
sealed interface ColumnAppender {
    void append(Column batch);

    tech.tablesaw.columns.Column<?> column();

    static ColumnAppender of(String name, ColumnType type) {
        return switch (type) {
            case BOOLEAN -> new Booleans(BooleanColumn.create(name));
            case LONG -> new Longs(LongColumn.create(name));
            case DOUBLE -> new Doubles(DoubleColumn.create(name));
            case DATE -> new Dates(DateColumn.create(name));
            case DATE_TIME -> new DateTimes(DateTimeColumn.create(name));
            case TEXT -> new Texts(StringColumn.create(name));
        };
    }

    private static LatheException unexpected(Column batch) {
        return new LatheException(
                ProblemCode.INTERNAL,
                "A batch holds a " + batch.getClass().getSimpleName() + " its header does not name.");
    }

    record Booleans(BooleanColumn column) implements ColumnAppender {
        @Override
        public void append(Column batch) {
            if (!(batch instanceof io.lathe.datasets.read.BooleanColumn values)) {
                throw unexpected(batch);
            }
            for (var row = 0; row < values.size(); row++) {
                if (values.isMissing(row)) {
                    column.appendMissing();
                } else {
                    column.append(values.at(row));
                }
            }
        }
    }

    record Longs(LongColumn column) implements ColumnAppender {
        @Override
        public void append(Column batch) {
            if (!(batch instanceof io.lathe.datasets.read.LongColumn values)) {
                throw unexpected(batch);
            }
            for (var row = 0; row < values.size(); row++) {
                if (values.isMissing(row)) {
                    column.appendMissing();
                } else if (values.at(row) == Long.MIN_VALUE) {
                    throw new LatheException(
                            ProblemCode.BAD_REQUEST,
                            "Column '" + column.name() + "' holds the value " + Long.MIN_VALUE + " in row "
                                    + (column.size() + 1)
                                    + ", which Tablesaw takes for a missing one. Declare the column as text, or read it batch by batch.");
                } else {
                    column.append(values.at(row));
                }
            }
        }
    }

    record Doubles(DoubleColumn column) implements ColumnAppender {
        @Override
        public void append(Column batch) {
            if (!(batch instanceof io.lathe.datasets.read.DoubleColumn values)) {
                throw unexpected(batch);
            }
            for (var row = 0; row < values.size(); row++) {
                if (values.isMissing(row)) {
                    column.appendMissing();
                } else {
                    column.append(values.at(row));
                }
            }
        }
    }

    record Dates(DateColumn column) implements ColumnAppender {
        @Override
        public void append(Column batch) {
            if (!(batch instanceof io.lathe.datasets.read.DateColumn values)) {
                throw unexpected(batch);
            }
            for (var row = 0; row < values.size(); row++) {
                var value = values.value(row);
                if (value == null) {
                    column.appendMissing();
                } else {
                    column.append(value);
                }
            }
        }
    }

    record DateTimes(DateTimeColumn column) implements ColumnAppender {
        @Override
        public void append(Column batch) {
            if (!(batch instanceof io.lathe.datasets.read.DateTimeColumn values)) {
                throw unexpected(batch);
            }
            for (var row = 0; row < values.size(); row++) {
                var value = values.value(row);
                if (value == null) {
                    column.appendMissing();
                } else {
                    column.append(value);
                }
            }
        }
    }

    record Texts(StringColumn column) implements ColumnAppender {
        @Override
        public void append(Column batch) {
            if (!(batch instanceof io.lathe.datasets.read.TextColumn values)) {
                throw unexpected(batch);
            }
            for (var row = 0; row < values.size(); row++) {
                var value = values.value(row);
                if (value == null) {
                    column.appendMissing();
                } else {
                    column.append(value);
                }
            }
        }
    }
}
