package io.lathe.workbench.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.lathe.datasets.read.ColumnType;
import io.lathe.datasets.read.ReadReport;
import io.lathe.datasets.statistics.ColumnStatistics;
import io.lathe.datasets.statistics.DatasetStatistics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ComparisonTest {
    private static final int MANY = 200_000;

    private static DatasetStatistics wide(String prefix) {
        List<ColumnStatistics> columns = IntStream.range(0, MANY)
                .mapToObj(i -> new ColumnStatistics(
                        prefix + i,
                        ColumnType.LONG,
                        1,
                        0,
                        OptionalLong.of(1),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .toList();
        return new DatasetStatistics(1, 1, columns, new ReadReport(List.of(), List.of()));
    }

    /** Looking for each column among all takes minutes here. */
    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void versionsOfVeryManyColumnsAreCompared() {
        DatasetStatistics wide = wide("column");

        List<Comparison.Both> columns = Comparison.columns(wide, wide);

        assertThat(columns).hasSize(MANY).allMatch(column -> column.change().equals("same"));
        assertThat(Comparison.summary(wide, wide, columns)).contains("The same columns with the same types.");
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void summaryNamesTheFirstOfVeryManyColumnsAndCountsTheOthers() {
        DatasetStatistics left = wide("old");
        DatasetStatistics right = wide("new");

        List<String> summary = Comparison.summary(left, right, Comparison.columns(left, right));

        assertThat(summary.get(1))
                .startsWith("New columns: new0, new1, ")
                .contains("new49 and " + Figures.count(MANY - 50) + " more")
                .doesNotContain("new50");
    }
}
