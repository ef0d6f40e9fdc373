package io.lathe.workbench.page;

import io.javalin.http.Context;
import io.lathe.datasets.schema.Anomaly;
import io.lathe.datasets.schema.Feature;
import io.lathe.datasets.schema.OffendingRow;
import io.lathe.datasets.schema.Schema;
import io.lathe.datasets.schema.Severity;
import io.lathe.datasets.statistics.ColumnStatistics;
import io.lathe.datasets.statistics.DatasetStatistics;
import io.lathe.datasets.statistics.TextStatistics;
import io.lathe.datasets.version.DatasetVersion;
import io.lathe.datasets.version.Datasets;
import io.lathe.workbench.profile.Answer;
import io.lathe.workbench.profile.Profiles;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts together what a page shows of a version's statistics. Thread-safe. */
final class StatisticsView {
    private static final int COLUMNS = 24;
    private static final int MOST_NOTES = 20;
    private static final int MOST_ANOMALIES = 50;
    private static final int SHOWN_ROWS = 3;
    private static final int LONGEST_VALUE = 60;

    private final Datasets datasets;
    private final Profiles profiles;

    StatisticsView(Datasets datasets, Profiles profiles) {
        this.datasets = datasets;
        this.profiles = profiles;
    }

    static String address(DatasetVersion version) {
        return "/datasets/" + version.dataset() + "/versions/" + version.number() + "/statistics";
    }

    StatisticsPanel of(Context ctx, DatasetVersion version, String csrf) {
        return switch (profiles.statistics(version)) {
            case Answer.Ready<DatasetStatistics>(var statistics) -> ready(ctx, version, csrf, statistics);
            case Answer.Running<DatasetStatistics> running ->
                unready(ctx, version, csrf, List.of(progress(running)), "");
            case Answer.Failed<DatasetStatistics>(var why) -> unready(ctx, version, csrf, List.of(), why);
        };
    }

    static StatisticsPanel.Progress progress(Answer.Running<?> running) {
        return new StatisticsPanel.Progress(
                running.percent(),
                running.read() == 0
                        ? "Waiting for its turn."
                        : "Read " + Figures.bytes(running.read()) + " of about " + Figures.bytes(running.expected())
                                + "; every file is read more than once.");
    }

    private static StatisticsPanel unready(
            Context ctx, DatasetVersion version, String csrf, List<StatisticsPanel.Progress> progress, String error) {
        return new StatisticsPanel(
                address(version),
                csrf,
                progress,
                error,
                List.of(),
                List.of(),
                new StatisticsPanel.Check("none", "", List.of()),
                pager(ctx, version, List.of()).pager(),
                List.of());
    }

    private static Pager.Part<ColumnStatistics> pager(
            Context ctx, DatasetVersion version, List<ColumnStatistics> columns) {
        return Pager.of(
                ctx,
                "/datasets/" + version.dataset() + "/versions/" + version.number(),
                columns,
                COLUMNS,
                ColumnStatistics::name);
    }

    private StatisticsPanel ready(Context ctx, DatasetVersion version, String csrf, DatasetStatistics statistics) {
        Optional<Schema> schema = datasets.schema(version.dataset());
        Pager.Part<ColumnStatistics> columns = pager(ctx, version, statistics.columns());
        return new StatisticsPanel(
                address(version),
                csrf,
                List.of(),
                "",
                tiles(statistics),
                statistics.report().notes().stream().limit(MOST_NOTES).toList(),
                check(version, statistics),
                columns.pager(),
                columns.entries().stream()
                        .map(column ->
                                column(column, schema.flatMap(known -> known.find(column.name())), statistics.rows()))
                        .toList());
    }

    private static List<StatisticsPanel.Tile> tiles(DatasetStatistics statistics) {
        long cells = statistics.rows() * statistics.columns().size();
        long missing = statistics.columns().stream()
                .mapToLong(ColumnStatistics::missing)
                .sum();
        long incomplete = statistics.columns().stream()
                .filter(column -> column.missing() > 0)
                .count();
        return List.of(
                new StatisticsPanel.Tile("Rows", Figures.count(statistics.rows()), ""),
                new StatisticsPanel.Tile(
                        "Columns", Figures.count(statistics.columns().size()), ""),
                new StatisticsPanel.Tile(
                        "Missing cells",
                        Figures.percent(missing, cells),
                        Figures.count(missing) + " of " + Figures.count(cells)),
                new StatisticsPanel.Tile(
                        "Incomplete columns",
                        Figures.count(incomplete),
                        "of " + Figures.count(statistics.columns().size())));
    }

    private StatisticsPanel.Check check(DatasetVersion version, DatasetStatistics statistics) {
        Optional<Answer<List<Anomaly>>> answer = profiles.anomalies(version);
        if (answer.isEmpty()) {
            return new StatisticsPanel.Check("none", "", List.of());
        }
        return switch (answer.get()) {
            case Answer.Ready<List<Anomaly>>(var anomalies) -> checked(anomalies, statistics);
            case Answer.Running<List<Anomaly>> running ->
                new StatisticsPanel.Check(
                        "running", "Being checked against the schema: " + running.percent() + " %.", List.of());
            case Answer.Failed<List<Anomaly>>(var why) -> new StatisticsPanel.Check("failed", why, List.of());
        };
    }

    private static StatisticsPanel.Check checked(List<Anomaly> anomalies, DatasetStatistics statistics) {
        long values =
                statistics.columns().stream().mapToLong(ColumnStatistics::count).sum();
        String seen = Figures.count(values, "value") + " in " + Figures.count(statistics.rows(), "row") + " checked";
        boolean fits = anomalies.stream().noneMatch(anomaly -> anomaly.severity() == Severity.ERROR);
        return new StatisticsPanel.Check(
                !fits ? "breaks" : values == 0 ? "nothing" : "fits",
                anomalies.isEmpty()
                        ? seen
                                + (values == 0
                                        ? ": nothing was there to break the schema."
                                        : ", nothing breaks the schema.")
                        : seen + ", " + Figures.count(anomalies.size(), "expectation") + " not met.",
                anomalies.stream()
                        .limit(MOST_ANOMALIES)
                        .map(anomaly -> new StatisticsPanel.Anomaly(
                                anomaly.feature(),
                                anomaly.severity().name().toLowerCase(Locale.ROOT),
                                anomaly.message(),
                                rows(anomaly)))
                        .toList());
    }

    private static String rows(Anomaly anomaly) {
        if (anomaly.count() == 0) {
            return "";
        }
        String first = anomaly.rows().stream()
                .limit(SHOWN_ROWS)
                .map(StatisticsView::row)
                .collect(Collectors.joining("; "));
        return Figures.count(anomaly.count(), "row")
                + (first.isEmpty() ? "" : ": " + first)
                + (SHOWN_ROWS < anomaly.count() && !first.isEmpty() ? "; …" : "");
    }

    private static String row(OffendingRow row) {
        return "row " + Figures.count(row.row()) + " has '" + Figures.shortened(row.value(), LONGEST_VALUE) + "'";
    }

    private static StatisticsPanel.Column column(ColumnStatistics column, Optional<Feature> feature, long rows) {
        return new StatisticsPanel.Column(
                column.name(),
                column.type().words(),
                Figures.count(column.count(), "value"),
                rows == 0
                        ? "no rows"
                        : column.missing() == 0
                                ? "none missing"
                                : Figures.count(column.missing()) + " of " + Figures.count(rows) + " missing ("
                                        + Figures.percent(column.missing(), rows) + ")",
                Figures.place(rows == 0 ? 0 : 100.0 * column.count() / rows),
                distinct(column),
                span(column),
                feature.map(known -> SchemaView.sentence(known) + " · " + Figures.count(column.count(), "value")
                                + " checked")
                        .orElse(""),
                ColumnFacts.of(column),
                column
                        .numeric()
                        .filter(numeric -> !numeric.histogram().isEmpty())
                        .map(numeric -> Plots.histogram(column.name(), column.count() - numeric.notFinite(), numeric))
                        .stream()
                        .toList(),
                shown(column).map(text -> Plots.top(text, column.count())).orElse(List.of()),
                shown(column).map(text -> Plots.topNote(text, column)).orElse(""));
    }

    private static Optional<TextStatistics> shown(ColumnStatistics column) {
        return column.text().filter(_ -> Plots.hasTop(column));
    }

    private static String span(ColumnStatistics column) {
        return column.times()
                .map(times -> times.earliest().equals(times.latest())
                        ? times.earliest()
                        : times.earliest() + " to " + times.latest())
                .orElse("");
    }

    static String distinct(ColumnStatistics column) {
        if (column.distinct().isEmpty()) {
            return "–";
        }
        long distinct = column.distinct().getAsLong();
        return isEstimated(column) ? "about " + Figures.count(distinct) : Figures.count(distinct);
    }

    static boolean isEstimated(ColumnStatistics column) {
        return column.distinct().orElse(0) > DatasetStatistics.EXACT_DISTINCT;
    }
}
