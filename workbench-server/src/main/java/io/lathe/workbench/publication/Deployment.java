package io.lathe.workbench.publication;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.workbench.registry.ModelName;
import io.lathe.workbench.serving.EndpointProcess;
import io.lathe.workbench.serving.EndpointStatus;
import io.lathe.workbench.serving.RouteVersion;
import java.time.Duration;
import java.util.Optional;

/** Waits until the serving endpoint serves what the registry says. Thread-safe. */
public final class Deployment {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final EndpointProcess endpoint;
    private final RouteVersion routes;

    public Deployment(EndpointProcess endpoint, RouteVersion routes) {
        this.endpoint = endpoint;
        this.routes = routes;
    }

    /**
     * Returns when the endpoint serves the version.
     *
     * @throws LatheException CONFLICT when the endpoint cannot serve this version; TIMEOUT when it does not within 30 seconds
     */
    public void awaitLive(ModelName model, int version) throws InterruptedException {
        int route = routes.now();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<EndpointStatus> status = endpoint.status().filter(seen -> seen.routeVersion() >= route);
            Optional<EndpointStatus.VersionStatus> seen = status.flatMap(now -> now.find(model.value(), version));
            if (seen.isPresent()) {
                switch (seen.get().progress()) {
                    case AVAILABLE -> {
                        return;
                    }
                    case FAILED ->
                        throw new LatheException(
                                ProblemCode.CONFLICT,
                                "The serving endpoint cannot serve version " + version + ": "
                                        + seen.get().reason() + " See logs/serving.log in the data folder.");
                    case LOADING -> {}
                }
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        throw new LatheException(
                ProblemCode.TIMEOUT,
                "Version " + version + " of '" + model
                        + "' is in production, but the serving endpoint did not serve it within " + PATIENCE.toSeconds()
                        + " s; logs/serving.log in the data folder may say why.");
    }
}
