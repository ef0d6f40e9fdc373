package io.lathe.serving.tensorflow;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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
 * Reads {@code instances} and {@code examples}: a list of objects that name each feature. A model with one input also takes a list
 * of bare values as {@code instances}; the two are not mixed. An example may hold each value in a list of one, as TensorFlow's do.
 * Thread-safe.
 */
final class RowForm {

    private final Limits limits;

    RowForm(Limits limits) {
        this.limits = limits;
    }

    List<Map<String, @Nullable Object>> read(JsonParser parser, Form form, ServedModel model) throws IOException {
        String field = form.request();
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw Answer.badRequest(field + " must be a list of rows, not " + StrictJson.kind(parser) + ".");
        }
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        boolean bare = false;
        long values = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (rows.size() == limits.rows()) {
                throw Answer.badRequest(
                        field + " has more than " + limits.rows() + " rows. Send them in several requests.");
            }
            boolean value = form == Form.ROWS && isBare(parser, model);
            if (!rows.isEmpty() && value != bare) {
                throw Answer.badRequest("Row " + (rows.size() + 1) + " is " + StrictJson.kind(parser)
                        + ", unlike the rows before it; send all rows as objects, or all as bare values.");
            }
            bare = value;
            Map<String, @Nullable Object> row =
                    value ? bareRow(parser, model, rows.size() + 1) : row(parser, form, rows.size() + 1);
            values += row.size();
            if (values > limits.values()) {
                throw Answer.badRequest(
                        field + " has more than " + limits.values() + " values. Send the rows in several requests.");
            }
            rows.add(row);
        }
        if (rows.isEmpty()) {
            throw Answer.badRequest(field + " is empty; send at least one row.");
        }
        return rows;
    }

    /** Fields that each example has, if it doesn't have them itself. */
    Map<String, @Nullable Object> context(JsonParser parser) throws IOException {
        return object(parser, Form.EXAMPLES, "context");
    }

    private static boolean isBare(JsonParser parser, ServedModel model) {
        return parser.currentToken() != JsonToken.START_OBJECT
                && parser.currentToken() != JsonToken.START_ARRAY
                && model.contract().features().size() == 1;
    }

    private static Map<String, @Nullable Object> bareRow(JsonParser parser, ServedModel model, int number)
            throws IOException {
        Feature only = model.contract().features().getFirst();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put(only.name(), FieldValue.read(parser, () -> "Row " + number));
        return row;
    }

    private Map<String, @Nullable Object> row(JsonParser parser, Form form, int number) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw Answer.badRequest("Row " + number + " is " + StrictJson.kind(parser)
                    + "; a row must be an object that names each feature, as in {\"feature\": 1.5}.");
        }
        return object(parser, form, "Row " + number);
    }

    private Map<String, @Nullable Object> object(JsonParser parser, Form form, String what) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw Answer.badRequest(what + " must be an object, not " + StrictJson.kind(parser) + ".");
        }
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = StrictJson.name(parser);
            if (row.size() == limits.fieldsPerRow()) {
                throw Answer.badRequest(
                        what + " has more than " + limits.fieldsPerRow() + " fields. Send fewer of them.");
            }
            parser.nextToken();
            StrictJson.Place place = () -> what + ": feature '" + Shown.of(name) + "'";
            row.put(
                    name,
                    form == Form.EXAMPLES && parser.currentToken() == JsonToken.START_ARRAY
                            ? only(parser, place)
                            : FieldValue.read(parser, place));
        }
        return row;
    }

    private static @Nullable Object only(JsonParser parser, StrictJson.Place place) throws IOException {
        if (parser.nextToken() != JsonToken.END_ARRAY) {
            Object value = FieldValue.read(parser, place);
            if (parser.nextToken() == JsonToken.END_ARRAY) {
                return value;
            }
        }
        throw Answer.badRequest(place.text() + " must be one value, or a list of one.");
    }
}
