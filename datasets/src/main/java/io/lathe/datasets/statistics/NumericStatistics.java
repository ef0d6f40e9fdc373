package io.lathe.datasets.statistics;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The profile of numbers, over finite values only; there is at least one.
 *
 * @param min smallest value; for integers rounded to a double, exact in {@code minLong}
 * @param minLong exact, for columns of integers
 * @param sumExact exact, for columns of integers
 * @param stdDev sample standard deviation; empty for one value
 * @param zeros values equal to 0
 * @param notFinite values that are NaN or infinite, left out of everything else
 * @param quantiles exact up to {@link DatasetStatistics#EXACT_QUANTILE_VALUES} values, else within about 1.3 % of rank
 * @param histogram equally wide buckets from min to max
 */
public record NumericStatistics(
        double min,
        double max,
        OptionalLong minLong,
        OptionalLong maxLong,
        Optional<BigInteger> sumExact,
        double mean,
        OptionalDouble stdDev,
        long zeros,
        long notFinite,
        Quantiles quantiles,
        List<Bucket> histogram) {
    public NumericStatistics {
        histogram = List.copyOf(histogram);
    }
}
