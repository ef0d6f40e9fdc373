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
        var batchMean = 0.0;
        for (var i = 0; i < size; i++) {
            batchMean += (values[i] - batchMean) / (i + 1);
        }
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
