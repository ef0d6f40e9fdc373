package io.lathe.kernel.display;

import io.lathe.kernel.document.Document;
import io.lathe.kernel.document.Document.Badge;
import io.lathe.kernel.document.Document.Block;
import io.lathe.kernel.document.Document.Code;
import io.lathe.kernel.document.Document.Heading;
import io.lathe.kernel.document.Document.Paragraph;
import io.lathe.kernel.document.Grid;
import io.lathe.kernel.document.Grid.Cell;
import io.lathe.kernel.document.Grid.Cells;
import io.lathe.kernel.document.Grid.GridColumn;
import io.lathe.kernel.document.Tone;
import io.lathe.kernel.publish.Publication;
import io.lathe.models.evaluation.ClassificationMetrics;
import io.lathe.models.evaluation.Metrics;
import io.lathe.models.evaluation.RegressionMetrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How good a model is, and what became of its publication. */
final class ModelDisplay {

    private static final int MOST_LABELS = 20;

    private ModelDisplay() {}

    static Document metrics(Metrics metrics) {
        return switch (metrics) {
            case ClassificationMetrics shares -> shares(shares);
            case RegressionMetrics errors -> errors(errors);
        };
    }

    private static Document errors(RegressionMetrics metrics) {
        var columns = new ArrayList<GridColumn>();
        columns.add(GridColumn.left("error (prediction − true)"));
        List.of("least", "5 %", "25 %", "median", "75 %", "95 %", "greatest")
                .forEach(level -> columns.add(GridColumn.right(level)));
        var quantiles = new ArrayList<Cell>(List.of(Cell.of("")));
        metrics.errorQuantiles().forEach(error -> quantiles.add(Cell.of(Numbers.rounded(error))));
        var blocks = new ArrayList<Block>();
        blocks.add(new Heading("Evaluation", Numbers.count(metrics.rows(), "row")));
        blocks.add(new Grid(
                List.of(
                        GridColumn.right("RMSE"),
                        GridColumn.right("MAE"),
                        GridColumn.right("R²"),
                        GridColumn.right("mean error"),
                        GridColumn.right("RMSE of the mean"),
                        GridColumn.right("refused")),
                List.of(Cells.of(
                        Cell.of(Numbers.rounded(metrics.rmse())),
                        Cell.of(Numbers.rounded(metrics.mae())),
                        Cell.of(Numbers.rounded(metrics.r2())),
                        Cell.of(Numbers.rounded(metrics.meanError())),
                        Cell.of(Numbers.rounded(metrics.baselineRmse())),
                        Cell.of(Long.toString(metrics.refusedRows()))))));
        if (!metrics.errorQuantiles().isEmpty()) {
            blocks.add(new Grid(columns, List.of(new Cells(quantiles))));
        }
        return new Document(blocks);
    }

    private static Document shares(ClassificationMetrics metrics) {
        var blocks = new ArrayList<Block>();
        blocks.add(new Heading("Evaluation", Numbers.count(metrics.rows(), "row")));
        blocks.add(new Grid(
                List.of(
                        GridColumn.right("accuracy"),
                        GridColumn.right("macro F1"),
                        GridColumn.right("log loss"),
                        GridColumn.right("correct"),
                        GridColumn.right("refused")),
                List.of(Cells.of(
                        Cell.of(Numbers.rounded(metrics.accuracy())),
                        Cell.of(Numbers.rounded(metrics.macroF1())),
                        Cell.of(Numbers.rounded(metrics.logLoss())),
                        Cell.of(Long.toString(metrics.correctRows())),
                        Cell.of(Long.toString(metrics.refusedRows()))))));
        if (!metrics.unknownLabels().isEmpty()) {
            blocks.add(new Paragraph(
                    "Labels the model never saw in training: " + String.join(", ", metrics.unknownLabels()),
                    Tone.WARNING));
        }
        if (metrics.confusion().size() <= MOST_LABELS) {
            blocks.add(confusion(metrics));
        }
        return new Document(blocks);
    }

    static Document publication(Publication publication) {
        var blocks = new ArrayList<Block>();
        String version = publication.version().isPresent()
                ? " version " + publication.version().getAsInt()
                : "";
        blocks.add(new Badge(
                publication.outcome(),
                switch (publication.outcome()) {
                    case "promoted" -> Tone.GOOD;
                    case "held" -> Tone.WARNING;
                    default -> Tone.BAD;
                },
                publication.model() + version));
        for (String reason : publication.reasons()) {
            blocks.add(new Paragraph(reason, Tone.NORMAL));
        }
        if (!publication.metrics().isEmpty()) {
            blocks.add(comparison(publication));
        }
        publication.endpoint().ifPresent(endpoint -> {
            blocks.add(new Heading("Served at", endpoint.url()));
            blocks.add(new Code(endpoint.curl()));
        });
        return new Document(blocks);
    }

    private static Grid comparison(Publication publication) {
        var columns = new ArrayList<GridColumn>();
        columns.add(GridColumn.left(""));
        columns.add(GridColumn.right("candidate"));
        publication
                .production()
                .ifPresent(production -> columns.add(GridColumn.right("production, version " + production.version())));
        var rows = new ArrayList<Grid.Row>();
        publication.metrics().forEach((name, value) -> {
            var cells = new ArrayList<Cell>();
            cells.add(Cell.of(NAMES.getOrDefault(name, name)));
            cells.add(Cell.of(Numbers.rounded(value)));
            publication.production().ifPresent(production -> {
                Double theirs = production.metrics().get(name);
                cells.add(Cell.of(theirs == null ? "" : Numbers.rounded(theirs)));
            });
            rows.add(new Cells(cells));
        });
        return new Grid(columns, rows);
    }

    private static final Map<String, String> NAMES = names();

    private static Map<String, String> names() {
        var names = new LinkedHashMap<String, String>();
        names.put("macroF1", "macro F1");
        names.put("logLoss", "log loss");
        names.put("correctRows", "correct");
        names.put("refusedRows", "refused");
        names.put("rmse", "RMSE");
        names.put("mae", "MAE");
        names.put("r2", "R²");
        names.put("meanError", "mean error");
        names.put("baselineRmse", "RMSE of the mean");
        return names;
    }

    private static Grid confusion(ClassificationMetrics metrics) {
        List<String> predicted = metrics.confusion().values().stream()
                .flatMap(row -> row.keySet().stream())
                .distinct()
                .sorted()
                .toList();
        var columns = new ArrayList<GridColumn>();
        columns.add(GridColumn.left("true ╲ predicted"));
        predicted.forEach(label -> columns.add(GridColumn.right(label)));
        columns.add(GridColumn.right("recall"));
        var rows = new ArrayList<Grid.Row>();
        metrics.confusion().forEach((actual, counts) -> {
            var cells = new ArrayList<Cell>();
            cells.add(Cell.of(actual));
            for (String label : predicted) {
                long count = counts.getOrDefault(label, 0L);
                Tone tone = count == 0 ? Tone.QUIET : label.equals(actual) ? Tone.GOOD : Tone.BAD;
                cells.add(new Cell(Long.toString(count), tone));
            }
            Double recall = metrics.recallByLabel().get(actual);
            cells.add(Cell.of(recall == null ? "" : Numbers.rounded(recall)));
            rows.add(new Cells(cells));
        });
        return new Grid(columns, rows);
    }
}
