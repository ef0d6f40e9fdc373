package io.lathe.datasets.read;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.RecordType;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;

/** Runs through the records of a file: the header to begin with, then cell by cell, every record with as many as the header. */
abstract class CsvRecords {
    private final int maxColumns;
    private final List<String> header = new ArrayList<>();
    private boolean headerSeen;

    CsvRecords(CsvOptions options) {
        this.maxColumns = options.maxColumns();
    }

    /** The header is complete. */
    abstract void begin(List<String> names);

    /** A cell, counted from 0, as a part of a buffer that will be overwritten. */
    abstract void cell(int column, char[] text, int offset, int length, long line);

    /** A record is complete. */
    abstract void endRecord(long line);

    /** Reads everything. BAD_REQUEST naming the line where the file is not what it should be. */
    final void run(Reader reader, char separator) throws IOException {
        try (var csv = CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(true)
                .allowUnclosedQuote(false)
                .build(new Handler(), reader)) {
            for (var _ : csv) {
                // The handler has seen it.
            }
        } catch (CsvParseException e) {
            throw problem(e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (!headerSeen) {
            throw new LatheException(ProblemCode.BAD_REQUEST, "The file is empty: it needs a header line.");
        }
    }

    /** What an exception while reading means to whoever gave the file. */
    static LatheException unreadable(IOException e) {
        return switch (e) {
            case CharacterCodingException _ ->
                new LatheException(
                        ProblemCode.BAD_REQUEST,
                        "The file has bytes that are not text in its character set. Name its character set, or save it as UTF-8.",
                        e);
            case ZipException _ ->
                new LatheException(ProblemCode.BAD_REQUEST, "The gzipped file is damaged. Make it again.", e);
            case EOFException _ -> new LatheException(ProblemCode.BAD_REQUEST, "The gzipped file ends too early.", e);
            default ->
                new LatheException(ProblemCode.UNAVAILABLE, "Reading failed: " + e.getMessage() + ". Try again.", e);
        };
    }

    private static LatheException problem(CsvParseException e) throws IOException {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof LatheException ours) {
                return ours;
            }
            if (cause instanceof IOException io) {
                throw io;
            }
            if (cause instanceof RuntimeException unexpected && !(cause instanceof CsvParseException)) {
                throw unexpected;
            }
        }
        return new LatheException(
                ProblemCode.BAD_REQUEST, "The file is not well-formed CSV; correct it there: " + e.getMessage(), e);
    }

    private final class Handler extends AbstractBaseCsvCallbackHandler<Boolean> {
        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            if (headerSeen) {
                if (index < header.size()) {
                    cell(index, buffer, offset, length, getStartingLineNumber());
                }
            } else if (header.size() == maxColumns) {
                throw new LatheException(
                        ProblemCode.BAD_REQUEST,
                        "The file has more than " + maxColumns + " columns. Is its separator the right one?");
            } else {
                header.add(new String(buffer, offset, length));
            }
        }

        @Override
        protected Boolean buildRecord() {
            if (getRecordType() == RecordType.EMPTY) {
                return Boolean.TRUE;
            }
            if (!headerSeen) {
                headerSeen = true;
                begin(header);
            } else if (getFieldCount() != header.size()) {
                throw new LatheException(
                        ProblemCode.BAD_REQUEST,
                        "Line " + getStartingLineNumber() + " has " + getFieldCount() + " fields, but the header has "
                                + header.size() + ". Is a value with the separator in it not quoted?");
            } else {
                endRecord(getStartingLineNumber());
            }
            return Boolean.TRUE;
        }
    }
}
