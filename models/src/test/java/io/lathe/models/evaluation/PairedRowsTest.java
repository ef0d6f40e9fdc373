package io.lathe.models.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lathe.models.json.JsonFields;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

class PairedRowsTest {
    @Test
    void mcNemarIsTheExactTailOfAFairCoin() {
        assertThat(new PairedRows(60, 0, 0, 9).mcNemar()).isEqualTo(1);
        assertThat(new PairedRows(60, 3, 3, 9).mcNemar()).isEqualTo(1);
        assertThat(new PairedRows(60, 1, 5, 9).mcNemar()).isEqualTo(0.21875, within(1e-12));
        assertThat(new PairedRows(60, 0, 10, 9).mcNemar()).isEqualTo(2 / 1024.0, within(1e-12));
        assertThat(new PairedRows(60, 9, 30, 9).mcNemar()).isEqualTo(exact(9, 39), within(1e-10));
        assertThat(new PairedRows(0, 230, 270, 0).mcNemar()).isEqualTo(exact(230, 500), within(1e-10));
    }

    private static double exact(int fewer, int pairs) {
        BigInteger tail = BigInteger.ZERO;
        BigInteger choose = BigInteger.ONE;
        for (int k = 0; k <= fewer; k++) {
            tail = tail.add(choose);
            choose = choose.multiply(BigInteger.valueOf(pairs - k)).divide(BigInteger.valueOf(k + 1));
        }
        return new BigDecimal(tail.shiftLeft(1))
                .divide(new BigDecimal(BigInteger.ONE.shiftLeft(pairs)), MathContext.DECIMAL64)
                .doubleValue();
    }

    @Test
    void billionsOfPairsAreNoneTooMany() {
        // The normal approximation is exact to four digits here: twice its tail beyond 2 is 0.0455.
        long pairs = 4_000_000_000L;
        long apart = 2 * (long) Math.sqrt((double) pairs);
        PairedRows rows = new PairedRows(0, (pairs - apart) / 2, (pairs + apart) / 2, 0);
        assertThat(rows.mcNemar()).isEqualTo(0.0455, within(1e-4));
    }

    @Test
    void theIntervalHoldsTheDifferenceAndShrinksWithMoreRows() {
        Interval few = new PairedRows(60, 2, 5, 2).difference();
        assertThat(few.estimate()).isEqualTo(-3 / 69.0, within(1e-12));
        assertThat(few.low()).isLessThan(few.estimate());
        assertThat(few.high()).isPositive();
        Interval many = new PairedRows(60_000, 2_000, 5_000, 2_000).difference();
        assertThat(many.high()).isNegative();
    }

    @Test
    void theIntervalIsThatOfTheTextbook() {
        // Agresti's approval ratings, of which his books say: 0.02 to 0.06.
        Interval approval = new PairedRows(794, 86, 150, 570).difference();
        assertThat(approval.estimate()).isEqualTo(-0.04, within(1e-12));
        assertThat(approval.low()).isEqualTo(-0.0587, within(1e-4));
        assertThat(approval.high()).isEqualTo(-0.0212, within(1e-4));
    }

    @Test
    void withoutRowsNothingIsSaid() {
        PairedRows none = new PairedRows(0, 0, 0, 0);
        assertThat(none.difference().low()).isNaN();
        assertThat(Comparison.fromNode(new JsonFields(none.toNode(), "x"))).isEqualTo(none);
    }

    @Test
    void itsJsonIsReadBackAndCarriesWhatFollowsFromTheCounts() {
        PairedRows rows = new PairedRows(60, 1, 5, 3);
        assertThat(rows.toNode().path("mcNemar").asDouble()).isEqualTo(0.21875, within(1e-12));
        assertThat(rows.toNode().path("low").asDouble()).isNegative();
        assertThat(Comparison.fromNode(new JsonFields(rows.toNode(), "x"))).isEqualTo(rows);
    }
}
