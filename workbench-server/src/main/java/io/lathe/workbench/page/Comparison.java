package io.lathe.workbench.page;

import io.lathe.datasets.statistics.Bucket;
import io.lathe.datasets.statistics.ColumnStatistics;
import io.lathe.datasets.statistics.DatasetStatistics;
import io.lathe.datasets.statistics.NumericStatistics;
import io.lathe.datasets.statistics.TextStatistics;
import io.lathe.datasets.statistics.TimeRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Two versions' statistics column by column. */
final class Comparison {
    private static final int MOST_PAIRS = 8;
    private static final int MOST_NAMES = 50;
    private static final int LONGEST_VALUE = 60;

    /** One column in the versions that have it. */
    record Both(String name, Optional<ColumnStatistics> left, Optional<ColumnStatistics> right) {
        String change() {
            if (left.isEmpty()) {
                return "added";
            }
            if (right.isEmpty()) {
                return "removed";
            }
            return left.get().type() == right.get().type() ? "same" : "type";
        }
    }

    private Comparison() {}

    /** The columns of either version, in the order of the newer one. */
    static List<Both> columns(DatasetStatistics left, DatasetStatistics right) {
        Set<String> names = new LinkedHashSet<>();
        right.columns().forEach(column -> names.add(column.name()));
        left.columns().forEach(column -> names.add(column.name()));
        Map<String, ColumnStatistics> before = left.byName();
        Map<String, ColumnStatistics> after = right.byName();
        return names.stream()
                .map(name ->
                        new Both(name, Optional.ofNullable(before.get(name)), Optional.ofNullable(after.get(name))))
                .toList();
    }

    /** What changed of the table as a whole. */
    static List<String> summary(DatasetStatistics left, DatasetStatistics right, List<Both> columns) {
        List<String> sentences = new ArrayList<>();
        long more = right.rows() - left.rows();
        sentences.add(Figures.count(left.rows(), "row") + " then, " + Figures.count(right.rows()) + " now ("
                + (more == 0 ? "as many" : signed(more)) + ").");
        for (String change : List.of("added", "removed", "type")) {
            List<String> names = columns.stream()
                    .filter(column -> column.change().equals(change))
                    .map(Both::name)
                    .toList();
            if (!names.isEmpty()) {
                sentences.add((change.equals("type")
                                ? "Of another type: "
                                : change.equals("added") ? "New columns: " : "Columns that are gone: ")
                        + names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                        + (names.size() > MOST_NAMES
                                ? " and " + Figures.count(names.size() - MOST_NAMES) + " more"
                                : "")
                        + ".");
            }
        }
        if (sentences.size() == 1) {
            sentences.add("The same columns with the same types.");
        }
        return sentences;
    }

    static ComparePage.Column column(Both column, DatasetStatistics left, DatasetStatistics right) {
        boolean comparable = column.change().equals("same");
        return new ComparePage.Column(
                column.name(),
                column.change(),
                type(column),
                rows(column, left.rows(), right.rows()),
                comparable ? outlines(column).stream().toList() : List.of(),
                comparable
                                && Stream.of(column.left(), column.right())
                                        .flatMap(Optional::stream)
                                        .allMatch(Plots::hasTop)
                        ? pairs(column)
                        : List.of());
    }

    private static String type(Both column) {
        String left = column.left().map(each -> each.type().words()).orElse("");
        String right = column.right().map(each -> each.type().words()).orElse("");
        return left.isEmpty() || right.isEmpty() || left.equals(right)
                ? left.isEmpty() ? right : left
                : left + " → " + right;
    }

    private static List<ComparePage.Row> rows(Both column, long leftRows, long rightRows) {
        List<ComparePage.Row> rows = new ArrayList<>();
        rows.add(row(
                "Values",
                column.left().map(each -> Figures.count(each.count())),
                column.right().map(each -> Figures.count(each.count())),
                difference(
                        column.left().map(each -> (double) each.count()),
                        column.right().map(each -> (double) each.count()))));
        rows.add(row(
                "Missing",
                column.left().map(each -> Figures.percent(each.missing(), leftRows)),
                column.right().map(each -> Figures.percent(each.missing(), rightRows)),
                ""));
        rows.add(row(
                "Distinct",
                column.left().map(StatisticsView::distinct),
                column.right().map(StatisticsView::distinct),
                ""));
        Optional<TimeRange> leftTimes = column.left().flatMap(ColumnStatistics::times);
        Optional<TimeRange> rightTimes = column.right().flatMap(ColumnStatistics::times);
        if (leftTimes.isPresent() || rightTimes.isPresent()) {
            rows.add(row("Earliest", leftTimes.map(TimeRange::earliest), rightTimes.map(TimeRange::earliest), ""));
            rows.add(row("Latest", leftTimes.map(TimeRange::latest), rightTimes.map(TimeRange::latest), ""));
        }
        Optional<NumericStatistics> left = column.left().flatMap(ColumnStatistics::numeric);
        Optional<NumericStatistics> right = column.right().flatMap(ColumnStatistics::numeric);
        if (left.isPresent() || right.isPresent()) {
            rows.add(row(
                    "Mean",
                    left.map(each -> Figures.number(each.mean())),
                    right.map(each -> Figures.number(each.mean())),
                    difference(left.map(NumericStatistics::mean), right.map(NumericStatistics::mean))));
            rows.add(
                    row("Standard deviation", left.map(ColumnFacts::deviation), right.map(ColumnFacts::deviation), ""));
            rows.add(row("Smallest", left.map(ColumnFacts::smallest), right.map(ColumnFacts::smallest), ""));
            rows.add(row(
                    "Median",
                    left.map(each -> Figures.number(each.quantiles().median())),
                    right.map(each -> Figures.number(each.quantiles().median())),
                    difference(
                            left.map(each -> each.quantiles().median()),
                            right.map(each -> each.quantiles().median()))));
            rows.add(row("Largest", left.map(ColumnFacts::largest), right.map(ColumnFacts::largest), ""));
        }
        return rows;
    }

    private static ComparePage.Row row(String name, Optional<String> left, Optional<String> right, String difference) {
        return new ComparePage.Row(name, left.orElse("–"), right.orElse("–"), difference);
    }

    private static String difference(Optional<Double> left, Optional<Double> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return "";
        }
        return Figures.difference(right.get() - left.get());
    }

    private static String signed(long difference) {
        return (difference > 0 ? "+" : "−") + Figures.count(Math.abs(difference));
    }

    /** Shares of values for each unit of the axis: so versions of other sizes and other buckets can be laid over each other. */
    private static Optional<ComparePage.Outlines> outlines(Both column) {
        Optional<NumericStatistics> left = column.left().flatMap(ColumnStatistics::numeric);
        Optional<NumericStatistics> right = column.right().flatMap(ColumnStatistics::numeric);
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        double low = Math.min(left.get().min(), right.get().min());
        double high = Math.max(left.get().max(), right.get().max());
        List<Outline.Step> leftSteps = Outline.steps(left.get().histogram(), low, high);
        List<Outline.Step> rightSteps = Outline.steps(right.get().histogram(), low, high);
        double highest = Math.max(Outline.highest(leftSteps), Outline.highest(rightSteps));
        String words = "Shares of the values of " + column.name() + " from " + Figures.number(low) + " to "
                + Figures.number(high) + ". Before: mean "
                + Figures.number(left.get().mean()) + ", median "
                + Figures.number(left.get().quantiles().median()) + ". After: mean "
                + Figures.number(right.get().mean()) + ", median "
                + Figures.number(right.get().quantiles().median()) + ".";
        return Optional.of(new ComparePage.Outlines(
                words,
                Figures.number(low),
                Figures.number(high),
                Outline.path(leftSteps, highest),
                Outline.path(rightSteps, highest),
                table(left.get().histogram()),
                table(right.get().histogram())));
    }

    private static List<ComparePage.Bucket> table(List<Bucket> buckets) {
        long all = buckets.stream().mapToLong(Bucket::count).sum();
        List<String> ranges = Plots.ranges(buckets);
        List<ComparePage.Bucket> rows = new ArrayList<>();
        for (int i = 0; i < buckets.size(); i++) {
            long count = buckets.get(i).count();
            rows.add(new ComparePage.Bucket(ranges.get(i), Figures.count(count), Figures.percent(count, all)));
        }
        return rows;
    }

    /** The most frequent values of either version, those of the newer one first. */
    private static List<ComparePage.Pair> pairs(Both column) {
        Map<String, Long> left = counts(column.left());
        Map<String, Long> right = counts(column.right());
        Set<String> values = new LinkedHashSet<>();
        right.keySet().stream().limit(MOST_PAIRS).forEach(values::add);
        left.keySet().stream().limit(MOST_PAIRS).forEach(values::add);
        long leftAll = column.left().map(ColumnStatistics::count).orElse(0L);
        long rightAll = column.right().map(ColumnStatistics::count).orElse(0L);
        double highest = Math.max(
                share(left.values().stream().findFirst(), leftAll),
                share(right.values().stream().findFirst(), rightAll));
        return values.stream()
                .map(value -> new ComparePage.Pair(
                        value.isBlank() ? "(blank)" : Figures.shortened(value, LONGEST_VALUE),
                        words(left.get(value), leftAll, left.size()),
                        words(right.get(value), rightAll, right.size()),
                        width(left.get(value), leftAll, highest),
                        width(right.get(value), rightAll, highest)))
                .toList();
    }

    private static Map<String, Long> counts(Optional<ColumnStatistics> column) {
        Map<String, Long> counts = new LinkedHashMap<>();
        column.flatMap(ColumnStatistics::text).map(TextStatistics::top).orElse(List.of()).stream()
                .forEach(value -> counts.put(value.value(), value.count()));
        return counts;
    }

    /** A value that is not among the top ones is known to be absent only when all values are. */
    private static String words(@org.jspecify.annotations.Nullable Long count, long all, int known) {
        if (count == null) {
            return known < DatasetStatistics.TOP_VALUES ? "none" : "not among the top " + known;
        }
        return Figures.count(count) + " (" + Figures.percent(count, all) + ")";
    }

    private static double share(Optional<Long> count, long all) {
        return all == 0 ? 0 : (double) count.orElse(0L) / all;
    }

    private static String width(@org.jspecify.annotations.Nullable Long count, long all, double highest) {
        return Figures.place(count == null || highest == 0 ? 0 : 100 * share(Optional.of(count), all) / highest);
    }
}
