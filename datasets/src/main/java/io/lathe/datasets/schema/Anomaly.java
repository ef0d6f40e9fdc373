package io.lathe.datasets.schema;

import java.util.List;

/**
 * One broken expectation.
 *
 * @param feature its name
 * @param message a sentence for people, naming feature and values
 * @param count how many rows break it; 0 when it is not about rows
 * @param rows the first of them, at most 10
 */
public record Anomaly(
        String feature, AnomalyType type, Severity severity, String message, long count, List<OffendingRow> rows) {
    public Anomaly {
        rows = List.copyOf(rows);
    }
}
