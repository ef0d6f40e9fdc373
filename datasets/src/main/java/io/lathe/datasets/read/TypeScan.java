package io.lathe.datasets.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The first pass: decides names and types over the whole file. */
final class TypeScan extends CsvRecords {
    private final CsvOptions options;
    private final List<ColumnScan> columns = new ArrayList<>();
    private HeaderNames names = new HeaderNames(List.of());
    private int unnamedAtEnd;
    private ColumnScan[] scans = {};
    private long rows;

    TypeScan(CsvOptions options) {
        super(options);
        this.options = options;
    }

    @Override
    void begin(List<String> written) {
        names = new HeaderNames(written);
        names.names().forEach(name -> columns.add(new ColumnScan(name, options)));
        scans = columns.toArray(ColumnScan[]::new);
        while (unnamedAtEnd < written.size()
                && written.get(written.size() - 1 - unnamedAtEnd).isBlank()) {
            unnamedAtEnd++;
        }
    }

    @Override
    void cell(int column, char[] text, int offset, int length, long line) {
        scans[column].see(text, offset, length, line);
    }

    @Override
    void endRecord(long line) {
        rows++;
    }

    long rows() {
        return rows;
    }

    /** Without the columns at the end that have neither name nor values. */
    Header header() {
        var kept = kept();
        return new Header(
                names.names().subList(0, kept.size()),
                kept.stream().map(ColumnScan::type).toList());
    }

    ReadReport report() {
        var kept = kept();
        var all = new ArrayList<>(names.notes(kept.size()));
        var dropped = columns.size() - kept.size();
        if (dropped > 0) {
            all.add(dropped + " column(s) at the end without a name and without values were left out.");
        }
        kept.forEach(column -> all.addAll(column.notes()));
        return new ReadReport(
                kept.stream().flatMap(column -> column.missingTokens().stream()).toList(), all);
    }

    Optional<String> misfit() {
        return kept().stream().flatMap(column -> column.misfit().stream()).findFirst();
    }

    private List<ColumnScan> kept() {
        var size = columns.size();
        var firstUnnamed = size - unnamedAtEnd;
        while (size > firstUnnamed && columns.get(size - 1).values() == 0) {
            size--;
        }
        return columns.subList(0, size);
    }
}
