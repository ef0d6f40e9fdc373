package io.lathe.datasets.statistics;

import io.lathe.datasets.read.DoubleColumn;
import io.lathe.datasets.read.LongColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Optional;
import java.util.OptionalLong;

/** Collects the numbers of one column. For one thread. */
final class NumericProfile {
    private final Moments moments = new Moments();
    private final Distribution distribution = new Distribution();
    private final DistinctValues distinct = new DistinctValues();
    private double[] batch = new double[0];
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private long minLong = Long.MAX_VALUE;
    private long maxLong = Long.MIN_VALUE;
    private BigInteger sum = BigInteger.ZERO;
    private boolean integers;
    private long zeros;
    private long notFinite;

    void add(LongColumn column) {
        integers = true;
        prepare(column.size());
        var size = 0;
        // In halves, so that no batch overflows.
        var high = 0L;
        var low = 0L;
        for (var row = 0; row < column.size(); row++) {
            if (!column.isMissing(row)) {
                var value = column.at(row);
                minLong = Math.min(minLong, value);
                maxLong = Math.max(maxLong, value);
                high += value >> 32;
                low += value & 0xffff_ffffL;
                distinct.add(value);
                batch[size++] = value;
            }
        }
        sum = sum.add(BigInteger.valueOf(high).shiftLeft(32).add(BigInteger.valueOf(low)));
        addBatch(size);
    }

    void add(DoubleColumn column) {
        prepare(column.size());
        var size = 0;
        for (var row = 0; row < column.size(); row++) {
            if (column.isMissing(row)) {
                continue;
            }
            // Plus zero makes a negative zero a positive one.
            var value = column.at(row) + 0.0;
            distinct.add(Double.doubleToLongBits(value));
            if (Double.isFinite(value)) {
                batch[size++] = value;
            } else {
                notFinite++;
            }
        }
        addBatch(size);
    }

    private void prepare(int rows) {
        if (batch.length < rows) {
            batch = new double[rows];
        }
    }

    private void addBatch(int size) {
        moments.add(batch, size);
        for (var i = 0; i < size; i++) {
            var value = batch[i];
            min = Math.min(min, value);
            max = Math.max(max, value);
            zeros += value == 0 ? 1 : 0;
        }
        distribution.add(batch, size);
    }

    long distinct() {
        return distinct.count();
    }

    Optional<NumericStatistics> statistics() {
        if (moments.count() == 0) {
            return Optional.empty();
        }
        return Optional.of(new NumericStatistics(
                min,
                max,
                integers ? OptionalLong.of(minLong) : OptionalLong.empty(),
                integers ? OptionalLong.of(maxLong) : OptionalLong.empty(),
                integers ? Optional.of(sum) : Optional.empty(),
                integers ? exactMean() : moments.mean(),
                moments.stdDev(),
                zeros,
                notFinite,
                distribution.quantiles(min, max),
                distribution.histogram(min, max, integers)));
    }

    private double exactMean() {
        return new BigDecimal(sum)
                .divide(BigDecimal.valueOf(moments.count()), MathContext.DECIMAL64)
                .doubleValue();
    }
}
