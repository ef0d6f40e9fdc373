package io.lathe.models.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final String DATA = "penguins-test@v1";

    @Test
    void aCandidateAsGoodAsProductionIsPromoted() {
        Verdict verdict = Gate.judge(DATA, metrics(67, 69), production(67, 69));

        assertThat(verdict).isInstanceOf(Verdict.Promoted.class);
        assertThat(verdict.outcome()).isEqualTo("promoted");
    }

    @Test
    void oneRowLessThanProductionIsHeldWithBothNumbers() {
        Verdict verdict = Gate.judge(DATA, metrics(66, 69), production(67, 69));

        assertThat(verdict.outcome()).isEqualTo("held");
        assertThat(verdict.reasons())
                .singleElement()
                .asString()
                .contains("accuracy 95.65 % on 69 rows of penguins-test@v1, production version 3 has 97.10 %");
    }

    @Test
    void millionsOfRowsAreComparedAsCountsAndNotAsRoundedFractions() {
        long rows = 3_000_000_000L;

        assertThat(Gate.judge(DATA, metrics(rows - 2, rows), production(rows - 1, rows))
                        .outcome())
                .isEqualTo("held");
        assertThat(Gate.judge(DATA, metrics(rows - 1, rows), production(rows - 1, rows))
                        .outcome())
                .isEqualTo("promoted");
    }

    @Test
    void theReasonTellsWhichRowsOnlyOneOfThemGotRight() {
        Verdict verdict = Gate.judge(
                DATA,
                metrics(67, 69),
                Optional.of(new Gate.Production(3, metrics(66, 69), Optional.of(new PairedRows(65, 2, 1, 1)))));

        assertThat(verdict.reasons())
                .singleElement()
                .asString()
                .contains("2 rows only this version got right, 1 only production");
    }

    @Test
    void aFirstVersionBetterThanTheMostFrequentLabelIsPromoted() {
        Verdict verdict = Gate.judge(DATA, metrics(67, 69), Optional.empty());

        assertThat(verdict.outcome()).isEqualTo("promoted");
        assertThat(verdict.reasons())
                .singleElement()
                .asString()
                .contains("accuracy 97.10 % on 69 rows of penguins-test@v1, always answering 'b' has 50.72 %");
    }

    @Test
    void aFirstVersionNoBetterThanTheMostFrequentLabelIsHeld() {
        Verdict verdict = Gate.judge(DATA, metrics(35, 69), Optional.empty());

        assertThat(verdict.outcome()).isEqualTo("held");
        assertThat(verdict.reasons()).singleElement().asString().contains("no better than no model");
    }

    @Test
    void withoutEvaluatedRowsTheCandidateIsRejected() {
        Verdict verdict = Gate.judge(DATA, new LabelTally(List.of("a")).metrics(), production(1, 2));

        assertThat(verdict.outcome()).isEqualTo("rejected");
        assertThat(verdict.reasons()).singleElement().asString().contains("No row of penguins-test@v1");
    }

    @Test
    void metricsThatAreNotNumbersAreRejected() {
        ClassificationMetrics sound = metrics(67, 69);
        ClassificationMetrics broken = new ClassificationMetrics(
                sound.rows(),
                sound.correctRows(),
                0,
                sound.accuracy(),
                sound.macroF1(),
                Double.NaN,
                sound.rowsByLabel(),
                Map.of(),
                Map.of(),
                List.of());

        assertThat(Gate.judge(DATA, broken, production(1, 69)).outcome()).isEqualTo("rejected");
    }

    @Test
    void aLabelTheModelCannotAnswerIsRejectedByName() {
        LabelTally tally = new LabelTally(List.of("a"));
        tally.predicted("a", "a", 0.9);
        tally.predicted("walrus", "a", 0);

        Verdict verdict = Gate.judge(DATA, tally.metrics(), Optional.empty());

        assertThat(verdict.outcome()).isEqualTo("rejected");
        assertThat(verdict.reasons()).singleElement().asString().contains("'walrus'");
    }

    @Test
    void ofManyUnknownLabelsTheFirstTenAreNamed() {
        LabelTally tally = new LabelTally(List.of("a"));
        for (int id = 1_000; id < 2_000; id++) {
            tally.predicted("id-" + id, "a", 0);
        }

        assertThat(Gate.judge(DATA, tally.metrics(), Optional.empty()).reasons())
                .singleElement()
                .asString()
                .contains("'id-1000'")
                .contains("'id-1009' and 990 more")
                .doesNotContain("id-1010");
    }

    @Test
    void metricsOfOtherRowsCannotBeCompared() {
        assertThat(Gate.judge(DATA, metrics(67, 69), production(67, 70)).outcome())
                .isEqualTo("rejected");
    }

    @Test
    void refusedRowsAreNamedInTheReason() {
        LabelTally tally = new LabelTally(List.of("a", "b"));
        tally.predicted("a", "a", 0.9);
        tally.predicted("b", "b", 0.9);
        tally.refused("b");

        assertThat(Gate.judge(DATA, tally.metrics(), Optional.empty()).reasons())
                .singleElement()
                .asString()
                .contains("3 rows of penguins-test@v1 (1 of them refused");
    }

    private static Optional<Gate.Production> production(long correct, long rows) {
        return Optional.of(new Gate.Production(3, metrics(correct, rows), Optional.empty()));
    }

    private static ClassificationMetrics metrics(long correct, long rows) {
        long a = rows / 2;
        return new ClassificationMetrics(
                rows,
                correct,
                0,
                (double) correct / rows,
                0.5,
                0.5,
                Map.of("a", a, "b", rows - a),
                Map.of(),
                Map.of(),
                List.of());
    }

    @Test
    void withoutProductionsNumbersAPersonDecides() {
        Verdict verdict = Gate.withoutComparison("penguins-test@v2", 3, "Column island is missing.");

        assertThat(verdict).isInstanceOf(Verdict.Held.class);
        assertThat(verdict.reasons())
                .singleElement()
                .asString()
                .contains("version 3", "penguins-test@v2", "island", "alias");
    }
}
