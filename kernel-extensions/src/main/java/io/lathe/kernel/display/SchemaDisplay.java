package io.lathe.kernel.display;

import io.lathe.datasets.schema.Anomaly;
import io.lathe.datasets.schema.Domain;
import io.lathe.datasets.schema.Feature;
import io.lathe.datasets.schema.OffendingRow;
import io.lathe.datasets.schema.Schema;
import io.lathe.datasets.schema.Severity;
import io.lathe.kernel.data.CheckReport;
import io.lathe.kernel.data.SchemaView;
import io.lathe.kernel.document.Document;
import io.lathe.kernel.document.Document.Badge;
import io.lathe.kernel.document.Document.Code;
import io.lathe.kernel.document.Document.Heading;
import io.lathe.kernel.document.Grid;
import io.lathe.kernel.document.Grid.Cell;
import io.lathe.kernel.document.Grid.Cells;
import io.lathe.kernel.document.Grid.GridColumn;
import io.lathe.kernel.document.Tone;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Schemas, and what breaks them. */
final class SchemaDisplay {

    private static final int WORDS = 12;
    private static final int ROWS = 5;

    private SchemaDisplay() {}

    static Document view(SchemaView view) {
        String aside = switch (view.standing()) {
            case ACCEPTED -> "accepted schema: every new version is compared with it";
            case INFERRED -> "inferred from this version, not accepted";
        };
        return new Document(List.of(new Heading(view.of(), aside), grid(view.schema())));
    }

    static Document schema(Schema schema) {
        return Document.of(grid(schema));
    }

    static Document report(CheckReport report) {
        if (report.checked() == CheckReport.Basis.NO_SCHEMA) {
            String dataset = report.version().substring(0, report.version().indexOf('@'));
            return Document.of(
                    new Badge(
                            "not checked",
                            Tone.WARNING,
                            dataset + " has no accepted schema yet. To accept what this version suggests:"),
                    new Code("%schema " + report.version() + " --accept"));
        }
        if (report.anomalies().isEmpty()) {
            return Document.of(new Badge("fits", Tone.GOOD, report.version() + " fits its dataset's schema."));
        }
        long errors = report.anomalies().stream()
                .filter(anomaly -> anomaly.severity() == Severity.ERROR)
                .count();
        Badge badge = errors == 0
                ? new Badge("fits", Tone.GOOD, report.version() + ", with remarks.")
                : new Badge("does not fit", Tone.BAD, report.version() + ": " + Numbers.count(errors, "error") + ".");
        return Document.of(badge, anomalies(report.anomalies()));
    }

    static Document anomaly(Anomaly anomaly) {
        return Document.of(anomalies(List.of(anomaly)));
    }

    private static Grid anomalies(List<Anomaly> anomalies) {
        return new Grid(
                List.of(
                        GridColumn.left("feature"),
                        GridColumn.left("kind"),
                        GridColumn.left("what"),
                        GridColumn.left("rows")),
                anomalies.stream().map(SchemaDisplay::row).toList());
    }

    private static Grid.Row row(Anomaly anomaly) {
        Tone tone = anomaly.severity() == Severity.ERROR ? Tone.BAD : Tone.WARNING;
        return Cells.of(
                Cell.of(anomaly.feature()),
                new Cell(anomaly.severity().name().toLowerCase(Locale.ROOT), tone),
                Cell.of(anomaly.message()),
                Cell.of(rows(anomaly)));
    }

    private static String rows(Anomaly anomaly) {
        String shown = anomaly.rows().stream()
                .limit(ROWS)
                .map(SchemaDisplay::offending)
                .collect(Collectors.joining(", "));
        long more = anomaly.count() - Math.min(ROWS, anomaly.rows().size());
        return more > 0 && !shown.isEmpty() ? shown + " and " + more + " more" : shown;
    }

    private static String offending(OffendingRow row) {
        return row.row() + (row.value().isEmpty() ? "" : " (" + row.value() + ")");
    }

    private static Grid grid(Schema schema) {
        return new Grid(
                List.of(
                        GridColumn.left("feature"),
                        GridColumn.left("type"),
                        GridColumn.left("presence"),
                        GridColumn.left("domain"),
                        GridColumn.left("remark")),
                schema.features().stream().map(SchemaDisplay::row).toList());
    }

    private static Grid.Row row(Feature feature) {
        return Cells.of(
                Cell.of(feature.name()),
                Cell.of(feature.columnType().words()),
                Cell.of(presence(feature)),
                Cell.of(feature.domain().map(SchemaDisplay::domain).orElse("")),
                Cell.quiet(remark(feature)));
    }

    private static String presence(Feature feature) {
        if (feature.presence().isRequired()) {
            return "required";
        }
        double fraction = feature.presence().minFraction();
        return fraction > 0 ? "in at least " + Numbers.rounded(fraction * 100) + " %" : "optional";
    }

    private static String remark(Feature feature) {
        String not = feature.notInEnvironment().isEmpty()
                ? ""
                : "not in " + String.join(", ", new TreeSet<>(feature.notInEnvironment()));
        return (not + " " + feature.annotation()).strip();
    }

    private static String domain(Domain domain) {
        return switch (domain) {
            case Domain.Ints(var min, var max) ->
                range(
                        min.isPresent() ? Long.toString(min.getAsLong()) : "",
                        max.isPresent() ? Long.toString(max.getAsLong()) : "");
            case Domain.Floats(var min, var max) ->
                range(
                        min.isPresent() ? Double.toString(min.getAsDouble()) : "",
                        max.isPresent() ? Double.toString(max.getAsDouble()) : "");
            case Domain.Strings(var values) ->
                values.stream().limit(WORDS).collect(Collectors.joining(", "))
                        + (values.size() > WORDS ? ", … " + values.size() + " in all" : "");
            case Domain.Bool() -> "true, false";
            case Domain.Time(var format) -> format;
        };
    }

    private static String range(String min, String max) {
        if (min.isEmpty()) {
            return max.isEmpty() ? "" : "up to " + max;
        }
        return max.isEmpty() ? "from " + min : min + " to " + max;
    }
}
