package io.lathe.datasets.read;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.store.Content;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A delimited file as a table. Opening reads all of it once to decide names and types; each run over its batches reads it again, in memory bounded by a batch. Gzip and byte-order marks are recognised.
 *
 * <p>Types: a column is LONG, DOUBLE, BOOLEAN, DATE or DATE_TIME when all its values are, else TEXT. Numbers with zeros before them ({@code 00501}, {@code -007}), integers beyond 64 bits, plus signs and
 * decimal commas stay text. A column without values is TEXT. Declared types win.
 *
 * <p>Header: blanks around a name go; a column without a name is {@code column-3} after its position; a second {@code a} is {@code a-2}; columns at the end with neither name nor values are left out; each of
 * these is a note in the report. Blank lines are skipped; a line with more or fewer fields than the header is refused.
 *
 * <p>Immutable; safe to share if its content is.
 */
public final class CsvTable {
    private final Content content;
    private final CsvOptions options;
    private final char separator;
    private final Header header;
    private final long rows;
    private final ReadReport report;
    private final Optional<String> misfit;

    private CsvTable(Content content, CsvOptions options, char separator, TypeScan scan) {
        this.content = content;
        this.options = options;
        this.separator = separator;
        this.header = scan.header();
        this.rows = scan.rows();
        this.report = scan.report();
        this.misfit = scan.misfit();
    }

    /** Reads the content once. BAD_REQUEST when it is empty, not text, or not well-formed, naming the line. */
    public static CsvTable open(Content content, CsvOptions options) {
        try (var source = TextSource.open(content, options.charset())) {
            var separator = options.separator().orElseGet(() -> SeparatorGuess.of(source.beginning()));
            var scan = new TypeScan(options);
            scan.run(source, separator);
            if (scan.header().size() == 0) {
                throw new LatheException(ProblemCode.BAD_REQUEST, "The file is empty: its header must name a column.");
            }
            return new CsvTable(content, options, separator, scan);
        } catch (IOException e) {
            throw CsvRecords.unreadable(e);
        }
    }

    /** The same content read by other options. */
    public CsvTable reopen(CsvOptions other) {
        return open(content, other);
    }

    public CsvOptions options() {
        return options;
    }

    public Header header() {
        return header;
    }

    public long rows() {
        return rows;
    }

    public ReadReport report() {
        return report;
    }

    /** The first column with values that do not fit its declared type, as a sentence; then there are no batches to read. */
    public Optional<String> misfit() {
        return misfit;
    }

    /**
     * Reads the content again and hands every batch on, in order, on the calling thread. BAD_REQUEST naming line and value when values do not fit a declared type.
     */
    public void forEachBatch(Consumer<ColumnBatch> consumer) {
        if (misfit.isPresent()) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST, misfit.get() + " Correct the value or declare another type.");
        }
        try (var source = TextSource.open(content, options.charset())) {
            var read = new BatchRead(header, rows, options, consumer);
            read.run(source, separator);
            read.finish(rows);
        } catch (IOException e) {
            throw CsvRecords.unreadable(e);
        }
    }
}
