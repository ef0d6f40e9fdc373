package io.lathe.datasets.read;

import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Skeleton. */
@SuppressWarnings("DoNotCallSuggester") // skeleton, filled in the next commit
public final class CsvWriter {
    private CsvWriter() {}

    /** RFC 4180, UTF-8, header first. Rows of Boolean, Number, LocalDate, LocalDateTime, String; null is an empty cell. Closes nothing. */
    public static void write(
            OutputStream out, List<String> header, Iterable<? extends List<? extends @Nullable Object>> rows) {
        throw new UnsupportedOperationException();
    }

    public static byte[] write(List<String> header, Iterable<? extends List<? extends @Nullable Object>> rows) {
        throw new UnsupportedOperationException();
    }
}
