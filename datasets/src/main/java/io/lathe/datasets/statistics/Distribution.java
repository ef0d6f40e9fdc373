package io.lathe.datasets.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;
import org.jspecify.annotations.Nullable;

/** Where finite numbers lie: all of them while they are few, then a KLL sketch. */
final class Distribution {
    private static final int SKETCH_SIZE = 400;
    private static final int BUCKETS = 10;
    private static final int MOST_SINGLE_INTEGERS = 20;

    private double[] values = new double[256];
    private int kept;
    private @Nullable KllDoublesSketch sketch;

    /** Adds the first {@code size} of some finite numbers. */
    void add(double[] numbers, int size) {
        if (size == 0) {
            return;
        }
        if (sketch == null && kept + size > DatasetStatistics.EXACT_QUANTILE_VALUES) {
            var fresh = KllDoublesSketch.newHeapInstance(SKETCH_SIZE);
            if (kept > 0) {
                fresh.update(values, 0, kept);
            }
            sketch = fresh;
            values = new double[0];
        }
        if (sketch != null) {
            sketch.update(numbers, 0, size);
            return;
        }
        if (kept + size > values.length) {
            values = Arrays.copyOf(values, Math.max(kept + size, kept * 2));
        }
        System.arraycopy(numbers, 0, values, kept, size);
        kept += size;
    }

    Quantiles quantiles(double min, double max) {
        if (sketch != null) {
            return new Quantiles(min, estimate(sketch, 0.25), estimate(sketch, 0.5), estimate(sketch, 0.75), max);
        }
        Arrays.sort(values, 0, kept);
        return new Quantiles(min, exact(0.25), exact(0.5), exact(0.75), max);
    }

    /** Equally wide buckets; one for each integer where they are few. */
    List<Bucket> histogram(double min, double max, boolean integers) {
        if (min == max) {
            return List.of(new Bucket(min, max, count()));
        }
        var single = integers && max - min < MOST_SINGLE_INTEGERS;
        var buckets = single ? (int) (max - min) + 1 : BUCKETS;
        var edges = IntStream.rangeClosed(0, buckets)
                .mapToDouble(i -> single ? min + i : i == buckets ? max : edge(min, max, i))
                .distinct()
                .toArray();
        return sketch == null ? counted(edges) : estimated(sketch, edges);
    }

    private static double edge(double min, double max, int i) {
        // Scaled before the difference: it may overflow.
        return min * (1 - (double) i / BUCKETS) + max * ((double) i / BUCKETS);
    }

    private long count() {
        return sketch == null ? kept : sketch.getN();
    }

    private List<Bucket> counted(double[] edges) {
        var counts = new long[edges.length - 1];
        for (var i = 0; i < kept; i++) {
            var found = Arrays.binarySearch(edges, values[i]);
            var bucket = found >= 0 ? found : -found - 2;
            counts[Math.clamp(bucket, 0, counts.length - 1)]++;
        }
        return buckets(edges, counts);
    }

    private static List<Bucket> estimated(KllDoublesSketch sketch, double[] edges) {
        var inner = Arrays.copyOfRange(edges, 1, edges.length - 1);
        var below = inner.length == 0 ? new double[] {1} : sketch.getCDF(inner, QuantileSearchCriteria.EXCLUSIVE);
        var counts = new long[edges.length - 1];
        var before = 0L;
        for (var i = 0; i < counts.length; i++) {
            var upTo = Math.round(below[i] * sketch.getN());
            counts[i] = upTo - before;
            before = upTo;
        }
        return buckets(edges, counts);
    }

    private static List<Bucket> buckets(double[] edges, long[] counts) {
        var buckets = new ArrayList<Bucket>();
        for (var i = 0; i < counts.length; i++) {
            buckets.add(new Bucket(edges[i], edges[i + 1], counts[i]));
        }
        return buckets;
    }

    private static double estimate(KllDoublesSketch sketch, double rank) {
        return sketch.getQuantile(rank, QuantileSearchCriteria.INCLUSIVE);
    }

    /** Between neighbours the value is interpolated linearly. */
    private double exact(double rank) {
        var position = rank * (kept - 1);
        var low = (int) Math.floor(position);
        var high = Math.min(low + 1, kept - 1);
        var weight = position - low;
        return weight == 0 ? values[low] : values[low] * (1 - weight) + values[high] * weight;
    }
}
