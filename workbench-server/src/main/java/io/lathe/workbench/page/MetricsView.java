package io.lathe.workbench.page;

import com.fasterxml.jackson.databind.JsonNode;
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
                percent(metrics.path("accuracy")),
                number(metrics.path("macroF1")),
                number(metrics.path("logLoss")),
                metrics.path("correctRows").asLong() + " of "
                        + metrics.path("rows").asLong() + " rows",
                recall(metrics.path("recallByLabel")),
                confusion(metrics.path("confusion")));
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

    private static String number(JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, "%.3f", value.asDouble()) : "–";
    }
}
