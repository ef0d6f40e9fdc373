package io.lathe.workbench.serving;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Waits until the serving endpoint has done what the registry says. Thread-safe. */
public final class Deployment {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    /** A model that takes the endpoint down twice while it is loaded would do so for ever. */
    private static final int MOST_ENDS = 2;

    private final EndpointProcess endpoint;
    private final RouteVersion routes;
    private final Duration patience;

    public Deployment(EndpointProcess endpoint, RouteVersion routes) {
        this(endpoint, routes, PATIENCE);
    }

    /** @param patience how long one step of the endpoint may take, its restarts included */
    public Deployment(EndpointProcess endpoint, RouteVersion routes, Duration patience) {
        this.endpoint = endpoint;
        this.routes = routes;
        this.patience = patience;
    }

    /**
     * Returns when the endpoint has loaded and warmed the version.
     *
     * @throws LatheException CONFLICT when the endpoint cannot serve this version; TIMEOUT when it does not in time
     */
    public void awaitLoaded(String model, int version) throws InterruptedException {
        await("load", model, version, seen -> true, () -> true);
    }

    /**
     * Returns when the endpoint answers with this version who asks for none, or when that is wanted no more.
     *
     * @param wanted whether the version is to be in production still
     * @throws LatheException CONFLICT when the endpoint cannot serve this version; TIMEOUT when it does not in time
     */
    public void awaitProduction(String model, int version, BooleanSupplier wanted) throws InterruptedException {
        await("serve", model, version, seen -> seen.aliases().contains("production"), wanted);
    }

    private void await(
            String what,
            String model,
            int version,
            Predicate<EndpointStatus.VersionStatus> done,
            BooleanSupplier wanted)
            throws InterruptedException {
        int route = routes.now();
        int endsBefore = endpoint.ends();
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline && wanted.getAsBoolean()) {
            Optional<EndpointStatus.VersionStatus> seen = endpoint.status()
                    .filter(status -> status.routeVersion() >= route)
                    .flatMap(status -> status.find(model, version));
            if (seen.isPresent()) {
                switch (seen.get().progress()) {
                    case AVAILABLE -> {
                        if (done.test(seen.get())) {
                            return;
                        }
                    }
                    case FAILED -> throw cannotServe(model, version, seen.get().reason());
                    case LOADING -> {}
                }
            }
            if (endpoint.ends() - endsBefore >= MOST_ENDS) {
                throw cannotServe(
                        model,
                        version,
                        "It ended " + MOST_ENDS + " times meanwhile; logs/serving.log in the data folder may say why.");
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        if (!wanted.getAsBoolean()) {
            return;
        }
        throw new LatheException(
                ProblemCode.TIMEOUT,
                "The serving endpoint did not " + what + " version " + version + " of '" + model + "' within "
                        + patience.toSeconds()
                        + " s; logs/serving.log in the data folder may say why. Publish the model again when it runs.");
    }

    /**
     * Makes sure that a version can be put in production, as far as the endpoint can be asked: one that does not answer is no reason to
     * keep a person from deciding.
     *
     * @param load lets the endpoint load the version, where it has not
     * @param undo takes that back, when it could not
     * @throws LatheException CONFLICT when the endpoint cannot serve this version; TIMEOUT when it does not load it in time
     */
    public void requireServable(String model, int version, Runnable load, Runnable undo) throws InterruptedException {
        Optional<EndpointStatus> status = endpoint.status();
        if (status.isEmpty()) {
            return;
        }
        Optional<EndpointStatus.VersionStatus> seen = status.get().find(model, version);
        if (seen.isPresent() && seen.get().progress() == EndpointStatus.Progress.AVAILABLE) {
            return;
        }
        load.run();
        try {
            awaitLoaded(model, version);
        } catch (LatheException | InterruptedException e) {
            undo.run();
            throw e;
        }
    }

    private static LatheException cannotServe(String model, int version, String reason) {
        return new LatheException(
                ProblemCode.CONFLICT,
                "The serving endpoint cannot serve version " + version + " of '" + model + "': " + reason
                        + (reason.endsWith(".") ? "" : ".") + " Train and publish another one.");
    }
}
