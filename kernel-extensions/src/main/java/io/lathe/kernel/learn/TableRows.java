package io.lathe.kernel.learn;

import io.lathe.models.features.RowSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * The rows of a table as the models library reads rows: whole numbers as {@link Long}, fractions as {@link Double},
 * booleans, everything else as text; what is missing in the table is null.
 *
 * @param table the table, read when the rows are
 */
public record TableRows(Table table) implements RowSource {

    @Override
    public void forEachRow(Consumer<Map<String, @Nullable Object>> consumer) {
        List<Column<?>> columns = table.columns();
        for (int row = 0; row < table.rowCount(); row++) {
            var values = new LinkedHashMap<String, @Nullable Object>();
            for (Column<?> column : columns) {
                values.put(column.name(), column.isMissing(row) ? null : raw(column.get(row)));
            }
            consumer.accept(values);
        }
    }

    private static @Nullable Object raw(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Integer i -> (long) i;
            case Short s -> (long) s;
            case Float f -> (double) f;
            case Long _, Double _, Boolean _ -> value;
            default -> value.toString();
        };
    }
}
