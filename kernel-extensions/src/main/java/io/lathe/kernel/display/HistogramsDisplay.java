package io.lathe.kernel.display;

import io.lathe.datasets.read.ColumnType;
import io.lathe.datasets.statistics.Bucket;
import io.lathe.datasets.statistics.ColumnStatistics;
import io.lathe.datasets.statistics.TopValue;
import io.lathe.kernel.data.Histograms;
import io.lathe.kernel.plot.PlotlyJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All columns of a version as small bar charts in one figure, made from its statistics: no rows go into the notebook. */
final class HistogramsDisplay {

    private static final int ACROSS = 3;
    private static final int PANEL_PIXELS = 210;
    private static final int MOST_PANELS = 24;
    private static final int MOST_WORDS = 10;
    private static final String BAR = "#5b7fb5";
    private static final String LEVELS = "▁▂▃▄▅▆▇█";

    private HistogramsDisplay() {}

    /** Plotly's figure; each panel has axes of its own. */
    static PlotlyJson plot(Histograms histograms) {
        var data = new ArrayList<Map<String, @Nullable Object>>();
        var layout = new LinkedHashMap<String, @Nullable Object>();
        List<ColumnStatistics> columns = shown(histograms);
        for (int i = 0; i < columns.size(); i++) {
            String suffix = i == 0 ? "" : Integer.toString(i + 1);
            ColumnStatistics column = columns.get(i);
            var trace = bars(column);
            trace.put("type", "bar");
            trace.put("name", column.name());
            trace.put("marker", Map.of("color", BAR));
            trace.put("hoverinfo", "text");
            trace.put("xaxis", "x" + suffix);
            trace.put("yaxis", "y" + suffix);
            data.add(trace);
            layout.put("xaxis" + suffix, Map.of("title", title(column), "automargin", true));
            layout.put("yaxis" + suffix, Map.of("rangemode", "tozero", "automargin", true));
        }
        int rows = Math.max(1, Math.ceilDiv(columns.size(), ACROSS));
        layout.put(
                "grid", Map.of("rows", rows, "columns", ACROSS, "pattern", "independent", "ygap", 0.45, "xgap", 0.12));
        layout.put("title", Map.of("text", histograms.title()));
        layout.put("autosize", true);
        layout.put("showlegend", false);
        layout.put("bargap", 0.04);
        layout.put("height", rows * PANEL_PIXELS + 90);
        layout.put("margin", Map.of("t", 50, "l", 40, "r", 20, "b", 60));
        return new PlotlyJson(data, layout, List.of());
    }

    /** A line of block characters for each column. */
    static String text(Histograms histograms) {
        List<ColumnStatistics> columns = shown(histograms);
        int width = columns.stream()
                .mapToInt(column -> column.name().length())
                .max()
                .orElse(0);
        var lines = new ArrayList<String>();
        lines.add(histograms.title());
        for (ColumnStatistics column : columns) {
            lines.add(column.name() + " ".repeat(width - column.name().length()) + "  " + sparkline(column));
        }
        return String.join("\n", lines);
    }

    private static List<ColumnStatistics> shown(Histograms histograms) {
        return histograms.statistics().columns().stream()
                .filter(column -> column.numeric().isPresent() || column.text().isPresent())
                .limit(MOST_PANELS)
                .toList();
    }

    private static Map<String, @Nullable Object> bars(ColumnStatistics column) {
        var x = new ArrayList<@Nullable Object>();
        var y = new ArrayList<@Nullable Object>();
        var width = new ArrayList<@Nullable Object>();
        var hover = new ArrayList<@Nullable Object>();
        for (Bucket bucket : buckets(column)) {
            boolean oneInteger = column.type() == ColumnType.LONG && bucket.high() - bucket.low() == 1;
            x.add(oneInteger ? bucket.low() : bucket.low() + (bucket.high() - bucket.low()) / 2);
            y.add(bucket.count());
            width.add(bucket.high() - bucket.low());
            hover.add(Numbers.rounded(bucket.low()) + (oneInteger ? "" : " to " + Numbers.rounded(bucket.high())) + ": "
                    + bucket.count());
        }
        for (TopValue top : words(column)) {
            x.add(top.value());
            y.add(top.count());
            hover.add(top.value() + ": " + top.count());
        }
        var trace = new LinkedHashMap<String, @Nullable Object>();
        trace.put("x", x);
        trace.put("y", y);
        trace.put("hovertext", hover);
        // A single value has a bucket without width; Plotly then chooses one.
        if (!width.isEmpty() && width.stream().allMatch(w -> w instanceof Double d && d > 0)) {
            trace.put("width", width);
        }
        return trace;
    }

    /** The name, and below it the exact range: an axis cannot show more than 53 bits of an integer. */
    private static Map<String, Object> title(ColumnStatistics column) {
        String range = column.numeric().isPresent()
                ? "<br><span style=\"font-size:10px\">" + StatisticsDisplay.min(column) + " to "
                        + StatisticsDisplay.max(column) + "</span>"
                : "";
        return Map.of("text", escaped(column.name()) + range, "font", Map.of("size", 12), "standoff", 8);
    }

    private static List<Bucket> buckets(ColumnStatistics column) {
        return column.numeric().map(numeric -> numeric.histogram()).orElse(List.of());
    }

    private static List<TopValue> words(ColumnStatistics column) {
        return column.numeric().isPresent()
                ? List.of()
                : column.text()
                        .map(text -> text.top().stream().limit(MOST_WORDS).toList())
                        .orElse(List.of());
    }

    private static String sparkline(ColumnStatistics column) {
        if (column.numeric().isEmpty()) {
            return String.join(
                    ", ",
                    words(column).stream()
                            .map(top -> top.value() + " " + top.count())
                            .toList());
        }
        long most = buckets(column).stream().mapToLong(Bucket::count).max().orElse(1);
        var line = new StringBuilder();
        for (Bucket bucket : buckets(column)) {
            long level = bucket.count() == 0 ? 0 : Math.ceilDiv(bucket.count() * (LEVELS.length() - 1), most);
            line.append(LEVELS.charAt((int) level));
        }
        return StatisticsDisplay.min(column) + " " + line + " " + StatisticsDisplay.max(column);
    }

    /** Plotly reads a little HTML in titles. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
