package io.lathe.models.evaluation;

/** The exact sign test: a fair coin thrown once for each pair in which one side won. */
final class SignTest {
    private SignTest() {}

    /**
     * The probability of a split at least as uneven as {@code one} to {@code other}, in either direction; 1 when both are 0. The
     * tail of the binomial distribution is summed from its largest term until a term no longer counts, so that billions of pairs
     * take milliseconds.
     */
    static double twoSided(long one, long other) {
        long pairs = one + other;
        long fewer = Math.min(one, other);
        if (one == other) {
            return 1;
        }
        double sum = 0;
        double term = 1;
        for (long k = fewer; k >= 0 && term > 1e-18 * sum; k--) {
            sum += term;
            term *= k / (pairs - k + 1.0);
        }
        double largest = logFactorial(pairs) - logFactorial(fewer) - logFactorial(pairs - fewer) - pairs * Math.log(2);
        return Math.min(1, 2 * sum * Math.exp(largest));
    }

    /** By Stirling's series, whose error is below 1e-12 from 10 on; smaller ones are multiplied out. */
    private static double logFactorial(long n) {
        if (n < 10) {
            double product = 1;
            for (long i = 2; i <= n; i++) {
                product *= i;
            }
            return Math.log(product);
        }
        double x = n;
        double square = x * x;
        return x * Math.log(x)
                - x
                + 0.5 * Math.log(2 * Math.PI * x)
                + (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - 1.0 / 1680 / square) / square) / square) / x;
    }
}
