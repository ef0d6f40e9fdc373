package io.lathe.serving.openinference;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.Nearest;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import io.lathe.serving.consumer.Consumer;
import io.lathe.serving.http.Admission;
import io.lathe.serving.http.Answer;
import io.lathe.serving.http.Call;
import io.lathe.serving.http.Limits;
import io.lathe.serving.http.RequestBodies;
import io.lathe.serving.http.StrictJson;
import io.lathe.serving.model.Choice;
import io.lathe.serving.model.Deployment;
import io.lathe.serving.model.Lease;
import io.lathe.serving.model.ModelView;
import io.lathe.serving.model.ServedModel;
import io.lathe.serving.predict.Output;
import io.lathe.serving.predict.Predictions;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers everything below {@code /v2} but health. Thread-safe. */
public final class OpenInference {

    private static final Pattern MODEL =
            Pattern.compile("/v2/models/([^/]+)(?:/versions/([^/]+))?(?:/(ready|infer))?/?");
    private static final String BINARY_HEADER = "Inference-Header-Content-Length";

    private final Predictions predictions;
    private final Deployment deployment;
    private final RequestBodies bodies;
    private final Admission admission;
    private final InferReader reader;
    private final String serverVersion;

    public OpenInference(
            Predictions predictions,
            Deployment deployment,
            RequestBodies bodies,
            Admission admission,
            StrictJson json,
            Limits limits,
            String serverVersion) {
        this.predictions = predictions;
        this.deployment = deployment;
        this.bodies = bodies;
        this.admission = admission;
        this.reader = new InferReader(json, limits);
        this.serverVersion = serverVersion;
    }

    /** Answers the call, or throws LatheException. */
    public Answer answer(Call call, Consumer consumer) {
        if (call.path().equals("/v2") || call.path().equals("/v2/")) {
            return call.reads() ? server() : notAllowed("GET");
        }
        Matcher path = MODEL.matcher(call.path());
        if (!path.matches()) {
            throw new LatheException(
                    ProblemCode.NOT_FOUND,
                    "There is nothing at " + Shown.of(call.path(), 200) + ". Models are below /v2/models/NAME.");
        }
        String model = decoded(path.group(1));
        Choice choice =
                Optional.ofNullable(path.group(2)).map(OpenInference::numbered).orElse(new Choice.Production());
        String what = Optional.ofNullable(path.group(3)).orElse("metadata");
        if (what.equals("infer") ? !call.posts() : !call.reads()) {
            return notAllowed(what.equals("infer") ? "POST" : "GET");
        }
        return predictions.withVersion(consumer, model, choice, lease -> switch (what) {
            case "infer" -> infer(call, model, lease);
            case "ready" -> ready(model);
            default -> ModelMetadata.of(model, availableVersions(model), lease);
        });
    }

    private List<Integer> availableVersions(String model) {
        return deployment.find(model).map(ModelView::availableVersions).orElse(List.of());
    }

    private Answer infer(Call call, String model, Lease lease) {
        if (call.header().apply(BINARY_HEADER).isPresent()) {
            throw Answer.badRequest(
                    "Binary tensor data is not served; send the tensors as JSON, and ask for JSON outputs.");
        }
        return bodies.with(
                call,
                body -> admission.inTurn(call.deadline(), () -> {
                    InferRequest request = reader.read(body);
                    List<Output> wanted = wanted(request.outputs(), lease.model());
                    var rows = InferRows.of(request, lease.model());
                    var outcome = predictions.predict(lease.model(), rows, call.deadline());
                    return Answer.ok(json -> InferAnswer.write(json, model, lease, request.id(), wanted, outcome));
                }));
    }

    /** The outputs to send: those asked for in the order asked, each once, or all. Refuses a name that is no output. */
    private static List<Output> wanted(List<String> asked, ServedModel model) {
        List<Output> all = Output.of(model.kind());
        if (asked.isEmpty()) {
            return all;
        }
        return asked.stream()
                .distinct()
                .map(name -> all.stream()
                        .filter(output -> output.wireName().equals(name))
                        .findFirst()
                        .orElseThrow(() -> Answer.badRequest("Output '" + Shown.of(name) + "' does not exist."
                                + Nearest.hint(
                                        name, all.stream().map(Output::wireName).toList()))))
                .toList();
    }

    private Answer server() {
        return Answer.ok(json -> {
            json.writeStartObject();
            json.writeStringField("name", "lathe");
            json.writeStringField("version", serverVersion);
            json.writeArrayFieldStart("extensions");
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static Answer ready(String model) {
        return Answer.ok(json -> {
            json.writeStartObject();
            json.writeStringField("name", model);
            json.writeBooleanField("ready", true);
            json.writeEndObject();
        });
    }

    private static Answer notAllowed(String method) {
        return Answer.error(ProblemCode.METHOD_NOT_ALLOWED, "Only " + method + " is allowed here.")
                .with("Allow", method);
    }

    private static Choice numbered(String version) {
        if (!version.matches("\\d{1,18}")) {
            throw new LatheException(
                    ProblemCode.NOT_FOUND, "There is no version '" + Shown.of(version) + "'; versions are numbers.");
        }
        return new Choice.Numbered(Long.parseLong(version));
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST, "The path holds a broken percent sign; send it as %25.", e);
        }
    }
}
