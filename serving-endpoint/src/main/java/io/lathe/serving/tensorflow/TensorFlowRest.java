package io.lathe.serving.tensorflow;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lathe.models.predict.RowPrediction;
import io.lathe.serving.consumer.Consumer;
import io.lathe.serving.http.Admission;
import io.lathe.serving.http.Answer;
import io.lathe.serving.http.Call;
import io.lathe.serving.http.RequestBodies;
import io.lathe.serving.http.SafeText;
import io.lathe.serving.model.Deployment;
import io.lathe.serving.model.Lease;
import io.lathe.serving.model.ModelView;
import io.lathe.serving.predict.Predictions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers everything below {@code /v1/}. Thread-safe. */
public final class TensorFlowRest {

    private final Predictions predictions;
    private final Deployment deployment;
    private final RequestBodies bodies;
    private final Admission admission;
    private final PredictRows rows;

    public TensorFlowRest(
            Predictions predictions,
            Deployment deployment,
            RequestBodies bodies,
            Admission admission,
            PredictRows rows) {
        this.predictions = predictions;
        this.deployment = deployment;
        this.bodies = bodies;
        this.admission = admission;
        this.rows = rows;
    }

    /** Answers the call, or throws LatheException. */
    public Answer answer(Call call, Consumer consumer) {
        Optional<TensorFlowPath> path = switch (call.method()) {
            case "POST" -> TensorFlowPath.findCall(call.path());
            case "GET" -> TensorFlowPath.findLook(call.path());
            default -> Optional.empty();
        };
        if (path.isEmpty()) {
            throw Answer.badRequest(
                    call.path().matches("/v1/models/?")
                            ? "Missing model name in request. Ask for /v1/models/NAME."
                            : "Malformed request: " + call.method() + " " + SafeText.cut(call.path(), 200));
        }
        TensorFlowPath asked = path.get();
        return switch (asked.verb()) {
            case "predict" ->
                predictions.withVersion(consumer, asked.model(), asked.choice(), lease -> predict(call, lease));
            case "metadata" ->
                predictions.withVersion(
                        consumer, asked.model(), asked.choice(), lease -> Metadata.of(asked.model(), lease));
            case TensorFlowPath.STATUS -> status(asked, consumer);
            default -> Answer.error(501, "Only predict is served; " + asked.verb() + " needs another kind of model.");
        };
    }

    private Answer predict(Call call, Lease lease) {
        return bodies.with(
                call,
                body -> admission.inTurn(call.deadline(), () -> {
                    List<Map<String, @Nullable Object>> asked = rows.read(call.mediaType(), body, lease.model());
                    Predictions.Outcome outcome = predictions.predict(lease.model(), asked, call.deadline());
                    return Answer.ok(json -> write(json, outcome));
                }));
    }

    private static void write(JsonGenerator json, Predictions.Outcome outcome) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("predictions");
        for (RowPrediction.Predicted prediction : outcome.predictions()) {
            json.writeStartObject();
            json.writeStringField("label", prediction.label());
            json.writeArrayFieldStart("probabilities");
            for (double probability : prediction.probabilities()) {
                json.writeNumber(probability);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        if (!outcome.warnings().isEmpty()) {
            json.writeArrayFieldStart("warnings");
            for (String warning : outcome.warnings()) {
                json.writeString(warning);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private Answer status(TensorFlowPath asked, Consumer consumer) {
        if (!consumer.mayCall(asked.model())) {
            throw Predictions.unknown(asked.model(), consumer);
        }
        ModelView model =
                deployment.find(asked.model()).orElseThrow(() -> Predictions.unknown(asked.model(), consumer));
        return ModelStatus.of(model, asked.named().map(choice -> Deployment.numberOf(model, choice)));
    }
}
