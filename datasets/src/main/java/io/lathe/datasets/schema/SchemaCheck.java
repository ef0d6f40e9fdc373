package io.lathe.datasets.schema;

import io.lathe.datasets.problem.Nearest;
import io.lathe.datasets.problem.Shown;
import io.lathe.datasets.read.ColumnType;
import io.lathe.datasets.read.CsvTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The one checker, of whole tables and of single rows. */
public final class SchemaCheck {
    /** So many missing columns are told what they may be called now; looking takes a pass over all names for each. */
    private static final int HINTS = 20;

    private SchemaCheck() {}

    /**
     * Checks a table as it is written, whatever types it was opened with: every cell of an expected feature is tried as the schema's type. Reads the content twice. Empty when all is well.
     *
     * <p>Checks of values pass on no values; presence is judged over all rows. Columns the schema does not know are warnings.
     */
    public static List<Anomaly> check(Schema schema, String environment, CsvTable table) {
        var expected = schema.forEnvironment(environment);
        var asText =
                table.header().names().stream().collect(Collectors.toMap(Function.identity(), _ -> ColumnType.TEXT));
        var texts = table.reopen(expected.reading(table.options()).withTypes(asText));
        var names = texts.header().names();
        var indexes = new HashMap<String, Integer>();
        for (var name : names) {
            indexes.put(name, indexes.size());
        }
        var checks = new LinkedHashMap<Integer, FeatureCheck>();
        var anomalies = new ArrayList<Anomaly>();
        for (var feature : expected.features()) {
            var index = indexes.get(feature.name());
            if (index != null) {
                checks.put(index, new FeatureCheck(feature, table.options().decimalMark()));
            } else if (!feature.presence().equals(Presence.OPTIONAL)) {
                anomalies.add(missingColumn(
                        feature, anomalies.size() < HINTS ? Nearest.hintAndKnown(feature.name(), names) : ""));
            }
        }
        texts.forEachBatch(batch ->
                checks.forEach((index, check) -> check.see(batch.columns().get(index), batch.firstRow())));
        checks.values().forEach(check -> anomalies.addAll(check.anomalies()));
        var known = schema.byName();
        names.stream().filter(name -> !known.containsKey(name)).forEach(name -> anomalies.add(newColumn(name)));
        return anomalies;
    }

    /**
     * Checks one raw row against all features of the schema; for serving, give it {@code schema.forEnvironment(SERVING)}. Values are Boolean, whole numbers (Long, BigInteger, …), decimals (Double,
     * BigDecimal, …), texts, or null, which is a missing value. Texts are never taken for numbers, nor decimals for integers; whole numbers are fine where decimals are expected.
     */
    public static RowVerdict checkRow(Schema schema, Map<String, ? extends @Nullable Object> row) {
        return RowCheck.check(schema, row);
    }

    private static Anomaly missingColumn(Feature feature, String hint) {
        return new Anomaly(
                feature.name(),
                AnomalyType.SCHEMA_MISSING_COLUMN,
                Severity.ERROR,
                "There is no column '" + feature.name() + "'." + hint,
                0,
                List.of());
    }

    private static Anomaly newColumn(String name) {
        return new Anomaly(
                name,
                AnomalyType.SCHEMA_NEW_COLUMN,
                Severity.WARNING,
                "The schema does not know the column '" + Shown.of(name) + "'.",
                0,
                List.of());
    }
}
