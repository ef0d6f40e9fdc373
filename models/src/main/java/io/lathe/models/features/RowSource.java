package io.lathe.models.features;

import io.lathe.datasets.read.Column;
import io.lathe.datasets.read.CsvTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Raw rows by column name, in a fixed order, readable again and again. A value is a {@code Boolean}, {@code Long},
 * {@code BigInteger}, {@code Double}, {@code BigDecimal}, {@code String} or another object that no feature accepts; null means
 * missing.
 */
@FunctionalInterface
public interface RowSource {
    /** Calls {@code consumer} once per row, in order, on the calling thread. */
    void forEachRow(Consumer<Map<String, @Nullable Object>> consumer);

    /** The rows of a list. */
    static RowSource of(List<? extends Map<String, @Nullable Object>> rows) {
        return rows::forEach;
    }

    /** The rows of a table, read batch by batch. */
    static RowSource of(CsvTable table) {
        return consumer -> table.forEachBatch(batch -> {
            List<String> names = batch.header().names();
            for (int row = 0; row < batch.rows(); row++) {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                for (int column = 0; column < names.size(); column++) {
                    Column cells = batch.columns().get(column);
                    values.put(names.get(column), cells.value(row));
                }
                consumer.accept(values);
            }
        });
    }
}
