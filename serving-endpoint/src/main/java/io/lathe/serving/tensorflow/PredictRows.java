package io.lathe.serving.tensorflow;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.serving.http.Answer;
import io.lathe.serving.http.Limits;
import io.lathe.serving.http.SafeText;
import io.lathe.serving.http.StrictJson;
import io.lathe.serving.model.ServedModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a predict body, JSON in row format or CSV. Thread-safe. */
public final class PredictRows {

    private static final String SIGNATURE = "serving_default";

    private final StrictJson json;
    private final CsvRows csv;
    private final Limits limits;

    public PredictRows(StrictJson json, Limits limits) {
        this.json = json;
        this.csv = new CsvRows(limits);
        this.limits = limits;
    }

    List<Map<String, @Nullable Object>> read(String mediaType, byte[] body, ServedModel model) {
        return mediaType.equals("text/csv") ? csv.read(body, model.contract()) : json.read(body, this::document);
    }

    private List<Map<String, @Nullable Object>> document(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw Answer.badRequest(
                    "The body must be an object with the field instances, not " + StrictJson.kind(parser) + ".");
        }
        @Nullable List<Map<String, @Nullable Object>> rows = null;
        boolean columns = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = StrictJson.name(parser);
            parser.nextToken();
            switch (name) {
                case "instances" -> rows = instances(parser);
                case "inputs" -> {
                    columns = true;
                    parser.skipChildren();
                }
                case "signature_name" -> signature(StrictJson.string(parser, "signature_name"));
                default -> parser.skipChildren();
            }
        }
        if (columns) {
            throw Answer.badRequest(
                    rows == null
                            ? "Column format (inputs) is not served; send the rows as a list of objects in instances."
                            : "The body holds both instances and inputs; send instances alone.");
        }
        if (rows == null) {
            throw Answer.badRequest(
                    "Missing 'inputs' or 'instances' key. Send the rows as a list of objects in instances.");
        }
        return rows;
    }

    private static void signature(String name) {
        if (!name.isEmpty() && !name.equals(SIGNATURE)) {
            throw Answer.badRequest(
                    "Signature " + SafeText.quote(name) + " is not known; the only one is " + SIGNATURE + ".");
        }
    }

    private List<Map<String, @Nullable Object>> instances(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw Answer.badRequest("instances must be a list of rows, not " + StrictJson.kind(parser) + ".");
        }
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        long values = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (rows.size() == limits.rows()) {
                throw Answer.badRequest(
                        "instances has more than " + limits.rows() + " rows. Send them in several requests.");
            }
            Map<String, @Nullable Object> row = row(parser, rows.size() + 1);
            values += row.size();
            if (values > limits.values()) {
                throw Answer.badRequest(
                        "instances has more than " + limits.values() + " values. Send the rows in several requests.");
            }
            rows.add(row);
        }
        if (rows.isEmpty()) {
            throw Answer.badRequest("instances is empty; send at least one row.");
        }
        return rows;
    }

    private Map<String, @Nullable Object> row(JsonParser parser, int number) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw Answer.badRequest("Row " + number + " is " + StrictJson.kind(parser)
                    + "; a row must be an object that names each feature, as in {\"feature\": 1.5}.");
        }
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = StrictJson.name(parser);
            if (row.size() == limits.fieldsPerRow()) {
                throw Answer.badRequest("Row " + number + " has more than " + limits.fieldsPerRow() + " fields.");
            }
            parser.nextToken();
            StrictJson.Place place = () -> "Row " + number + ": feature " + SafeText.quote(name);
            row.put(
                    name,
                    parser.currentToken() == JsonToken.START_OBJECT
                            ? binary(parser, place)
                            : StrictJson.scalar(parser, place));
        }
        return row;
    }

    /** {@code {"b64": "…"}}: text in base 64, as this protocol writes bytes. Any other object is refused. */
    private static String binary(JsonParser parser, StrictJson.Place place) throws IOException {
        boolean named = parser.nextToken() == JsonToken.FIELD_NAME && "b64".equals(parser.currentName());
        if (!named || parser.nextToken() != JsonToken.VALUE_STRING) {
            throw Answer.badRequest(place.text() + " is an object; only {\"b64\": \"…\"} may stand for a string.");
        }
        String encoded = parser.getText();
        if (parser.nextToken() != JsonToken.END_OBJECT) {
            throw Answer.badRequest(place.text() + " has more than b64 in its object.");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(encoded)))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST, place.text() + " is not base 64 of UTF-8 text in its b64; send that.", e);
        }
    }
}
