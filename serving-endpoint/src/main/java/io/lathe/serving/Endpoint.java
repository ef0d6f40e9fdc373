package io.lathe.serving;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import io.lathe.serving.consumer.Consumer;
import io.lathe.serving.consumer.Consumers;
import io.lathe.serving.http.Answer;
import io.lathe.serving.http.Call;
import io.lathe.serving.http.Gate;
import io.lathe.serving.openinference.OpenInference;
import io.lathe.serving.tensorflow.TensorFlowRest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a call to its answer: open pages first, then the token, then the protocol. Every failure becomes an answer here. */
final class Endpoint {

    private static final Logger log = LoggerFactory.getLogger(Endpoint.class);

    private final Gate gate;
    private final Consumers consumers;
    private final StatusPage status;
    private final TensorFlowRest tensorFlow;
    private final OpenInference openInference;

    Endpoint(
            Gate gate, Consumers consumers, StatusPage status, TensorFlowRest tensorFlow, OpenInference openInference) {
        this.gate = gate;
        this.consumers = consumers;
        this.status = status;
        this.tensorFlow = tensorFlow;
        this.openInference = openInference;
    }

    Answer answer(Call call) {
        try {
            return switch (call.path()) {
                case "/lathe/status" -> open(call, status.status());
                case "/v2/health/live" -> open(call, status.live());
                case "/v2/health/ready" -> open(call, status.ready());
                default -> guarded(call);
            };
        } catch (LatheException e) {
            if (e.code() == ProblemCode.INTERNAL) {
                log.error("Request {} failed", call.requestId(), e);
            }
            return Answer.error(e);
        } catch (RuntimeException e) {
            log.error("Request {} failed", call.requestId(), e);
            return Answer.error(
                    ProblemCode.INTERNAL,
                    "The endpoint failed on this request; its log says why, under " + call.requestId() + ".");
        }
    }

    private static Answer open(Call call, Answer page) {
        return call.reads()
                ? page
                : Answer.error(ProblemCode.METHOD_NOT_ALLOWED, "Only GET is allowed here.")
                        .with("Allow", "GET");
    }

    private Answer guarded(Call call) {
        // TensorFlow Serving matches its paths without regard to case; the other protocol does not say so.
        boolean first = call.path().regionMatches(true, 0, "/v1/", 0, 4);
        boolean second = call.path().startsWith("/v2/") || call.path().equals("/v2");
        if (!first && !second) {
            throw new LatheException(
                    ProblemCode.NOT_FOUND,
                    "There is nothing at " + Shown.of(call.path(), 200)
                            + ". Models are below /v1/models/ and /v2/models/.");
        }
        Consumer consumer = consumers.load(call.header().apply("Authorization"));
        try (Gate.Pass _ = gate.enter()) {
            return first ? tensorFlow.answer(call, consumer) : openInference.answer(call, consumer);
        }
    }
}
