package io.lathe.models.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lathe.datasets.problem.LatheException;
import io.lathe.models.ModelKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {
    @Test
    void knownAnswersGiveKnownMetrics() {
        LabelTally tally = new LabelTally(List.of("a", "b"));
        tally.predicted("a", "a", 0.5);
        tally.predicted("a", "b", 0.25);
        tally.predicted("b", "b", 1.0);
        tally.refused("b");

        ClassificationMetrics metrics = tally.metrics();

        assertThat(metrics.rows()).isEqualTo(4);
        assertThat(metrics.correctRows()).isEqualTo(2);
        assertThat(metrics.refusedRows()).isEqualTo(1);
        assertThat(metrics.accuracy()).isEqualTo(0.5);
        // F1 of a: 2·1/(1+2); of b: 2·1/(2+2).
        assertThat(metrics.macroF1()).isCloseTo((2.0 / 3 + 0.5) / 2, within(1e-12));
        assertThat(metrics.logLoss())
                .isCloseTo(-(Math.log(0.5) + Math.log(0.25) + 0 + Math.log(1e-15)) / 4, within(1e-12));
        assertThat(metrics.recallByLabel()).isEqualTo(Map.of("a", 0.5, "b", 0.5));
        assertThat(metrics.confusion()).isEqualTo(Map.of("a", Map.of("a", 1L, "b", 1L), "b", Map.of("b", 1L)));
    }

    @Test
    void oneConfidentMistakeLeavesTheLogLossFinite() {
        LabelTally tally = new LabelTally(List.of("a", "b"));
        tally.predicted("a", "b", 0.0);

        assertThat(tally.metrics().logLoss()).isCloseTo(-Math.log(1e-15), within(1e-9));
    }

    @Test
    void jsonReadsBackToEqualMetrics() {
        LabelTally tally = new LabelTally(List.of("a", "b"));
        tally.predicted("a", "a", 1.0 / 3);
        tally.predicted("c", "b", 0);
        tally.refused("b");

        ClassificationMetrics metrics = tally.metrics();

        assertThat(Metrics.fromJson(ModelKind.CLASSIFICATION, metrics.toJson())).isEqualTo(metrics);
    }

    @Test
    void withoutRowsTheFractionsAreNullInJsonAndNaNInJava() {
        ClassificationMetrics metrics = new LabelTally(List.of("a")).metrics();

        assertThat(metrics.toJson()).contains("\"accuracy\":null").doesNotContain("NaN");
        assertThat(Metrics.fromJson(ModelKind.CLASSIFICATION, metrics.toJson()))
                .isInstanceOfSatisfying(
                        ClassificationMetrics.class,
                        read -> assertThat(read.accuracy()).isNaN());
    }

    @Test
    void countsThatContradictEachOtherAreRefused() {
        assertThatThrownBy(() ->
                        new ClassificationMetrics(2, 3, 0, 1, 1, 1, Map.of("a", 2L), Map.of(), Map.of(), List.of()))
                .isInstanceOf(LatheException.class);
        assertThatThrownBy(() ->
                        new ClassificationMetrics(2, 1, 0, 1, 1, 1, Map.of("a", 1L), Map.of(), Map.of(), List.of()))
                .isInstanceOf(LatheException.class);
    }
}
