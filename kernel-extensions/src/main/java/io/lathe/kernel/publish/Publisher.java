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
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tribuo.Model;

/** Publishes models to the project's workbench. Thread-safe. */
public final class Publisher {

    private static final Duration VERDICT = Duration.ofMinutes(10);
    private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(3);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Set<String> SETTLED = Set.of("done", "failed", "cancelled");

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
        return follow(workbench.project(), upload(model, name, evaluateOn, listener), listener);
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
        return send(api, Map.of("model", name, "evaluateOn", evaluation.ref()), built.zip(), listener);
    }

    /**
     * Uploads under a key of its own, which becomes the publication's id: when the answer is lost, the workbench is asked whether it
     * has the bundle, and sent it again when it has not.
     */
    static Upload send(ProjectApi api, Map<String, String> query, byte[] zip, Progress listener) {
        String key = UUID.randomUUID().toString();
        Outage outage = new Outage();
        while (true) {
            try {
                JsonNode accepted = api.post("/publications", query, key, "application/zip", zip);
                return new Upload(accepted.path("id").asText());
            } catch (LatheException e) {
                outage.endure(e);
                listener.step("uploading", "The workbench did not answer; asking whether it has the bundle");
                if (isThere(api, key, outage)) {
                    return new Upload(key);
                }
            }
        }
    }

    private static boolean isThere(ProjectApi api, String id, Outage outage) {
        while (true) {
            pause();
            try {
                api.get("/publications/" + id);
                return true;
            } catch (LatheException e) {
                if (e.code() == ProblemCode.NOT_FOUND) {
                    return false;
                }
                outage.endure(e);
            }
        }
    }

    /** Follows to the end, over lost connections and restarts of the workbench. */
    static Publication follow(ProjectApi api, Upload upload, Progress listener) {
        Instant deadline = Instant.now().plus(VERDICT);
        String path = "/publications/" + upload.id();
        AtomicInteger seen = new AtomicInteger();
        Outage outage = new Outage();
        while (true) {
            try {
                api.events(path + "/events?after=" + seen.get(), VERDICT, event -> {
                    // The stream's own last word has no state.
                    if (event.hasNonNull("state")) {
                        seen.incrementAndGet();
                        listener.step(
                                event.path("state").asText(),
                                event.path("message").asText());
                    }
                });
                JsonNode now = api.get(path);
                outage.isOver();
                if (SETTLED.contains(now.path("state").asText())) {
                    return settled(now);
                }
                if (Instant.now().isAfter(deadline)) {
                    throw new LatheException(
                            ProblemCode.OUTCOME_UNKNOWN,
                            "Publication '" + upload.id() + "' is still '"
                                    + now.path("state").asText() + "' after " + VERDICT.toMinutes()
                                    + " minutes. The model's page in the workbench shows how it ends; look there.");
                }
            } catch (LatheException e) {
                outage.endure(e);
            }
            pause();
        }
    }

    private static Publication settled(JsonNode now) {
        return switch (now.path("state").asText()) {
            case "failed" -> throw new LatheException(ProblemCode.CONFLICT, failure(now));
            case "cancelled" ->
                throw new LatheException(
                        ProblemCode.CONFLICT,
                        "Publication '" + now.path("id").asText()
                                + "' was cancelled; production is as it was. Publish the model again if you want it.");
            default -> Publication.of(now);
        };
    }

    /** A time without answers: the workbench may be restarting, so it is asked again, within a bound. */
    private static final class Outage {
        private @Nullable Instant since;

        void isOver() {
            since = null;
        }

        /** Returns when it is worth asking again; throws what happened when it is not. */
        void endure(LatheException e) {
            boolean mayPass = e.code() == ProblemCode.UNAVAILABLE
                    || e.code() == ProblemCode.TIMEOUT
                    || (e.code() == ProblemCode.OUTCOME_UNKNOWN && e.getCause() instanceof IOException);
            if (!mayPass || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            Instant now = Instant.now();
            if (since == null) {
                since = now;
            }
            if (Duration.between(since, now).compareTo(LONGEST_OUTAGE) > 0) {
                throw new LatheException(
                        ProblemCode.OUTCOME_UNKNOWN,
                        "The workbench did not answer for " + LONGEST_OUTAGE.toMinutes()
                                + " minutes, so it is not known what became of the publication. Look at the model's page when it runs again.",
                        e);
            }
        }
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
