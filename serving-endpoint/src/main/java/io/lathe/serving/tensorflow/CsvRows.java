package io.lathe.serving.tensorflow;

import io.lathe.datasets.read.ColumnBatch;
import io.lathe.datasets.read.CsvOptions;
import io.lathe.datasets.read.CsvTable;
import io.lathe.datasets.schema.Schema;
import io.lathe.datasets.store.Content;
import io.lathe.serving.http.Answer;
import io.lathe.serving.http.Limits;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows out of a CSV body with a header. Columns the contract knows are read by its types, so that the same row as JSON gives the
 * same prediction; a word of a feature's domain is a value even where it looks like "missing".
 */
final class CsvRows {

    private final Limits limits;

    CsvRows(Limits limits) {
        this.limits = limits;
    }

    List<Map<String, @Nullable Object>> read(byte[] body, Schema contract) {
        CsvOptions options = contract.reading(CsvOptions.defaults()).withMaxColumns(limits.fieldsPerRow());
        CsvTable table = CsvTable.open(Content.of(body), options);
        if (table.rows() == 0) {
            throw Answer.badRequest("The CSV body has no rows; send a header line and at least one row.");
        }
        if (table.rows() > limits.rows()) {
            throw Answer.badRequest(
                    "The CSV body has more than " + limits.rows() + " rows. Send them in several requests.");
        }
        if (table.rows() * table.header().size() > limits.values()) {
            throw Answer.badRequest("The CSV body has more than " + limits.values()
                    + " values. Send the rows in several requests, or fewer columns.");
        }
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        table.forEachBatch(batch -> add(batch, rows));
        return rows;
    }

    private static void add(ColumnBatch batch, List<Map<String, @Nullable Object>> rows) {
        List<String> names = batch.header().names();
        for (int row = 0; row < batch.rows(); row++) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (int column = 0; column < names.size(); column++) {
                Object value = batch.columns().get(column).value(row);
                values.put(names.get(column), value instanceof Temporal time ? time.toString() : value);
            }
            rows.add(values);
        }
    }
}
