package io.lathe.datasets.statistics;

import java.util.OptionalDouble;

/** Count, mean and variance, batch by batch: each batch in two passes over its values, then joined by Chan's formula, which keeps digits where sums of squares lose them. */
final class Moments {
    private long count;
    private double mean;
    private double squares;

    void add(double[] values, int size) {
        if (size == 0) {
            return;
        }
        var batchMean = mean(values, size);
        var batchSquares = 0.0;
        for (var i = 0; i < size; i++) {
            var distance = values[i] - batchMean;
            batchSquares += distance * distance;
        }
        var all = count + size;
        var delta = batchMean - mean;
        mean += delta * size / all;
        squares += batchSquares + delta * delta * ((double) count * size / all);
        count = all;
    }

    private static double mean(double[] values, int size) {
        // Neumaier's sum keeps what each addition rounds away.
        var sum = 0.0;
        var lost = 0.0;
        for (var i = 0; i < size; i++) {
            var value = values[i];
            var next = sum + value;
            lost += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
            sum = next;
        }
        var mean = (sum + lost) / size;
        return Double.isFinite(mean) ? mean : slowMean(values, size);
    }

    /** Where the sum overflows. */
    private static double slowMean(double[] values, int size) {
        var mean = 0.0;
        for (var i = 0; i < size; i++) {
            mean += values[i] / size;
        }
        return mean;
    }

    long count() {
        return count;
    }

    double mean() {
        return mean;
    }

    /** Of a sample; empty for less than two values. */
    OptionalDouble stdDev() {
        var variance = squares / (count - 1);
        return count < 2 || !Double.isFinite(variance)
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.sqrt(variance));
    }
}
