package io.lathe.serving.tensorflow;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lathe.datasets.schema.Feature;
import io.lathe.models.ModelKind;
import io.lathe.serving.http.Answer;
import io.lathe.serving.model.Lease;
import io.lathe.serving.predict.Output;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;

/** The answer to {@code GET …/metadata}: the signature in this protocol's shape, one input for each raw column. */
final class Metadata {

    private static final String UNKNOWN_SIZE = "-1";

    private Metadata() {}

    static Answer of(String model, Lease lease) {
        return Answer.ok(json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("model_spec");
            json.writeStringField("name", model);
            json.writeStringField("signature_name", "");
            json.writeStringField("version", String.valueOf(lease.version()));
            json.writeEndObject();
            json.writeObjectFieldStart("metadata");
            json.writeObjectFieldStart("signature_def");
            json.writeObjectFieldStart("signature_def");
            signature(json, lease);
            json.writeEndObject();
            json.writeEndObject();
            if (lease.model().kind() == ModelKind.CLASSIFICATION) {
                json.writeArrayFieldStart("labels");
                for (String label : lease.model().labels()) {
                    json.writeString(label);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private static void signature(JsonGenerator json, Lease lease) throws IOException {
        json.writeObjectFieldStart("serving_default");
        json.writeObjectFieldStart("inputs");
        for (Feature feature : lease.model().contract().features()) {
            tensor(json, feature.name(), dtype(feature), UNKNOWN_SIZE);
        }
        json.writeEndObject();
        json.writeObjectFieldStart("outputs");
        for (Output output : Output.of(lease.model().kind())) {
            tensor(json, output.wireName(), output.isText() ? "DT_STRING" : "DT_DOUBLE", sizes(output, lease));
        }
        json.writeEndObject();
        json.writeStringField("method_name", "tensorflow/serving/predict");
        json.writeObjectFieldStart("defaults");
        json.writeEndObject();
        json.writeEndObject();
    }

    private static String[] sizes(Output output, Lease lease) {
        return Stream.concat(
                        Stream.of(UNKNOWN_SIZE),
                        Arrays.stream(output.rowShape(lease.model())).mapToObj(String::valueOf))
                .toArray(String[]::new);
    }

    private static void tensor(JsonGenerator json, String name, String dtype, String... sizes) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("dtype", dtype);
        json.writeObjectFieldStart("tensor_shape");
        json.writeArrayFieldStart("dim");
        for (String size : sizes) {
            json.writeStartObject();
            json.writeStringField("size", size);
            json.writeStringField("name", "");
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeBooleanField("unknown_rank", false);
        json.writeEndObject();
        json.writeStringField("name", name);
        json.writeEndObject();
    }

    private static String dtype(Feature feature) {
        return switch (feature.columnType()) {
            case BOOLEAN -> "DT_BOOL";
            case LONG -> "DT_INT64";
            case DOUBLE -> "DT_DOUBLE";
            case TEXT, DATE, DATE_TIME -> "DT_STRING";
        };
    }
}
