package io.lathe.datasets.statistics;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects the values of one column as texts. For one thread. */
final class TextProfile {
    private final Map<String, Counter> counters = new HashMap<>();
    private final DistinctValues distinct = new DistinctValues();
    private long count;
    private long length;
    private int minLength = Integer.MAX_VALUE;
    private int maxLength;
    private String least = "";
    private String greatest = "";

    private static final class Counter {
        long count = 1;
    }

    void add(String value) {
        count++;
        length += value.length();
        // Long texts are counted as different or not, but never kept.
        var counter = value.length() > DatasetStatistics.LONGEST_TOP_VALUE ? null : counters.get(value);
        if (counter != null) {
            counter.count++;
            return;
        }
        if (value.length() <= DatasetStatistics.LONGEST_TOP_VALUE
                && counters.size() < DatasetStatistics.EXACT_DISTINCT) {
            counters.put(value, new Counter());
        }
        distinct.add(hash(value));
        minLength = Math.min(minLength, value.length());
        maxLength = Math.max(maxLength, value.length());
    }

    /** For values whose order is that of their texts. */
    void addOrdered(String value) {
        if (count == 0 || value.compareTo(least) < 0) {
            least = value;
        }
        if (count == 0 || value.compareTo(greatest) > 0) {
            greatest = value;
        }
        add(value);
    }

    /** FNV-1a; different short texts practically never share a hash. */
    private static long hash(String text) {
        var hash = 0xcbf29ce484222325L;
        for (var i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    long distinct() {
        return distinct.count();
    }

    Optional<TextStatistics> statistics() {
        return count == 0
                ? Optional.empty()
                : Optional.of(new TextStatistics(minLength, maxLength, (double) length / count, top()));
    }

    Optional<TimeRange> times() {
        return count == 0 ? Optional.empty() : Optional.of(new TimeRange(least, greatest));
    }

    private List<TopValue> top() {
        return counters.entrySet().stream()
                .map(entry -> new TopValue(entry.getKey(), entry.getValue().count))
                .sorted(Comparator.comparingLong(TopValue::count).reversed().thenComparing(TopValue::value))
                .limit(DatasetStatistics.TOP_VALUES)
                .toList();
    }
}
