package io.lathe.datasets.read;

import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes delimited text: UTF-8, commas, CR LF, quotes where needed (RFC 4180), a decimal point in every locale. Rows hold Boolean, numbers, LocalDate, LocalDateTime and texts; null is an empty cell and an
 * empty text is {@code ""}. {@link CsvTable} takes both for missing, and with them the words of {@link CsvOptions#missingTokens()}; everything else it reads back as it was, given the types.
 */
public final class CsvWriter {
    private CsvWriter() {}

    /** Writes header and rows; flushes, closes nothing. BAD_REQUEST for a row of another length than the header. */
    public static void write(
            OutputStream out, List<String> header, Iterable<? extends List<? extends @Nullable Object>> rows) {
        try {
            var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            // A lone missing cell is quoted: an empty line would be no row.
            var strategy = header.size() == 1 ? LONE_CELLS : EMPTY_TEXTS;
            var csv = de.siegmar.fastcsv.writer.CsvWriter.builder()
                    .lineDelimiter(LineDelimiter.CRLF)
                    .quoteStrategy(strategy)
                    .build(writer);
            csv.writeRecord(header);
            for (var row : rows) {
                if (row.size() != header.size()) {
                    throw new LatheException(
                            ProblemCode.BAD_REQUEST,
                            "A row has " + row.size() + " values, but the header has " + header.size()
                                    + " names. Give each row one value for each name.");
                }
                var record = csv.writeRecord();
                row.forEach(value -> record.writeField(text(value)));
                record.endRecord();
            }
            csv.flush();
            writer.flush();
        } catch (UncheckedIOException | IOException e) {
            throw new LatheException(
                    ProblemCode.UNAVAILABLE, "Writing CSV failed: " + e.getMessage() + ". Check the disk's space.", e);
        }
    }

    /** Header and rows as bytes. */
    public static byte[] write(List<String> header, Iterable<? extends List<? extends @Nullable Object>> rows) {
        var out = new ByteArrayOutputStream();
        write(out, header, rows);
        return out.toByteArray();
    }

    /** Quotes an empty text, so that readers which tell it from a missing cell can do so. */
    private static final QuoteStrategy EMPTY_TEXTS = new QuoteStrategy() {
        @Override
        public boolean quoteNull(int line, int field) {
            return false;
        }

        @Override
        public boolean quoteEmpty(int line, int field) {
            return true;
        }
    };

    /** Quotes a missing cell too. */
    private static final QuoteStrategy LONE_CELLS = new QuoteStrategy() {
        @Override
        public boolean quoteNull(int line, int field) {
            return true;
        }

        @Override
        public boolean quoteEmpty(int line, int field) {
            return true;
        }
    };

    private static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case BigDecimal number -> number.toPlainString();
            default -> value.toString();
        };
    }
}
