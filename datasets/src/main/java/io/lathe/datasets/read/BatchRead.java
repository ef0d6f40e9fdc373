package io.lathe.datasets.read;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** The second pass: values by the types that are known now, handed on in batches. */
final class BatchRead extends CsvRecords {
    private final Header header;
    private final int batchRows;
    private final Consumer<ColumnBatch> consumer;
    private final ColumnFill[] fills;
    private int rowsInBatch;
    private long rows;

    BatchRead(Header header, long expectedRows, CsvOptions options, Consumer<ColumnBatch> consumer) {
        super(options);
        this.header = header;
        this.batchRows = options.batchRows();
        this.consumer = consumer;
        var capacity = (int) Math.min(batchRows, Math.max(expectedRows, 1));
        this.fills = new ColumnFill[header.size()];
        for (var i = 0; i < fills.length; i++) {
            fills[i] = ColumnFill.of(header.names().get(i), header.types().get(i), options, capacity);
        }
    }

    @Override
    void begin(List<String> written) {
        if (written.size() < fills.length) {
            throw ColumnFill.changed();
        }
    }

    @Override
    void cell(int column, char[] text, int offset, int length, long line) {
        if (column < fills.length) {
            fills[column].add(text, offset, length);
        }
    }

    @Override
    void endRecord(long line) {
        rows++;
        if (++rowsInBatch == batchRows) {
            handOn();
        }
    }

    void finish(long expectedRows) {
        if (rows != expectedRows) {
            throw ColumnFill.changed();
        }
        if (rowsInBatch > 0) {
            handOn();
        }
    }

    private void handOn() {
        var columns = Arrays.stream(fills).map(ColumnFill::take).toList();
        var batch = new ColumnBatch(header, columns, rowsInBatch, rows - rowsInBatch + 1);
        rowsInBatch = 0;
        consumer.accept(batch);
    }
}
