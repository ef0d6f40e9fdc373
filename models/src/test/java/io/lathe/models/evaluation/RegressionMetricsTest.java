package io.lathe.models.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lathe.datasets.problem.LatheException;
import io.lathe.models.ModelKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegressionMetricsTest {
    /** True 1, 2, 4, 9 with errors 1, -1, 0, 2. */
    private static NumberTally four() {
        NumberTally tally = new NumberTally();
        tally.predicted(1, 2);
        tally.predicted(2, 1);
        tally.predicted(4, 4);
        tally.predicted(9, 11);
        return tally;
    }

    @Test
    void knownAnswersGiveKnownMetrics() {
        RegressionMetrics metrics = four().metrics();

        assertThat(metrics.rmse()).isEqualTo(Math.sqrt(6.0 / 4), within(1e-15));
        assertThat(metrics.mae()).isEqualTo(1);
        assertThat(metrics.meanError()).isEqualTo(0.5);
        // The true mean is 4, the squared distances from it are 9 + 4 + 0 + 25.
        assertThat(metrics.r2()).isEqualTo(1 - 6.0 / 38, within(1e-15));
        assertThat(metrics.baselineRmse()).isEqualTo(Math.sqrt(38.0 / 4), within(1e-15));
        assertThat(metrics.errorQuantile("0")).hasValue(-1);
        assertThat(metrics.errorQuantile("0.25")).hasValue(-0.25);
        assertThat(metrics.errorQuantile("0.5")).hasValue(0.5);
        assertThat(metrics.errorQuantile("0.75")).hasValue(1.25);
        assertThat(metrics.errorQuantile("1")).hasValue(2);
    }

    @Test
    void refusedRowsAreCountedAndHaveNoError() {
        NumberTally tally = four();
        tally.refused(1e6);

        RegressionMetrics metrics = tally.metrics();

        assertThat(metrics.rows()).isEqualTo(5);
        assertThat(metrics.refusedRows()).isEqualTo(1);
        assertThat(metrics.rmse()).isEqualTo(four().metrics().rmse());
        assertThat(metrics.baselineRmse()).isEqualTo(four().metrics().baselineRmse());
        assertThat(tally.errors()).containsExactly(1, -1, 0, 2, Double.NaN);
    }

    @Test
    void withoutRowsEveryNumberIsNullInJsonAndNaNInJava() {
        RegressionMetrics metrics = new NumberTally().metrics();

        assertThat(metrics.toJson())
                .isEqualTo(
                        "{\"baselineRmse\":null,\"errorQuantiles\":{},\"mae\":null,\"meanError\":null,\"r2\":null,\"refusedRows\":0,\"rmse\":null,\"rows\":0}");
        assertThat(Metrics.fromJson(ModelKind.REGRESSION, metrics.toJson())).isEqualTo(metrics);
    }

    @Test
    void oneRowHasAnErrorButNoR2() {
        NumberTally tally = new NumberTally();
        tally.predicted(10, 12);

        RegressionMetrics metrics = tally.metrics();

        assertThat(metrics.rmse()).isEqualTo(2);
        assertThat(metrics.mae()).isEqualTo(2);
        assertThat(metrics.meanError()).isEqualTo(2);
        assertThat(metrics.r2()).isNaN();
        assertThat(metrics.baselineRmse()).isZero();
        assertThat(metrics.errorQuantiles()).containsOnly(2.0).hasSize(7);
        assertThat(metrics.toJson()).contains("\"r2\":null");
    }

    @Test
    void equalTrueNumbersHaveNoR2EvenWhereTheirMeanRounds() {
        NumberTally tally = new NumberTally();
        for (int i = 0; i < 10; i++) {
            tally.predicted(0.1, 0.2);
        }

        assertThat(tally.metrics().r2()).isNaN();
        assertThat(tally.metrics().baselineRmse()).isZero();
    }

    @Test
    void jsonReadsBackToEqualMetrics() {
        RegressionMetrics metrics = four().metrics();

        assertThat(Metrics.fromJson(ModelKind.REGRESSION, metrics.toJson())).isEqualTo(metrics);
    }

    @Test
    void metricsThatContradictThemselvesAreRefused() {
        assertThatThrownBy(() -> new RegressionMetrics(1, 2, 0, 0, 0, 0, 0, List.of()))
                .isInstanceOf(LatheException.class);
        assertThatThrownBy(() -> new RegressionMetrics(1, 0, 0, 0, 0, 0, 0, List.of()))
                .isInstanceOf(LatheException.class);
        assertThatThrownBy(() -> four().metrics().errorQuantile("0.51"))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("0.75");
    }

    @Test
    void manyRowsAreAllKept() {
        NumberTally tally = new NumberTally();
        for (int i = 0; i < 1_000; i++) {
            tally.predicted(i, i + 1);
        }

        assertThat(tally.metrics().rows()).isEqualTo(1_000);
        assertThat(tally.metrics().meanError()).isEqualTo(1);
    }
}
