package io.lathe.datasets.read;

import io.lathe.datasets.store.Content;
import java.util.function.Consumer;

/** Skeleton. */
@SuppressWarnings("DoNotCallSuggester") // skeleton, filled in the next commit
public final class CsvTable {
    private CsvTable() {}

    public static CsvTable open(Content content, CsvOptions options) {
        throw new UnsupportedOperationException();
    }

    /** The same content read by other options. */
    public CsvTable reopen(CsvOptions other) {
        throw new UnsupportedOperationException();
    }

    public CsvOptions options() {
        throw new UnsupportedOperationException();
    }

    public Header header() {
        throw new UnsupportedOperationException();
    }

    public long rows() {
        throw new UnsupportedOperationException();
    }

    public ReadReport report() {
        throw new UnsupportedOperationException();
    }

    public void forEachBatch(Consumer<ColumnBatch> consumer) {
        throw new UnsupportedOperationException();
    }
}
