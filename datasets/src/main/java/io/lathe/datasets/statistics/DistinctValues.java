package io.lathe.datasets.statistics;

import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.jspecify.annotations.Nullable;

/** Counts different 64-bit values: exactly while they are few, then by a HyperLogLog sketch of 16 KiB. */
final class DistinctValues {
    private static final int LOG_REGISTERS = 14;

    private LongValues values = new LongValues();
    private @Nullable HllSketch sketch;

    void add(long value) {
        if (sketch != null) {
            sketch.update(value);
        } else if (values.add(value) && values.size() > DatasetStatistics.EXACT_DISTINCT) {
            var fresh = new HllSketch(LOG_REGISTERS, TgtHllType.HLL_8);
            values.forEach(fresh::update);
            sketch = fresh;
            values = new LongValues();
        }
    }

    /** Above the exact range never a number that looks exact. */
    long count() {
        return sketch == null
                ? values.size()
                : Math.max(Math.round(sketch.getEstimate()), DatasetStatistics.EXACT_DISTINCT + 1L);
    }
}
