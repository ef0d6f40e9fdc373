package io.lathe.workbench.page;

import io.lathe.datasets.statistics.Bucket;
import io.lathe.datasets.statistics.ColumnStatistics;
import io.lathe.datasets.statistics.DatasetStatistics;
import io.lathe.datasets.statistics.NumericStatistics;
import io.lathe.datasets.statistics.TextStatistics;
import io.lathe.datasets.statistics.TopValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where bars go in a drawing of 100 by 100, and the same in words. */
final class Plots {
    private static final int MOST_TOP = 8;
    private static final int LONGEST_VALUE = 60;
    private static final double GAP = 0.6;

    private Plots() {}

    static StatisticsPanel.Histogram histogram(String column, long values, NumericStatistics numeric) {
        List<Bucket> buckets = numeric.histogram();
        long highest =
                Math.max(1, buckets.stream().mapToLong(Bucket::count).max().orElse(1));
        boolean estimated = values > DatasetStatistics.EXACT_QUANTILE_VALUES;
        boolean integers = isOfIntegers(buckets);
        List<StatisticsPanel.Bar> bars = new ArrayList<>();
        double width = 100.0 / buckets.size();
        for (int i = 0; i < buckets.size(); i++) {
            Bucket bucket = buckets.get(i);
            double height = 100.0 * bucket.count() / highest;
            bars.add(new StatisticsPanel.Bar(
                    Figures.place(i * width + GAP),
                    Figures.place(100 - height),
                    Figures.place(Math.max(0.5, width - 2 * GAP)),
                    Figures.place(height),
                    range(bucket, i == buckets.size() - 1, integers),
                    Figures.count(bucket.count()),
                    Figures.percent(bucket.count(), values)));
        }
        Bucket fullest =
                buckets.stream().max(Comparator.comparingLong(Bucket::count)).orElseThrow();
        String words = "Histogram of " + column + ": " + Figures.count(values, "value") + " from "
                + ColumnFacts.smallest(numeric) + " to " + ColumnFacts.largest(numeric) + ", most of them ("
                + Figures.count(fullest.count()) + ") in "
                + range(fullest, fullest.equals(buckets.getLast()), integers) + ".";
        return new StatisticsPanel.Histogram(
                words,
                ColumnFacts.smallest(numeric),
                ColumnFacts.largest(numeric),
                Figures.count(highest),
                estimated ? "Counts of bars are estimates within about 1.3 % of the values." : "",
                bars);
    }

    /** One bucket for each integer, as the profiler makes them where they are few. */
    private static boolean isOfIntegers(List<Bucket> buckets) {
        return buckets.size() > 1
                && buckets.stream()
                        .allMatch(
                                bucket -> bucket.high() - bucket.low() == 1 && bucket.low() == Math.rint(bucket.low()));
    }

    static String range(Bucket bucket, boolean last, boolean integers) {
        if (bucket.low() == bucket.high() || integers) {
            return Figures.number(bucket.low());
        }
        return Figures.number(bucket.low()) + " to " + (last ? "" : "below ") + Figures.number(bucket.high());
    }

    static List<String> ranges(List<Bucket> buckets) {
        boolean integers = isOfIntegers(buckets);
        List<String> ranges = new ArrayList<>();
        for (int i = 0; i < buckets.size(); i++) {
            ranges.add(range(buckets.get(i), i == buckets.size() - 1, integers));
        }
        return ranges;
    }

    /** Dates that hardly repeat have no frequent values worth a look. */
    static boolean hasTop(ColumnStatistics column) {
        return column.times().isEmpty() || column.distinct().orElse(0) <= 2 * MOST_TOP;
    }

    static List<StatisticsPanel.Top> top(TextStatistics text, long values) {
        long highest =
                text.top().isEmpty() ? 1 : Math.max(1, text.top().getFirst().count());
        return text.top().stream()
                .limit(MOST_TOP)
                .map(value -> new StatisticsPanel.Top(
                        value.value().isBlank() ? "(blank)" : Figures.shortened(value.value(), LONGEST_VALUE),
                        Figures.count(value.count()),
                        Figures.percent(value.count(), values),
                        Figures.place(100.0 * value.count() / highest)))
                .toList();
    }

    static String topNote(TextStatistics text, ColumnStatistics column) {
        long shown =
                text.top().stream().limit(MOST_TOP).mapToLong(TopValue::count).sum();
        long rest = column.count() - shown;
        if (StatisticsView.isEstimated(column)) {
            return "Of the first " + Figures.count(DatasetStatistics.EXACT_DISTINCT)
                    + " different values; others are not counted one by one.";
        }
        long others =
                column.distinct().orElse(0) - Math.min(MOST_TOP, text.top().size());
        return rest <= 0 || others <= 0
                ? ""
                : Figures.count(others, "other value") + ": " + Figures.count(rest) + " ("
                        + Figures.percent(rest, column.count()) + ")";
    }
}
