package io.lathe.serving.tensorflow;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lathe.models.predict.RowPrediction;
import io.lathe.serving.model.ServedModel;
import io.lathe.serving.predict.Output;
import io.lathe.serving.predict.Predictions;
import java.io.IOException;
import java.util.List;

/**
 * Writes an answer as TensorFlow Serving shapes it: of a model with one output the bare values, of one with several an object for
 * each row, or in column form one object with a list for each output.
 */
final class PredictAnswer {

    private PredictAnswer() {}

    static void write(JsonGenerator json, Form form, ServedModel model, Predictions.Outcome outcome)
            throws IOException {
        List<Output> outputs = Output.of(model.kind());
        json.writeStartObject();
        json.writeFieldName(form.answer());
        if (outputs.size() == 1) {
            column(json, outputs.getFirst(), outcome.predictions());
        } else if (form == Form.COLUMNS) {
            json.writeStartObject();
            for (Output output : outputs) {
                json.writeFieldName(output.wireName());
                column(json, output, outcome.predictions());
            }
            json.writeEndObject();
        } else {
            rows(json, outputs, outcome.predictions());
        }
        if (!outcome.warnings().isEmpty()) {
            json.writeArrayFieldStart("warnings");
            for (String warning : outcome.warnings()) {
                json.writeString(warning);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void rows(JsonGenerator json, List<Output> outputs, List<RowPrediction.Predicted> rows)
            throws IOException {
        json.writeStartArray();
        for (RowPrediction.Predicted row : rows) {
            json.writeStartObject();
            for (Output output : outputs) {
                json.writeFieldName(output.wireName());
                value(json, output, row);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void column(JsonGenerator json, Output output, List<RowPrediction.Predicted> rows)
            throws IOException {
        json.writeStartArray();
        for (RowPrediction.Predicted row : rows) {
            value(json, output, row);
        }
        json.writeEndArray();
    }

    private static void value(JsonGenerator json, Output output, RowPrediction.Predicted row) throws IOException {
        if (output.isList()) {
            json.writeStartArray();
            output.write(json, row);
            json.writeEndArray();
        } else {
            output.write(json, row);
        }
    }
}
