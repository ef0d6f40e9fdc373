package io.lathe.workbench.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.workbench.publication.Report;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A held candidate beside the version in production, measured on the same rows.
 *
 * @param production the version it was compared with; empty when there was none
 * @param figures one line for each figure of either
 * @param uncertainty what the rows themselves say, and how sure that is
 * @param facts how both came to be
 */
public record CandidateView(
        int version,
        List<String> reasons,
        String evaluatedOn,
        String production,
        List<Line> figures,
        List<Line> uncertainty,
        List<Line> facts) {
    public boolean isCompared() {
        return !production.isEmpty();
    }

    /** @param difference candidate minus production; empty where there is no number for both */
    public record Line(String name, String candidate, String production, String difference) {}

    private static final int MOST_LABELS = 20;
    private static final String NOTHING = "–";

    /** What the page shows in percent, as the gate's reasons do. */
    private static final Set<String> SHARES = Set.of("accuracy");

    private static final Set<String> BOUNDS = Set.of("low", "high");

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("rows", "Rows"),
            Map.entry("correctRows", "Correct rows"),
            Map.entry("refusedRows", "Refused rows"),
            Map.entry("accuracy", "Accuracy"),
            Map.entry("macroF1", "Macro F1"),
            Map.entry("logLoss", "Log loss (lower is better)"),
            Map.entry("recallByLabel", "Found of"),
            Map.entry("bothRight", "Rows both got right"),
            Map.entry("onlyCandidate", "Rows only the candidate got right"),
            Map.entry("onlyProduction", "Rows only production got right"),
            Map.entry("bothWrong", "Rows both got wrong"),
            Map.entry("difference", "Difference, candidate minus production"),
            Map.entry("mcNemar", "Exact McNemar p"),
            Map.entry("rmse", "RMSE (lower is better)"),
            Map.entry("mae", "MAE (lower is better)"),
            Map.entry("r2", "R²"),
            Map.entry("meanError", "Mean error"),
            Map.entry("baselineRmse", "RMSE of always answering the mean"),
            Map.entry("bothPredicted", "Rows both predicted"),
            Map.entry("candidateRmse", "RMSE of the candidate on these"),
            Map.entry("productionRmse", "RMSE of production on these"),
            Map.entry("candidateCloser", "Rows the candidate was closer on"),
            Map.entry("productionCloser", "Rows production was closer on"),
            Map.entry("trainedAt", "Trained"),
            Map.entry("trainedOn", "Trained on"));

    static CandidateView of(int version, String evaluatedOn, List<String> reasons, Optional<Report> report) {
        Optional<Report.Compared> production = report.flatMap(Report::production);
        return new CandidateView(
                version,
                reasons,
                evaluatedOn,
                production.map(with -> String.valueOf(with.version())).orElse(""),
                report.map(judged -> figures(judged.metrics(), production.flatMap(Report.Compared::metrics)))
                        .orElse(List.of()),
                report.flatMap(Report::comparison)
                        .map(CandidateView::uncertainty)
                        .orElse(List.of()),
                facts(report.flatMap(Report::facts), production.flatMap(Report.Compared::facts)));
    }

    private static List<Line> figures(JsonNode candidate, Optional<JsonNode> production) {
        JsonNode other = production.orElse(candidate.path(""));
        List<Line> lines = new ArrayList<>();
        for (String name : names(candidate, other)) {
            if (candidate.path(name).isNumber() || other.path(name).isNumber()) {
                lines.add(line(words(name), SHARES.contains(name), candidate.path(name), other.path(name)));
            }
        }
        JsonNode recall = candidate.path("recallByLabel");
        JsonNode otherRecall = other.path("recallByLabel");
        names(recall, otherRecall).stream()
                .limit(MOST_LABELS)
                .forEach(label -> lines.add(
                        line(words("recallByLabel") + " " + label, true, recall.path(label), otherRecall.path(label))));
        return lines;
    }

    private static Set<String> names(JsonNode one, JsonNode other) {
        Set<String> names = new LinkedHashSet<>();
        one.fieldNames().forEachRemaining(names::add);
        other.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Line line(String name, boolean share, JsonNode candidate, JsonNode production) {
        return new Line(
                name,
                share ? share(candidate) : number(candidate),
                share ? share(production) : number(production),
                candidate.isNumber() && production.isNumber() ? difference(share, candidate, production) : "");
    }

    private static String difference(boolean share, JsonNode candidate, JsonNode production) {
        double difference = candidate.asDouble() - production.asDouble();
        return difference == 0 ? "=" : signed(share, difference, candidate.isIntegralNumber());
    }

    private static List<Line> uncertainty(JsonNode comparison) {
        boolean share = comparison.path("kind").asText().equals("classification");
        List<Line> lines = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : comparison.properties()) {
            if (field.getValue().isNumber() && !BOUNDS.contains(field.getKey())) {
                String value = switch (field.getKey()) {
                    case "difference" -> interval(share, comparison);
                    case "mcNemar" -> probability(field.getValue().asDouble());
                    default -> number(field.getValue());
                };
                lines.add(new Line(words(field.getKey()), value, "", ""));
            }
        }
        return lines;
    }

    private static String probability(double p) {
        return p < 0.0001 ? "< 0.0001" : String.format(Locale.ROOT, "%.4f", p);
    }

    /** The difference, with how sure it is. */
    private static String interval(boolean share, JsonNode comparison) {
        String difference = signed(share, comparison.path("difference").asDouble(), false);
        JsonNode low = comparison.path("low");
        JsonNode high = comparison.path("high");
        return low.isNumber() && high.isNumber()
                ? difference + " (95 %: " + signed(share, low.asDouble(), false) + " to "
                        + signed(share, high.asDouble(), false) + ")"
                : difference;
    }

    private static List<Line> facts(Optional<JsonNode> candidate, Optional<JsonNode> production) {
        if (candidate.isEmpty()) {
            return List.of();
        }
        JsonNode mine = candidate.get();
        JsonNode theirs = production.orElse(mine.path(""));
        List<Line> lines = new ArrayList<>();
        for (String name : List.of("trainedOn", "trainedAt")) {
            lines.add(new Line(words(name), text(mine.path(name)), text(theirs.path(name)), ""));
        }
        JsonNode provenance = mine.path("provenance");
        JsonNode otherProvenance = theirs.path("provenance");
        for (String name : names(provenance, otherProvenance)) {
            lines.add(new Line(name, text(provenance.path(name)), text(otherProvenance.path(name)), ""));
        }
        return lines;
    }

    private static String words(String name) {
        return WORDS.getOrDefault(name, name);
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : NOTHING;
    }

    private static String number(JsonNode value) {
        if (!value.isNumber()) {
            return NOTHING;
        }
        return value.isIntegralNumber() ? value.asText() : String.format(Locale.ROOT, "%.4f", value.asDouble());
    }

    private static String share(JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, "%.2f %%", 100 * value.asDouble()) : NOTHING;
    }

    private static String signed(boolean share, double difference, boolean whole) {
        String size = share
                ? String.format(Locale.ROOT, "%.2f points", 100 * Math.abs(difference))
                : String.format(Locale.ROOT, whole ? "%.0f" : "%.4f", Math.abs(difference));
        return (difference < 0 ? "−" : "+") + size;
    }
}
