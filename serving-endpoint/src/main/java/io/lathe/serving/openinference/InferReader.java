package io.lathe.serving.openinference;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lathe.datasets.problem.Shown;
import io.lathe.serving.http.Answer;
import io.lathe.serving.http.Limits;
import io.lathe.serving.http.StrictJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads an infer body: fields in any order, tensors' data flat or nested. Thread-safe. */
final class InferReader {

    private static final int LONGEST_ID = 1_000;
    private static final int MOST_DIMENSIONS = 8;
    private static final int MOST_OUTPUTS = 100;

    private final StrictJson json;
    private final Limits limits;

    InferReader(StrictJson json, Limits limits) {
        this.json = json;
        this.limits = limits;
    }

    InferRequest read(byte[] body) {
        return json.read(body, this::request);
    }

    private InferRequest request(JsonParser parser) throws IOException {
        require(parser, JsonToken.START_OBJECT, "The body", "an object with the field inputs");
        Optional<String> id = Optional.empty();
        @Nullable List<Tensor> inputs = null;
        List<String> outputs = List.of();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = StrictJson.name(parser);
            parser.nextToken();
            switch (name) {
                case "id" -> id = Optional.of(id(parser));
                case "inputs" -> inputs = inputs(parser);
                case "outputs" -> outputs = outputs(parser);
                default -> parser.skipChildren();
            }
        }
        if (inputs == null || inputs.isEmpty()) {
            throw Answer.badRequest("The field inputs is missing or empty; send one tensor for each raw column.");
        }
        return new InferRequest(id, inputs, outputs);
    }

    private static String id(JsonParser parser) throws IOException {
        String id = StrictJson.string(parser, "id");
        if (id.length() > LONGEST_ID) {
            throw Answer.badRequest("id is longer than " + LONGEST_ID + " characters.");
        }
        return id;
    }

    private List<Tensor> inputs(JsonParser parser) throws IOException {
        require(parser, JsonToken.START_ARRAY, "inputs", "a list of tensors");
        List<Tensor> inputs = new ArrayList<>();
        long values = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (inputs.size() == limits.fieldsPerRow()) {
                throw Answer.badRequest("inputs has more than " + limits.fieldsPerRow() + " tensors.");
            }
            Tensor input = tensor(parser, inputs.size());
            values += input.data().size();
            if (values > limits.values()) {
                throw Answer.badRequest("The inputs have more than " + limits.values()
                        + " values together. Send the rows in several requests.");
            }
            inputs.add(input);
        }
        return inputs;
    }

    private Tensor tensor(JsonParser parser, int index) throws IOException {
        String where = "inputs[" + index + "]";
        require(parser, JsonToken.START_OBJECT, where, "an object");
        @Nullable String name = null;
        @Nullable Datatype datatype = null;
        @Nullable List<Long> shape = null;
        @Nullable TensorData data = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = StrictJson.name(parser);
            parser.nextToken();
            switch (field) {
                case "name" -> name = StrictJson.string(parser, where + ".name");
                case "datatype" -> datatype = Datatype.parse(StrictJson.string(parser, where + ".datatype"));
                case "shape" -> shape = shape(parser, where + ".shape");
                case "data" -> data = TensorData.read(parser, where + ".data", MOST_DIMENSIONS, limits.rows());
                default -> parser.skipChildren();
            }
        }
        if (name == null || datatype == null || shape == null || data == null) {
            throw Answer.badRequest(where + " needs name, shape, datatype and data.");
        }
        return new Tensor(name, datatype, shape, data.sizes(), data.values());
    }

    private static List<Long> shape(JsonParser parser, String where) throws IOException {
        require(parser, JsonToken.START_ARRAY, where, "a list of whole numbers");
        List<Long> shape = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (shape.size() == MOST_DIMENSIONS) {
                throw Answer.badRequest(where + " has more than " + MOST_DIMENSIONS + " dimensions.");
            }
            if (!(StrictJson.scalar(parser, () -> where) instanceof Long size)) {
                throw Answer.badRequest(where + " must hold whole numbers of at most 64 bits.");
            }
            shape.add(size);
        }
        return shape;
    }

    private static List<String> outputs(JsonParser parser) throws IOException {
        require(parser, JsonToken.START_ARRAY, "outputs", "a list of objects");
        List<String> outputs = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (outputs.size() == MOST_OUTPUTS) {
                throw Answer.badRequest("outputs asks for more than " + MOST_OUTPUTS + " outputs.");
            }
            String where = "outputs[" + outputs.size() + "]";
            require(parser, JsonToken.START_OBJECT, where, "an object with the field name");
            @Nullable String output = null;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String field = StrictJson.name(parser);
                parser.nextToken();
                if (field.equals("name")) {
                    output = StrictJson.string(parser, where + ".name");
                } else {
                    parser.skipChildren();
                }
            }
            if (output == null) {
                throw Answer.badRequest(where + " needs a name.");
            }
            outputs.add(output);
        }
        return outputs;
    }

    private static void require(JsonParser parser, JsonToken token, String where, String what) {
        if (parser.currentToken() != token) {
            throw Answer.badRequest(
                    Shown.of(where, 200) + " must be " + what + ", not " + StrictJson.kind(parser) + ".");
        }
    }
}
