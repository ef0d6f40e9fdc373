package io.lathe.kernel.publish;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.kernel.data.ProjectData;
import io.lathe.kernel.data.VersionHandle;
import io.lathe.kernel.workbench.ProjectApi;
import io.lathe.kernel.workbench.Workbench;
import io.lathe.models.publish.BuiltBundle;
import io.lathe.models.publish.BundleBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.tribuo.Model;

/** Publishes models to the project's workbench. Thread-safe. */
public final class Publisher {

    private static final Duration VERDICT = Duration.ofMinutes(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Set<String> SETTLED = Set.of("done", "failed");

    private final Workbench workbench;
    private final ProjectData data;
    private final Supplier<Progress> progress;

    /**
     * Makes a publisher.
     *
     * @param progress gives a fresh listener for each publication
     */
    public Publisher(Workbench workbench, ProjectData data, Supplier<Progress> progress) {
        this.workbench = workbench;
        this.data = data;
        this.progress = progress;
    }

    /** Builds, uploads and waits for the verdict. */
    public Publication publish(Model<?> model, String name, String evaluateOn) {
        Progress listener = progress.get();
        return follow(upload(model, name, evaluateOn, listener), listener);
    }

    /** Builds and uploads; the judgement goes on at the workbench. */
    public Upload upload(Model<?> model, String name, String evaluateOn, Progress listener) {
        ProjectApi api = workbench.project();
        listener.step("building", "Measuring the model on " + evaluateOn + " and building its bundle");
        VersionHandle evaluation = data.load(evaluateOn);
        // The time of training, not of now: the same model published again is the same bundle.
        Instant createdAt = model.getProvenance().getTrainingTime().toInstant();
        BuiltBundle built = BundleBuilder.of(model)
                .named(name)
                .evaluatedOn(evaluation.ref(), evaluation.rows())
                .with("project", workbench.findProjectName().orElse("unknown"))
                .build(createdAt);
        listener.step("uploading", "Uploading " + kibibytes(built.zip().length));
        JsonNode accepted = api.post(
                "/publications", Map.of("model", name, "evaluateOn", evaluation.ref()), "application/zip", built.zip());
        return new Upload(accepted.path("id").asText());
    }

    private Publication follow(Upload upload, Progress listener) {
        ProjectApi api = workbench.project();
        Instant deadline = Instant.now().plus(VERDICT);
        String path = "/publications/" + upload.id();
        api.events(path + "/events", VERDICT, event -> {
            // The stream's own last word has no state.
            if (event.hasNonNull("state")) {
                listener.step(
                        event.path("state").asText(), event.path("message").asText());
            }
        });
        JsonNode now = api.get(path);
        while (!SETTLED.contains(now.path("state").asText())) {
            if (Instant.now().isAfter(deadline)) {
                throw new LatheException(
                        ProblemCode.OUTCOME_UNKNOWN,
                        "Publication " + upload.id() + " is still '"
                                + now.path("state").asText() + "' after " + VERDICT.toMinutes()
                                + " minutes. The model's page in the workbench shows how it ends.");
            }
            pause();
            now = api.get(path);
        }
        if (now.path("state").asText().equals("failed")) {
            throw new LatheException(ProblemCode.CONFLICT, failure(now));
        }
        return Publication.of(now);
    }

    private static String failure(JsonNode node) {
        String why = node.path("error").asText(node.path("message").asText());
        if (why.isEmpty()) {
            why = String.join(" ", Publication.of(node).reasons());
        }
        return "The publication failed" + (why.isEmpty() ? "; the workbench's log says why." : ": " + why);
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LatheException(
                    ProblemCode.OUTCOME_UNKNOWN,
                    "The cell was interrupted; the publication goes on at the workbench. The model's page shows how it ends.",
                    e);
        }
    }

    private static String kibibytes(int bytes) {
        return Math.max(1, bytes / 1024) + " KiB";
    }
}
