package io.lathe.datasets.schema;

import io.lathe.datasets.read.CsvTable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Skeleton. */
@SuppressWarnings("DoNotCallSuggester") // skeleton, filled in the next commit
public final class SchemaCheck {
    private SchemaCheck() {}

    public static List<Anomaly> check(Schema schema, String environment, CsvTable table) {
        throw new UnsupportedOperationException();
    }

    /** Checks one raw row against all features of the schema; give it {@code schema.forEnvironment(…)}. */
    public static RowVerdict checkRow(Schema schema, Map<String, ? extends @Nullable Object> row) {
        throw new UnsupportedOperationException();
    }
}
