package io.lathe.serving.openinference;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lathe.models.predict.RowPrediction;
import io.lathe.serving.model.Lease;
import io.lathe.serving.predict.Predictions;
import java.io.IOException;
import java.util.List;

/** Writes an infer answer: {@code label} BYTES [n] and {@code probabilities} FP64 [n,k], flat and row-major. */
final class InferAnswer {

    private InferAnswer() {}

    static void write(JsonGenerator json, String model, Lease lease, InferRequest request, Predictions.Outcome outcome)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("model_name", model);
        json.writeStringField("model_version", String.valueOf(lease.version()));
        if (request.id().isPresent()) {
            json.writeStringField("id", request.id().get());
        }
        if (!outcome.warnings().isEmpty()) {
            // The protocol allows parameters to be strings, numbers and booleans only.
            json.writeObjectFieldStart("parameters");
            json.writeStringField("warnings", String.join("\n", outcome.warnings()));
            json.writeEndObject();
        }
        json.writeArrayFieldStart("outputs");
        for (String output : Output.wanted(request.outputs())) {
            if (output.equals(Output.LABEL)) {
                labels(json, outcome.predictions());
            } else {
                probabilities(
                        json, outcome.predictions(), lease.model().labels().size());
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void labels(JsonGenerator json, List<RowPrediction.Predicted> rows) throws IOException {
        head(json, Output.LABEL, "BYTES", rows.size());
        for (RowPrediction.Predicted row : rows) {
            json.writeString(row.label());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void probabilities(JsonGenerator json, List<RowPrediction.Predicted> rows, int labels)
            throws IOException {
        head(json, Output.PROBABILITIES, "FP64", rows.size(), labels);
        for (RowPrediction.Predicted row : rows) {
            for (double probability : row.probabilities()) {
                json.writeNumber(probability);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void head(JsonGenerator json, String name, String datatype, int... shape) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("datatype", datatype);
        json.writeFieldName("shape");
        json.writeArray(shape, 0, shape.length);
        json.writeArrayFieldStart("data");
    }
}
