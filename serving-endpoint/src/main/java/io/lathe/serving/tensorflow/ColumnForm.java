package io.lathe.serving.tensorflow;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lathe.datasets.problem.Nearest;
import io.lathe.datasets.problem.Shown;
import io.lathe.datasets.schema.Feature;
import io.lathe.serving.http.Answer;
import io.lathe.serving.http.Limits;
import io.lathe.serving.http.StrictJson;
import io.lathe.serving.model.ServedModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code inputs}: an object with a list for each input, all of one length; a model with one input also takes the bare list.
 * An input the model does not know goes into the rows as an unknown field, which is noted. Thread-safe.
 */
final class ColumnForm {

    private final Limits limits;

    ColumnForm(Limits limits) {
        this.limits = limits;
    }

    List<Map<String, @Nullable Object>> read(JsonParser parser, ServedModel model) throws IOException {
        return rows(columns(parser, model), model);
    }

    private Map<String, List<@Nullable Object>> columns(JsonParser parser, ServedModel model) throws IOException {
        Map<String, List<@Nullable Object>> columns = new LinkedHashMap<>();
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<Feature> features = model.contract().features();
            if (features.size() != 1) {
                throw Answer.badRequest("inputs is a list, but the model has " + features.size()
                        + " inputs; send an object with a list for each of them.");
            }
            columns.put(
                    features.getFirst().name(),
                    column(parser, features.getFirst().name(), limits.values()));
            return columns;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw Answer.badRequest(
                    "inputs must be an object with a list for each input, not " + StrictJson.kind(parser) + ".");
        }
        long left = limits.values();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = StrictJson.name(parser);
            if (columns.size() == limits.fieldsPerRow()) {
                throw Answer.badRequest(
                        "inputs has more than " + limits.fieldsPerRow() + " inputs. Send fewer of them.");
            }
            parser.nextToken();
            List<@Nullable Object> column = column(parser, name, left);
            left -= column.size();
            columns.put(name, column);
        }
        return columns;
    }

    private List<@Nullable Object> column(JsonParser parser, String name, long most) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw Answer.badRequest("Input '" + Shown.of(name) + "' must be a list with a value for each row, not "
                    + StrictJson.kind(parser) + ".");
        }
        List<@Nullable Object> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (values.size() == limits.rows()) {
                throw Answer.badRequest("Input '" + Shown.of(name) + "' has more than " + limits.rows()
                        + " values. Send the rows in several requests.");
            }
            if (values.size() == most) {
                throw Answer.badRequest("inputs has more than " + limits.values()
                        + " values together. Send the rows in several requests.");
            }
            values.add(FieldValue.read(parser, () -> "Input '" + Shown.of(name) + "', row " + (values.size() + 1)));
        }
        return values;
    }

    private static List<Map<String, @Nullable Object>> rows(
            Map<String, List<@Nullable Object>> columns, ServedModel model) {
        for (Feature feature : model.contract().features()) {
            if (!columns.containsKey(feature.name()) && feature.presence().isRequired()) {
                throw Answer.badRequest("Missing named input: '" + Shown.of(feature.name()) + "'. Send it as a list."
                        + Nearest.hint(feature.name(), columns.keySet()));
            }
        }
        if (columns.isEmpty()) {
            throw Answer.badRequest("inputs is empty; send a list for each input.");
        }
        Map.Entry<String, List<@Nullable Object>> first =
                columns.entrySet().iterator().next();
        int size = first.getValue().size();
        columns.forEach((name, values) -> {
            if (values.size() != size) {
                throw Answer.badRequest("Input '" + Shown.of(name) + "' has " + values.size()
                        + " values, but input '" + Shown.of(first.getKey()) + "' has " + size
                        + "; send one value for each row in both.");
            }
        });
        if (size == 0) {
            throw Answer.badRequest("The inputs have no rows; send at least one value in each list.");
        }
        List<Map<String, @Nullable Object>> rows = new ArrayList<>(size);
        for (int row = 0; row < size; row++) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (Map.Entry<String, List<@Nullable Object>> column : columns.entrySet()) {
                values.put(column.getKey(), column.getValue().get(row));
            }
            rows.add(values);
        }
        return rows;
    }
}
