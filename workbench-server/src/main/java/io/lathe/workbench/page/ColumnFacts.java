package io.lathe.workbench.page;

import io.lathe.datasets.statistics.ColumnStatistics;
import io.lathe.datasets.statistics.DatasetStatistics;
import io.lathe.datasets.statistics.NumericStatistics;
import java.util.ArrayList;
import java.util.List;

/** The figures of one column; what cannot be known of so few values is {@code –}. */
final class ColumnFacts {
    private ColumnFacts() {}

    static List<StatisticsPanel.Fact> of(ColumnStatistics column) {
        List<StatisticsPanel.Fact> facts = new ArrayList<>();
        facts.add(fact("Distinct", StatisticsView.distinct(column)));
        column.numeric().ifPresent(numeric -> facts.addAll(numeric(column, numeric)));
        column.times().ifPresent(times -> {
            facts.add(fact("Earliest", times.earliest()));
            facts.add(fact("Latest", times.latest()));
        });
        column.text().filter(_ -> column.times().isEmpty()).ifPresent(text -> {
            facts.add(fact("Shortest", Figures.count(text.minLength(), "character")));
            facts.add(fact("Longest", Figures.count(text.maxLength(), "character")));
        });
        return facts;
    }

    private static List<StatisticsPanel.Fact> numeric(ColumnStatistics column, NumericStatistics numeric) {
        String about = isSketched(column) ? "about " : "";
        List<StatisticsPanel.Fact> facts = new ArrayList<>(List.of(
                fact("Mean", Figures.number(numeric.mean())),
                fact("Standard deviation", deviation(numeric)),
                fact("Smallest", smallest(numeric)),
                fact(
                        "Lower quartile",
                        about + Figures.number(numeric.quantiles().lowerQuartile())),
                fact("Median", about + Figures.number(numeric.quantiles().median())),
                fact(
                        "Upper quartile",
                        about + Figures.number(numeric.quantiles().upperQuartile())),
                fact("Largest", largest(numeric)),
                fact("Zeros", Figures.count(numeric.zeros()))));
        if (numeric.notFinite() > 0) {
            facts.add(fact("NaN or infinite", Figures.count(numeric.notFinite())));
        }
        return facts;
    }

    /** Whether quantiles and histogram are estimates. */
    static boolean isSketched(ColumnStatistics column) {
        return column.numeric()
                .filter(numeric -> column.count() - numeric.notFinite() > DatasetStatistics.EXACT_QUANTILE_VALUES)
                .isPresent();
    }

    static String deviation(NumericStatistics numeric) {
        return numeric.stdDev().isPresent() ? Figures.number(numeric.stdDev().getAsDouble()) : "–";
    }

    static String smallest(NumericStatistics numeric) {
        return numeric.minLong().isPresent()
                ? Figures.whole(numeric.minLong().getAsLong())
                : Figures.number(numeric.min());
    }

    static String largest(NumericStatistics numeric) {
        return numeric.maxLong().isPresent()
                ? Figures.whole(numeric.maxLong().getAsLong())
                : Figures.number(numeric.max());
    }

    private static StatisticsPanel.Fact fact(String name, String figure) {
        return new StatisticsPanel.Fact(name, figure);
    }
}
