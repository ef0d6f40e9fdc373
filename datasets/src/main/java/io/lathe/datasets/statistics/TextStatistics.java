package io.lathe.datasets.statistics;

import java.util.List;

/**
 * The profile of values as texts; there is at least one.
 *
 * @param minLength in characters (code units)
 * @param averageLength in characters (code units)
 * @param top most frequent values, most frequent first, at most {@link DatasetStatistics#TOP_VALUES}; of the values seen among the first {@link DatasetStatistics#EXACT_DISTINCT} distinct ones
 */
public record TextStatistics(int minLength, int maxLength, double averageLength, List<TopValue> top) {
    public TextStatistics {
        top = List.copyOf(top);
    }
}
