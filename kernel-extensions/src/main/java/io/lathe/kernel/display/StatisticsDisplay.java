package io.lathe.kernel.display;

import io.lathe.datasets.read.MissingToken;
import io.lathe.datasets.statistics.ColumnStatistics;
import io.lathe.datasets.statistics.DatasetStatistics;
import io.lathe.datasets.statistics.NumericStatistics;
import io.lathe.kernel.document.Document;
import io.lathe.kernel.document.Document.Heading;
import io.lathe.kernel.document.Document.Paragraph;
import io.lathe.kernel.document.Grid;
import io.lathe.kernel.document.Grid.Cell;
import io.lathe.kernel.document.Grid.Cells;
import io.lathe.kernel.document.Grid.GridColumn;
import io.lathe.kernel.document.Tone;
import java.util.List;
import java.util.stream.Collectors;

/** The profile of a dataset version, one line a column; integers keep every digit. */
final class StatisticsDisplay {

    private static final int TOP = 3;
    private static final int VALUE_CODE_POINTS = 40;

    private StatisticsDisplay() {}

    static Document document(DatasetStatistics statistics) {
        Document document = Document.of(
                new Heading(
                        "Statistics",
                        Numbers.count(statistics.rows(), "row") + " × "
                                + Numbers.count(statistics.columns().size(), "column")),
                new Grid(
                        List.of(
                                GridColumn.left("column"),
                                GridColumn.left("type"),
                                GridColumn.right("values"),
                                GridColumn.right("missing"),
                                GridColumn.right("distinct"),
                                GridColumn.right("min"),
                                GridColumn.right("median"),
                                GridColumn.right("mean"),
                                GridColumn.right("std dev"),
                                GridColumn.right("max"),
                                GridColumn.left("most frequent")),
                        statistics.columns().stream()
                                .map(StatisticsDisplay::row)
                                .toList()));
        for (String note : statistics.report().notes()) {
            document = document.with(new Paragraph(note, Tone.QUIET));
        }
        for (MissingToken token : statistics.report().missing()) {
            document = document.with(new Paragraph(missing(token), Tone.QUIET));
        }
        return document;
    }

    private static Grid.Row row(ColumnStatistics column) {
        return Cells.of(
                Cell.of(column.name()),
                Cell.quiet(column.type().words()),
                Cell.of(Long.toString(column.count())),
                new Cell(Long.toString(column.missing()), column.missing() == 0 ? Tone.QUIET : Tone.WARNING),
                Cell.of(
                        column.distinct().isPresent()
                                ? Long.toString(column.distinct().getAsLong())
                                : ""),
                Cell.of(min(column)),
                Cell.of(column.numeric()
                        .map(n -> Numbers.rounded(n.quantiles().median()))
                        .orElse("")),
                Cell.of(column.numeric().map(n -> Numbers.rounded(n.mean())).orElse("")),
                Cell.of(column.numeric().map(StatisticsDisplay::deviation).orElse("")),
                Cell.of(max(column)),
                Cell.of(column.text()
                        .map(text -> text.top().stream()
                                .limit(TOP)
                                .map(top -> cut(top.value()) + " (" + top.count() + ")")
                                .collect(Collectors.joining(", ")))
                        .orElse("")));
    }

    /** Exact for integers: a double would round them. */
    static String min(ColumnStatistics column) {
        return column.numeric()
                .map(n -> n.minLong().isPresent() ? Long.toString(n.minLong().getAsLong()) : Numbers.rounded(n.min()))
                .or(() -> column.times().map(times -> times.earliest()))
                .orElse("");
    }

    static String max(ColumnStatistics column) {
        return column.numeric()
                .map(n -> n.maxLong().isPresent() ? Long.toString(n.maxLong().getAsLong()) : Numbers.rounded(n.max()))
                .or(() -> column.times().map(times -> times.latest()))
                .orElse("");
    }

    private static String deviation(NumericStatistics numbers) {
        return numbers.stdDev().isPresent() ? Numbers.rounded(numbers.stdDev().getAsDouble()) : "undefined";
    }

    private static String missing(MissingToken token) {
        String what = token.token().isEmpty()
                ? Numbers.count(token.count(), "empty cell")
                : Numbers.count(token.count(), "cell") + " \"" + token.token() + "\"";
        return token.column() + ": " + what + " read as missing.";
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= VALUE_CODE_POINTS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, VALUE_CODE_POINTS)) + "…";
    }
}
