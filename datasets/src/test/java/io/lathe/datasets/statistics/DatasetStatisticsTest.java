package io.lathe.datasets.statistics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lathe.datasets.read.CsvOptions;
import io.lathe.datasets.read.CsvTable;
import io.lathe.datasets.store.Content;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DatasetStatisticsTest {
    @Test
    void smallIntegersHaveTheTextbookNumbers() {
        var x = numeric("x\n2\n4\n4\n4\n5\n5\n7\n9\n");
        assertThat(x.mean()).isEqualTo(5.0);
        assertThat(x.stdDev()).hasValueCloseTo(2.138089935299395, within(1e-12));
        assertThat(x.minLong()).hasValue(2);
        assertThat(x.maxLong()).hasValue(9);
        assertThat(x.sumExact()).contains(BigInteger.valueOf(40));
        assertThat(x.quantiles()).isEqualTo(new Quantiles(2, 4, 4.5, 5.5, 9));
        assertThat(x.histogram()).hasSize(8).contains(new Bucket(4, 5, 3), new Bucket(9, 10, 1));
    }

    @Test
    void sixtyFourBitIntegersKeepAllDigits() {
        var column = column("ts\n1234567890123456789\nNA\n1234567890123456791\n");
        assertThat(column.count()).isEqualTo(2);
        assertThat(column.missing()).isEqualTo(1);
        assertThat(column.distinct()).hasValue(2);
        var ts = column.numeric().orElseThrow();
        assertThat(ts.maxLong().getAsLong() - ts.minLong().getAsLong()).isEqualTo(2);
        assertThat(ts.sumExact()).contains(new BigInteger("2469135780246913580"));
    }

    @Test
    void theGreatestIntegersAddUpWithoutOverflow() {
        var max = Long.toString(Long.MAX_VALUE);
        assertThat(numeric("x\n" + (max + "\n").repeat(3)).sumExact())
                .contains(BigInteger.valueOf(Long.MAX_VALUE).multiply(BigInteger.valueOf(3)));
        var min = Long.toString(Long.MIN_VALUE);
        assertThat(numeric("x\n" + (min + "\n").repeat(3)).sumExact())
                .contains(BigInteger.valueOf(Long.MIN_VALUE).multiply(BigInteger.valueOf(3)));
    }

    @Test
    void longTextsAreCountedButNotKept() {
        var longest = "x".repeat(DatasetStatistics.LONGEST_TOP_VALUE);
        var column = column("t\n" + (longest + "y\n").repeat(3) + longest + "z\n" + longest + "\nshort\n");
        assertThat(column.distinct()).hasValue(4);
        var text = column.text().orElseThrow();
        assertThat(text.maxLength()).isEqualTo(DatasetStatistics.LONGEST_TOP_VALUE + 1);
        assertThat(text.top()).extracting(TopValue::value).containsExactly("short", longest);
    }

    @Test
    void oneValueHasNoDeviationAndNoValueHasNoNumbers() {
        var one = numeric("x,y\n5,a\n");
        assertThat(one.stdDev()).isEmpty();
        assertThat(one.histogram()).containsExactly(new Bucket(5, 5, 1));
        var none = column("x,y\n,a\n,b\n");
        assertThat(none.count()).isZero();
        assertThat(none.missing()).isEqualTo(2);
        assertThat(none.distinct()).hasValue(0);
        assertThat(none.numeric()).isEmpty();
        assertThat(none.text()).isEmpty();
        var noRows = profile("x,y\n");
        assertThat(noRows.rows()).isZero();
        assertThat(noRows.columns()).hasSize(2).allMatch(column -> column.count() == 0);
    }

    @Test
    void theVarianceOfLargeOffsetsIsRight() {
        var text = "x\n"
                + IntStream.range(0, 9999).mapToObj(i -> (1e9 + i % 3) + "").collect(Collectors.joining("\n"));
        var x = numeric(text);
        assertThat(x.mean()).isCloseTo(1e9 + 1, within(1e-6));
        assertThat(x.stdDev().getAsDouble() * x.stdDev().getAsDouble()).isCloseTo(2.0 / 3 * 9999 / 9998, within(1e-9));
    }

    @Test
    void textsAreCountedByValueAndLength() {
        var text = column("s\nb\na\nb\nccc\nNA\n").text().orElseThrow();
        assertThat(text.top()).containsExactly(new TopValue("b", 2), new TopValue("a", 1), new TopValue("ccc", 1));
        assertThat(text.minLength()).isEqualTo(1);
        assertThat(text.maxLength()).isEqualTo(3);
        assertThat(text.averageLength()).isEqualTo(1.5);
    }

    @Test
    void datesHaveARange() {
        var times = column("d\n2026-11-25\n1999-01-01\n2030-05-05\n").times();
        assertThat(times).contains(new TimeRange("1999-01-01", "2030-05-05"));
    }

    @Test
    void manyValuesAreEstimatedCloselyAndCountedWholly() {
        var random = new Random(7);
        var numbers = random.doubles(100_000).toArray();
        var text = "x,s\n"
                + IntStream.range(0, numbers.length)
                        .mapToObj(i -> numbers[i] + ",v" + i % 50_000)
                        .collect(Collectors.joining("\n"));
        var statistics = profile(text);
        var x = statistics.columns().getFirst().numeric().orElseThrow();
        assertThat(x.quantiles().median()).isCloseTo(0.5, within(0.02));
        assertThat(x.quantiles().lowerQuartile()).isCloseTo(0.25, within(0.02));
        assertThat(x.histogram().stream().mapToLong(Bucket::count).sum()).isEqualTo(100_000);
        assertThat(x.histogram())
                .allSatisfy(bucket -> assertThat((double) bucket.count()).isCloseTo(10_000, within(2_000.0)));
        assertThat((double) statistics.columns().getFirst().distinct().getAsLong())
                .isCloseTo(100_000, within(4_000.0));
        assertThat((double) statistics.columns().getLast().distinct().getAsLong())
                .isCloseTo(50_000, within(2_000.0));
    }

    @Test
    void manyEqualValuesMakeOneBucket() {
        var x = numeric("x\n" + "3.5\n".repeat(30_000));
        assertThat(x.histogram()).containsExactly(new Bucket(3.5, 3.5, 30_000));
        assertThat(x.stdDev()).hasValue(0);
    }

    @Test
    void distinctCountsAreExactWhileFew() {
        var values = LongStream.range(0, DatasetStatistics.EXACT_DISTINCT)
                .mapToObj(i -> Long.toString(i * 0x1234567L))
                .collect(Collectors.joining("\n"));
        assertThat(column("x\n" + values + "\n" + values).distinct()).hasValue(DatasetStatistics.EXACT_DISTINCT);
    }

    @Test
    void notANumberStaysOutOfNumbersAndOutOfJson() throws IOException {
        var table = CsvTable.open(
                Content.of("x\n1\nNaN\n-Infinity\n3\n".getBytes(UTF_8)),
                CsvOptions.defaults().withMissingTokens(""));
        var statistics = DatasetStatistics.of(table);
        var x = statistics.columns().getFirst().numeric().orElseThrow();
        assertThat(x.notFinite()).isEqualTo(2);
        assertThat(x.mean()).isEqualTo(2);
        var json = StatisticsJson.print(statistics);
        assertThat(json).asString().doesNotContain("NaN", "Infinity");
        assertThat(new ObjectMapper().readTree(json).path("rows").asInt()).isEqualTo(4);
    }

    @Test
    void jsonKeepsEverything() {
        var statistics =
                profile("i,d,s,b,t,n\n9007199254740993,1.5,a,true,2026-11-25,\n,2.5,\"b,\"\"\",false,,\n7,,NA,,,\n");
        assertThat(StatisticsJson.findParsed(StatisticsJson.print(statistics))).contains(statistics);
        assertThat(StatisticsJson.findParsed("{}".getBytes(UTF_8))).isEmpty();
        assertThat(StatisticsJson.findParsed("nonsense".getBytes(UTF_8))).isEmpty();
    }

    private static DatasetStatistics profile(String text) {
        return DatasetStatistics.of(CsvTable.open(Content.of(text.getBytes(UTF_8)), CsvOptions.defaults()));
    }

    private static ColumnStatistics column(String text) {
        return profile(text).columns().getFirst();
    }

    private static NumericStatistics numeric(String text) {
        return column(text).numeric().orElseThrow();
    }
}
