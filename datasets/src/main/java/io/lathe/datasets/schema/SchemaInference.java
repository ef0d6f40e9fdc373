package io.lathe.datasets.schema;

import io.lathe.datasets.statistics.DatasetStatistics;

/** Skeleton. */
@SuppressWarnings("DoNotCallSuggester") // skeleton, filled in the next commit
public final class SchemaInference {
    private SchemaInference() {}

    public static Schema infer(DatasetStatistics statistics) {
        throw new UnsupportedOperationException();
    }
}
