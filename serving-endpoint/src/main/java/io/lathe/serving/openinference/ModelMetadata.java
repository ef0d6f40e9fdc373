package io.lathe.serving.openinference;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lathe.datasets.schema.Feature;
import io.lathe.models.ModelKind;
import io.lathe.serving.http.Answer;
import io.lathe.serving.model.Lease;
import io.lathe.serving.predict.Output;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** The answer to {@code GET /v2/models/NAME}: raw columns in, the outputs of its kind out, and the labels in their order. */
final class ModelMetadata {

    private static final int ANY = -1;

    private ModelMetadata() {}

    static Answer of(String model, List<Integer> versions, Lease lease) {
        return Answer.ok(json -> {
            json.writeStartObject();
            json.writeStringField("name", model);
            json.writeArrayFieldStart("versions");
            for (int version : versions) {
                json.writeString(String.valueOf(version));
            }
            json.writeEndArray();
            json.writeStringField("platform", "tribuo_protobuf");
            json.writeArrayFieldStart("inputs");
            for (Feature feature : lease.model().contract().features()) {
                tensor(json, feature.name(), Datatype.of(feature).name(), ANY);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("outputs");
            for (Output output : Output.of(lease.model().kind())) {
                tensor(json, output.wireName(), Datatype.of(output).name(), shape(ANY, output.rowShape(lease.model())));
            }
            json.writeEndArray();
            if (lease.model().kind() == ModelKind.CLASSIFICATION) {
                json.writeArrayFieldStart("labels");
                for (String label : lease.model().labels()) {
                    json.writeString(label);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        });
    }

    /** A tensor's shape: rows, then the sizes of one row's value. */
    static int[] shape(int rows, int[] rowShape) {
        return IntStream.concat(IntStream.of(rows), IntStream.of(rowShape)).toArray();
    }

    private static void tensor(JsonGenerator json, String name, String datatype, int... shape) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("datatype", datatype);
        json.writeFieldName("shape");
        json.writeArray(shape, 0, shape.length);
        json.writeEndObject();
    }
}
