package io.lathe.datasets.read;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How to read a delimited file.
 *
 * @param missingTokens cells that mean "no value", compared without surrounding blanks; may be empty
 * @param separator between fields; empty: detected among {@code , ; tab |}
 * @param charset of the text; a byte-order mark in the file wins
 * @param decimalMark how numbers are written
 * @param declaredTypes types by column name; they win over what the values look like
 * @param keptTokens by column name, tokens that are values there although they are missing tokens
 * @param batchRows most rows in a batch, 1 to 1,000,000
 * @param maxColumns most columns; a file with more is refused before they take memory
 */
public record CsvOptions(
        Set<String> missingTokens,
        Optional<Character> separator,
        Charset charset,
        DecimalMark decimalMark,
        Map<String, ColumnType> declaredTypes,
        Map<String, Set<String>> keptTokens,
        int batchRows,
        int maxColumns) {
    private static final CsvOptions DEFAULTS = new CsvOptions(
            new LinkedHashSet<>(List.of("", "NA", "N/A", "null", "NaN")),
            Optional.empty(),
            StandardCharsets.UTF_8,
            DecimalMark.POINT,
            Map.of(),
            Map.of(),
            4096,
            100_000);

    public CsvOptions {
        missingTokens = Set.copyOf(missingTokens);
        declaredTypes = Map.copyOf(declaredTypes);
        keptTokens = Map.copyOf(keptTokens);
        if (batchRows < 1 || batchRows > 1_000_000) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST, "A batch has 1 to 1,000,000 rows, not " + batchRows + ".");
        }
        if (maxColumns < 1) {
            throw new LatheException(ProblemCode.BAD_REQUEST, "A file has at least 1 column, not " + maxColumns + ".");
        }
        if (separator
                .filter(mark -> mark == '"' || mark == '\n' || mark == '\r')
                .isPresent()) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST, "A quote or a line end cannot separate fields. Use ',' ';' '|' or tab.");
        }
    }

    /** UTF-8, detected separator, decimal points; an empty cell, NA, N/A, null and NaN are missing. */
    public static CsvOptions defaults() {
        return DEFAULTS;
    }

    public CsvOptions withMissingTokens(String... tokens) {
        return new CsvOptions(
                Set.of(tokens), separator, charset, decimalMark, declaredTypes, keptTokens, batchRows, maxColumns);
    }

    public CsvOptions withSeparator(char mark) {
        return new CsvOptions(
                missingTokens,
                Optional.of(mark),
                charset,
                decimalMark,
                declaredTypes,
                keptTokens,
                batchRows,
                maxColumns);
    }

    public CsvOptions withCharset(Charset other) {
        return new CsvOptions(
                missingTokens, separator, other, decimalMark, declaredTypes, keptTokens, batchRows, maxColumns);
    }

    public CsvOptions withDecimalMark(DecimalMark mark) {
        return new CsvOptions(
                missingTokens, separator, charset, mark, declaredTypes, keptTokens, batchRows, maxColumns);
    }

    /** Adds declared types to those already there. */
    public CsvOptions withTypes(Map<String, ColumnType> types) {
        var all = new HashMap<>(declaredTypes);
        all.putAll(types);
        return new CsvOptions(missingTokens, separator, charset, decimalMark, all, keptTokens, batchRows, maxColumns);
    }

    /** Adds tokens that are values in a column. */
    public CsvOptions withValues(String column, Set<String> tokens) {
        return withValues(Map.of(column, Set.copyOf(tokens)));
    }

    /** Adds tokens that are values, by column. */
    public CsvOptions withValues(Map<String, Set<String>> tokens) {
        var all = new HashMap<>(keptTokens);
        all.putAll(tokens);
        return new CsvOptions(
                missingTokens, separator, charset, decimalMark, declaredTypes, all, batchRows, maxColumns);
    }

    /** The words that mean "no value" in this column. */
    MissingWords missingWords(String column) {
        return new MissingWords(missingTokens, keptTokens.getOrDefault(column, Set.of()));
    }

    public CsvOptions withBatchRows(int rows) {
        return new CsvOptions(
                missingTokens, separator, charset, decimalMark, declaredTypes, keptTokens, rows, maxColumns);
    }

    public CsvOptions withMaxColumns(int columns) {
        return new CsvOptions(
                missingTokens, separator, charset, decimalMark, declaredTypes, keptTokens, batchRows, columns);
    }
}
