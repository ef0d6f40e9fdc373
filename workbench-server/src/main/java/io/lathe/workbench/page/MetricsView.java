package io.lathe.workbench.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Metrics as the page shows them. */
final class MetricsView {
    private static final int MOST_LABELS = 20;

    private MetricsView() {}

    /** @param metrics as the evaluation wrote them */
    static ModelPage.Metrics of(JsonNode metrics) {
        return new ModelPage.Metrics(
                metrics.has("rmse") ? errors(metrics) : shares(metrics),
                recall(metrics.path("recallByLabel")),
                confusion(metrics.path("confusion")));
    }

    private static List<ModelPage.Figure> shares(JsonNode metrics) {
        return List.of(
                new ModelPage.Figure(
                        "Accuracy",
                        percent(metrics.path("accuracy")),
                        metrics.path("correctRows").asLong() + " of "
                                + metrics.path("rows").asLong() + " rows"),
                new ModelPage.Figure("Macro F1", number(metrics.path("macroF1")), ""),
                new ModelPage.Figure("Log loss", number(metrics.path("logLoss")), ""));
    }

    private static List<ModelPage.Figure> errors(JsonNode metrics) {
        long rows = metrics.path("rows").asLong();
        long refused = metrics.path("refusedRows").asLong();
        return List.of(
                new ModelPage.Figure(
                        "RMSE",
                        digits(metrics.path("rmse")),
                        refused == 0 ? rows + " rows" : (rows - refused) + " of " + rows + " rows"),
                new ModelPage.Figure("R²", number(metrics.path("r2")), ""),
                new ModelPage.Figure("MAE", digits(metrics.path("mae")), ""),
                new ModelPage.Figure("Mean error", digits(metrics.path("meanError")), "prediction minus true number"),
                new ModelPage.Figure(
                        "RMSE of the mean", digits(metrics.path("baselineRmse")), "of always answering it"),
                new ModelPage.Figure(
                        "Half of the errors",
                        digits(metrics.path("errorQuantiles").path("0.25")) + " to "
                                + digits(metrics.path("errorQuantiles").path("0.75")),
                        "between these"));
    }

    private static List<ModelPage.Recall> recall(JsonNode byLabel) {
        List<ModelPage.Recall> recall = new ArrayList<>();
        for (Map.Entry<String, JsonNode> label : byLabel.properties()) {
            if (recall.size() < MOST_LABELS) {
                recall.add(new ModelPage.Recall(
                        label.getKey(), String.valueOf(label.getValue().asDouble()), percent(label.getValue())));
            }
        }
        return recall;
    }

    // A matrix of many labels helps nobody on a page; it is in the API.
    private static List<ModelPage.Confusion> confusion(JsonNode matrix) {
        TreeSet<String> labels = new TreeSet<>();
        for (Map.Entry<String, JsonNode> row : matrix.properties()) {
            labels.add(row.getKey());
            row.getValue().fieldNames().forEachRemaining(labels::add);
        }
        if (labels.size() > MOST_LABELS) {
            return List.of();
        }
        return labels.stream()
                .map(actual -> new ModelPage.Confusion(
                        actual,
                        labels.stream()
                                .map(predicted -> new ModelPage.Cell(
                                        predicted,
                                        matrix.path(actual).path(predicted).asLong(),
                                        actual.equals(predicted)))
                                .toList()))
                .toList();
    }

    private static String percent(JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, "%.1f %%", 100 * value.asDouble()) : "–";
    }

    /** Four digits: an error has the response's unit, so its size may be any. */
    private static String digits(JsonNode value) {
        return value.isNumber()
                ? new BigDecimal(value.asDouble())
                        .round(new MathContext(4))
                        .stripTrailingZeros()
                        .toPlainString()
                : "–";
    }

    private static String number(JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, "%.3f", value.asDouble()) : "–";
    }
}
