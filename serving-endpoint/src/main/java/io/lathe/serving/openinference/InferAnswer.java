package io.lathe.serving.openinference;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lathe.models.predict.RowPrediction;
import io.lathe.serving.model.Lease;
import io.lathe.serving.predict.Output;
import io.lathe.serving.predict.Predictions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Writes an infer answer, flat and row-major: {@code label} BYTES [n] and {@code probabilities} FP64 [n,k], or {@code prediction}
 * FP64 [n].
 */
final class InferAnswer {

    private InferAnswer() {}

    static void write(
            JsonGenerator json,
            String model,
            Lease lease,
            Optional<String> id,
            List<Output> wanted,
            Predictions.Outcome outcome)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("model_name", model);
        json.writeStringField("model_version", String.valueOf(lease.version()));
        if (id.isPresent()) {
            json.writeStringField("id", id.get());
        }
        if (!outcome.warnings().isEmpty()) {
            // The protocol allows parameters to be strings, numbers and booleans only.
            json.writeObjectFieldStart("parameters");
            json.writeStringField("warnings", String.join("\n", outcome.warnings()));
            json.writeEndObject();
        }
        json.writeArrayFieldStart("outputs");
        for (Output output : wanted) {
            tensor(json, lease, output, outcome.predictions());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void tensor(JsonGenerator json, Lease lease, Output output, List<RowPrediction.Predicted> rows)
            throws IOException {
        int[] shape = ModelMetadata.shape(rows.size(), output.rowShape(lease.model()));
        json.writeStartObject();
        json.writeStringField("name", output.wireName());
        json.writeStringField("datatype", Datatype.of(output).name());
        json.writeFieldName("shape");
        json.writeArray(shape, 0, shape.length);
        json.writeArrayFieldStart("data");
        for (RowPrediction.Predicted row : rows) {
            output.write(json, row);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
