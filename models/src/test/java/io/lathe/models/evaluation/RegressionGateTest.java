package io.lathe.models.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegressionGateTest {
    private static final String DATA = "penguins-test@v1";

    @Test
    void aCandidateAsGoodAsProductionIsPromotedNamingTheNumberThatDecided() {
        Verdict verdict = judge(new double[] {1, -1, 1, -1}, new double[] {-1, 1, -1, 1});

        assertThat(verdict.outcome()).isEqualTo("promoted");
        assertThat(verdict.reasons())
                .singleElement()
                .asString()
                .startsWith("Not worse than production: RMSE 1 on the 4 rows of penguins-test@v1 that both predict, "
                        + "production version 3 has 1; this version is closer on 0 of the 4 rows");
    }

    @Test
    void aWorseErrorIsHeldEvenWhereMostRowsAreCloser() {
        Verdict verdict = judge(new double[] {0, 0, 0, 10}, new double[] {1, 1, 1, 1});

        assertThat(verdict.outcome()).isEqualTo("held");
        assertThat(verdict.reasons())
                .singleElement()
                .asString()
                .contains("RMSE 5 ", "version 3 has 1;", "closer on 3 of the 4 rows both predict, production on 1");
    }

    @Test
    void refusingARowThatProductionAnswersIsHeldHoweverGoodTheOthersAre() {
        Verdict verdict = judge(new double[] {0, 0, 0, Double.NaN}, new double[] {1, 1, 1, 9});

        assertThat(verdict.outcome()).isEqualTo("held");
        assertThat(verdict.reasons()).singleElement().asString().startsWith("This version refuses 1 rows");
    }

    @Test
    void aRowThatOnlyTheCandidateAnswersDoesNotCountAgainstIt() {
        assertThat(judge(new double[] {1, 1, 50}, new double[] {1, 1, Double.NaN})
                        .outcome())
                .isEqualTo("promoted");
    }

    @Test
    void withoutARowBothAnswerNobodyKnowsSoAPersonDecides() {
        double no = Double.NaN;

        Verdict verdict = judge(new double[] {no, 1}, new double[] {1, no});

        assertThat(verdict.outcome()).isEqualTo("held");
        assertThat(verdict.reasons()).singleElement().asString().contains("nothing shows that this version");
    }

    @Test
    void aFirstVersionMustBeatTheMean() {
        assertThat(first(new double[] {1, 2, 3}, new double[] {1, 2, 4}).outcome())
                .isEqualTo("promoted");
        assertThat(first(new double[] {1, 2, 3}, new double[] {2, 2, 2}).outcome())
                .isEqualTo("held");
        assertThat(first(new double[] {1, 2, 3}, new double[] {3, 2, 1}).reasons())
                .singleElement()
                .asString()
                .contains("no better than no model", "RMSE 1.63299 on 3 rows", "their mean has 0.816497");
    }

    @Test
    void aFirstVersionOnOneRowCannotBeDecided() {
        Verdict verdict = first(new double[] {5}, new double[] {5});

        assertThat(verdict.outcome()).isEqualTo("held");
        assertThat(verdict.reasons()).singleElement().asString().contains("Judge it on rows that differ");
    }

    @Test
    void aFirstVersionThatRefusesMostRowsIsHeld() {
        NumberTally tally = new NumberTally();
        tally.predicted(1, 1);
        tally.predicted(2, 2);
        for (int i = 0; i < 3; i++) {
            tally.refused(i);
        }

        assertThat(Gate.judge(DATA, tally.metrics(), Optional.empty()))
                .isInstanceOfSatisfying(
                        Verdict.Held.class,
                        held -> assertThat(held.reasons().getFirst()).contains("refuses more rows", "2 of 5 rows"));
    }

    @Test
    void aVersionThatRefusesEveryRowOrWhoseErrorsOverflowIsRejected() {
        NumberTally refusing = new NumberTally();
        refusing.refused(1);
        NumberTally enormous = new NumberTally();
        enormous.predicted(0, 1e300);

        assertThat(Gate.judge(DATA, refusing.metrics(), Optional.empty()).outcome())
                .isEqualTo("rejected");
        assertThat(Gate.judge(DATA, enormous.metrics(), Optional.empty()).reasons())
                .singleElement()
                .asString()
                .contains("RMSE Infinity");
        assertThat(Gate.judge(DATA, new NumberTally().metrics(), Optional.empty())
                        .outcome())
                .isEqualTo("rejected");
    }

    @Test
    void aClassifierInProductionIsNotComparedWithNumbers() {
        LabelTally labels = new LabelTally(java.util.List.of("a"));
        labels.predicted("a", "a", 1);
        NumberTally numbers = new NumberTally();
        numbers.predicted(1, 1);

        Verdict verdict = Gate.judge(
                DATA, numbers.metrics(), Optional.of(new Gate.Production(3, labels.metrics(), Optional.empty())));

        assertThat(verdict.outcome()).isEqualTo("held");
        assertThat(verdict.reasons()).singleElement().asString().contains("version 3", "another name");
    }

    @Test
    void theIntervalCoversNoDifferenceForNoiseAndExcludesItForAClearGain() {
        double[] small = new double[100];
        double[] noise = new double[100];
        double[] large = new double[100];
        for (int i = 0; i < 100; i++) {
            small[i] = i % 2 == 0 ? 1 : -1.1;
            noise[i] = i % 2 == 0 ? -1.1 : 1;
            large[i] = i % 2 == 0 ? 3 : -4;
        }

        Interval same = PairedErrors.of(small, noise).difference();
        Interval gain = PairedErrors.of(small, large).difference();

        assertThat(same.estimate()).isEqualTo(0, within(1e-12));
        assertThat(same.low()).isNegative();
        assertThat(same.high()).isPositive();
        assertThat(gain.low()).isPositive();
        assertThat(gain.estimate()).isBetween(gain.low(), gain.high());
        assertThat(PairedErrors.of(small, large).sentence()).contains("smaller by 2.484", "95 % interval");
    }

    @Test
    void ofFewRowsNoIntervalIsClaimed() {
        PairedErrors few = PairedErrors.of(new double[] {1, 2}, new double[] {2, 3});

        assertThat(few.difference().low()).isNaN();
        assertThat(few.sentence()).doesNotContain("interval");
    }

    private static Verdict judge(double[] candidate, double[] production) {
        return Gate.judge(
                DATA,
                metrics(candidate),
                Optional.of(new Gate.Production(
                        3, metrics(production), Optional.of(PairedErrors.of(candidate, production)))));
    }

    private static Verdict first(double[] actual, double[] predicted) {
        NumberTally tally = new NumberTally();
        for (int i = 0; i < actual.length; i++) {
            tally.predicted(actual[i], predicted[i]);
        }
        return Gate.judge(DATA, tally.metrics(), Optional.empty());
    }

    private static RegressionMetrics metrics(double[] errors) {
        NumberTally tally = new NumberTally();
        Arrays.stream(errors).forEach(error -> {
            if (Double.isNaN(error)) {
                tally.refused(0);
            } else {
                tally.predicted(0, error);
            }
        });
        return tally.metrics();
    }
}
