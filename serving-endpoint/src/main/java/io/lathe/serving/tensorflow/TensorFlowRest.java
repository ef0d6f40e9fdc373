package io.lathe.serving.tensorflow;

import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import io.lathe.models.ModelKind;
import io.lathe.serving.consumer.Consumer;
import io.lathe.serving.http.Admission;
import io.lathe.serving.http.Answer;
import io.lathe.serving.http.Call;
import io.lathe.serving.http.RequestBodies;
import io.lathe.serving.model.Deployment;
import io.lathe.serving.model.Lease;
import io.lathe.serving.model.ModelView;
import io.lathe.serving.predict.Predictions;
import java.util.Optional;
import java.util.function.Function;

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
                            : "Malformed request: " + call.method() + " " + Shown.of(call.path(), 200));
        }
        TensorFlowPath asked = path.get();
        return switch (asked.verb()) {
            case "predict" ->
                predictions.withVersion(consumer, asked.model(), asked.choice(), lease -> predict(call, lease));
            case "metadata" ->
                predictions.withVersion(
                        consumer, asked.model(), asked.choice(), lease -> Metadata.of(asked.model(), lease));
            case TensorFlowPath.STATUS -> status(asked, consumer);
            case "regress" ->
                predictions.withVersion(consumer, asked.model(), asked.choice(), lease -> regress(call, lease));
            default ->
                predictions.withVersion(consumer, asked.model(), asked.choice(), lease -> notServed(asked.verb()));
        };
    }

    private Answer predict(Call call, Lease lease) {
        return answer(call, lease, body -> rows.predict(call.mediaType(), body, lease.model()));
    }

    private Answer regress(Call call, Lease lease) {
        return lease.model().kind() == ModelKind.REGRESSION
                ? answer(call, lease, body -> rows.regress(call.mediaType(), body, lease.model()))
                : notServed("regress");
    }

    private static Answer notServed(String verb) {
        return Answer.error(ProblemCode.NOT_IMPLEMENTED, verb + " is not served for this kind of model. Use predict.");
    }

    private Answer answer(Call call, Lease lease, Function<byte[], Asked> reading) {
        return bodies.with(
                call,
                body -> admission.inTurn(call.deadline(), () -> {
                    Asked asked = reading.apply(body);
                    Predictions.Outcome outcome = predictions.predict(lease.model(), asked.rows(), call.deadline());
                    return Answer.ok(json -> PredictAnswer.write(json, asked.form(), lease.model(), outcome));
                }));
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
