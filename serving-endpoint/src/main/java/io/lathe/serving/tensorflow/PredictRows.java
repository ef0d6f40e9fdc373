package io.lathe.serving.tensorflow;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lathe.datasets.problem.Shown;
import io.lathe.serving.http.Answer;
import io.lathe.serving.http.Limits;
import io.lathe.serving.http.StrictJson;
import io.lathe.serving.model.ServedModel;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a body: JSON in one of the protocol's forms, or CSV. Thread-safe. */
public final class PredictRows {

    private static final String SIGNATURE = "serving_default";

    private final StrictJson json;
    private final CsvRows csv;
    private final RowForm rows;
    private final ColumnForm columns;

    public PredictRows(StrictJson json, Limits limits) {
        this.json = json;
        this.csv = new CsvRows(limits);
        this.rows = new RowForm(limits);
        this.columns = new ColumnForm(limits);
    }

    /** The body of {@code predict}: {@code instances} or {@code inputs}. */
    Asked predict(String mediaType, byte[] body, ServedModel model) {
        return isCsv(mediaType)
                ? new Asked(Form.ROWS, csv.read(body, model.contract()))
                : json.read(body, parser -> document(parser, model));
    }

    /** The body of {@code regress}: {@code examples}, and {@code context} for what they share. */
    Asked regress(String mediaType, byte[] body, ServedModel model) {
        return isCsv(mediaType)
                ? new Asked(Form.EXAMPLES, csv.read(body, model.contract()))
                : json.read(body, parser -> examples(parser, model));
    }

    private static boolean isCsv(String mediaType) {
        return mediaType.equals("text/csv");
    }

    private Asked document(JsonParser parser, ServedModel model) throws IOException {
        requireObject(parser, "instances");
        @Nullable Asked asked = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = StrictJson.name(parser);
            parser.nextToken();
            switch (name) {
                case "instances" -> {
                    requireFirst(asked);
                    asked = new Asked(Form.ROWS, rows.read(parser, Form.ROWS, model));
                }
                case "inputs" -> {
                    requireFirst(asked);
                    asked = new Asked(Form.COLUMNS, columns.read(parser, model));
                }
                case "signature_name" -> signature(StrictJson.string(parser, "signature_name"));
                default -> parser.skipChildren();
            }
        }
        if (asked == null) {
            throw Answer.badRequest(
                    "Missing 'inputs' or 'instances' key. Send the rows as a list of objects in instances, or a list for each input in inputs.");
        }
        return asked;
    }

    private static void requireFirst(@Nullable Asked before) {
        if (before != null) {
            throw Answer.badRequest("The body holds both instances and inputs; send one of them.");
        }
    }

    private Asked examples(JsonParser parser, ServedModel model) throws IOException {
        requireObject(parser, "examples");
        @Nullable List<Map<String, @Nullable Object>> examples = null;
        Map<String, @Nullable Object> context = Map.of();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = StrictJson.name(parser);
            parser.nextToken();
            switch (name) {
                case "examples" -> examples = rows.read(parser, Form.EXAMPLES, model);
                case "context" -> context = rows.context(parser);
                case "signature_name" -> signature(StrictJson.string(parser, "signature_name"));
                default -> parser.skipChildren();
            }
        }
        if (examples == null) {
            throw Answer.badRequest("Missing 'examples' key. Send the rows as a list of objects in examples.");
        }
        for (Map<String, @Nullable Object> example : examples) {
            for (Map.Entry<String, @Nullable Object> shared : context.entrySet()) {
                // Not putIfAbsent: a null that was sent is a missing value.
                if (!example.containsKey(shared.getKey())) {
                    example.put(shared.getKey(), shared.getValue());
                }
            }
        }
        return new Asked(Form.EXAMPLES, examples);
    }

    private static void requireObject(JsonParser parser, String field) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw Answer.badRequest(
                    "The body must be an object with the field " + field + ", not " + StrictJson.kind(parser) + ".");
        }
    }

    private static void signature(String name) {
        if (!name.isEmpty() && !name.equals(SIGNATURE)) {
            throw Answer.badRequest(
                    "Signature '" + Shown.of(name) + "' is not known; the only one is " + SIGNATURE + ".");
        }
    }
}
