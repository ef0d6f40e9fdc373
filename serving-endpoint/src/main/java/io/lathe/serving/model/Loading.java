package io.lathe.serving.model;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.serving.route.RouteDocument;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads one version at a time beside the threads that serve, with a deadline. Whatever a bundle does while loading, it ends as a
 * LatheException here; a load that overruns is left behind and closed when it ends.
 */
public final class Loading {

    private static final Logger log = LoggerFactory.getLogger(Loading.class);

    private final ModelLoader loader;
    private final Duration deadline;

    public Loading(ModelLoader loader, Duration deadline) {
        this.loader = loader;
        this.deadline = deadline;
    }

    ServedModel load(String model, RouteDocument.Version version) throws InterruptedException {
        CompletableFuture<ServedModel> outcome = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform()
                .daemon()
                .name("load-" + model + "-" + version.version())
                .start(() -> {
                    try {
                        ServedModel loaded = loader.load(version);
                        if (!outcome.complete(loaded)) {
                            loaded.close();
                        }
                    } catch (Throwable failure) {
                        outcome.completeExceptionally(failure);
                    }
                });
        try {
            ServedModel loaded = outcome.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
            log.info("Model {} version {} is available", model, version.version());
            return loaded;
        } catch (TimeoutException e) {
            throw new LatheException(
                    ProblemCode.TIMEOUT,
                    "The version was not ready within " + deadline.toSeconds()
                            + " s. Try a smaller model, or start the endpoint again when the machine is less busy.",
                    e);
        } catch (ExecutionException e) {
            log.warn("Model {} version {} cannot be served", model, version.version(), e.getCause());
            throw e.getCause() instanceof LatheException known
                    ? known
                    : new LatheException(
                            ProblemCode.INTERNAL, "The version could not be loaded; the endpoint's log says why.", e);
        } finally {
            if (outcome.completeExceptionally(new TimeoutException())) {
                thread.interrupt();
            }
        }
    }
}
