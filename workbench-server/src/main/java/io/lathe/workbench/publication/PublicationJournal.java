package io.lathe.workbench.publication;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.workbench.access.ProjectGrant;
import io.lathe.workbench.event.JobId;
import io.lathe.workbench.event.Jobs;
import io.lathe.workbench.json.Json;
import io.lathe.workbench.registry.ModelName;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Publications with their event logs. A state, the event that tells of it, and what makes it true in the registry change in one
 * transaction: whoever is killed leaves all of it or nothing. Thread-safe.
 */
final class PublicationJournal {
    private record Step(String at, String state, String message) {}

    /** The first step says which bytes arrived. */
    private record Arrival(String at, String state, String message, String sha256) {}

    /** Thrown instead of a move when somebody wants the publication cancelled. */
    static final class CancelAsked extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final Jdbi jdbi;
    private final Jobs jobs;
    private final Clock clock;

    PublicationJournal(Jdbi jdbi, Jobs jobs, Clock clock) {
        this.jdbi = jdbi;
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * Begins one whose bundle is there; one that was begun under this id before is answered as it is now.
     *
     * @param sha256 of the bundle's bytes as they were sent
     */
    Publication begin(String id, ProjectGrant project, ModelName model, String evaluateOn, String sha256) {
        Publication begun =
                jdbi.inTransaction(handle -> PublicationTable.find(handle, id).orElseGet(() -> {
                    Publication fresh = new Publication(
                            id,
                            project.ownerId(),
                            project.projectId(),
                            model,
                            evaluateOn,
                            PublicationState.UPLOADED,
                            jobs.start(handle, project.ownerId(), "publication", model.value()),
                            OptionalInt.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            false,
                            clock.instant().truncatedTo(ChronoUnit.MILLIS));
                    PublicationTable.insert(handle, fresh);
                    jobs.append(
                            handle,
                            fresh.events(),
                            "step",
                            Json.write(new Arrival(
                                    fresh.createdAt().toString(),
                                    fresh.state().wireName(),
                                    "The bundle has arrived",
                                    sha256)));
                    return fresh;
                }));
        jobs.announce();
        return begun;
    }

    /** The SHA-256 of the bytes that the publication began with; none where an earlier Lathe did not keep it. */
    Optional<String> upload(Publication publication) {
        return jobs.read(publication.ownerId(), publication.events(), 0, 1).stream()
                .map(first -> Json.tree(first.data()).path("sha256").asText())
                .filter(sha256 -> !sha256.isEmpty())
                .findFirst();
    }

    /**
     * Moves a publication on.
     *
     * @param work what makes the new state true, in the same transaction
     * @throws CancelAsked when it is to be cancelled and the move is not its end
     * @throws IllegalStateException when the state cannot follow the present one
     */
    Publication move(Publication publication, PublicationState next, String message, Consumer<Handle> work) {
        Publication moved = jdbi.inTransaction(handle -> {
            Publication now = load(handle, publication.id());
            boolean gaveUp = next == PublicationState.CANCELLED || next == PublicationState.FAILED;
            if (now.cancelAsked() && now.state().mayBeCancelled() && !gaveUp) {
                throw new CancelAsked();
            }
            now.state().requireNext(next);
            work.accept(handle);
            PublicationTable.state(handle, now.id(), next, clock.millis());
            if (next == PublicationState.FAILED) {
                PublicationTable.error(handle, now.id(), message);
            }
            log(handle, now.events(), next, message);
            return load(handle, now.id());
        });
        jobs.announce();
        return moved;
    }

    /** As {@link #move(Publication, PublicationState, String, Consumer)}, where nothing else is to be done. */
    Publication move(Publication publication, PublicationState next, String message) {
        return move(publication, next, message, handle -> {});
    }

    /** Adds a word to the log of a publication that stays in its state. */
    void note(Publication publication, String message) {
        jobs.append(publication.events(), "step", step(publication.state(), message));
    }

    private void log(Handle handle, JobId job, PublicationState state, String message) {
        if (state.isOver()) {
            jobs.finish(handle, job, "step", step(state, message));
        } else {
            jobs.append(handle, job, "step", step(state, message));
        }
    }

    private String step(PublicationState state, String message) {
        return Json.write(new Step(Instant.now(clock).toString(), state.wireName(), message));
    }

    /**
     * Writes down that the publication is to be cancelled.
     *
     * @throws LatheException CONFLICT when it is too late for that
     */
    Publication askToCancel(Publication publication) {
        return jdbi.inTransaction(handle -> {
            Publication now = load(handle, publication.id());
            if (!now.state().mayBeCancelled()) {
                throw new LatheException(
                        ProblemCode.CONFLICT,
                        "Publication '" + now.id() + "' cannot be cancelled any more: it is '"
                                + now.state().wireName()
                                + "'. Look at the model; a version in production can be rolled back.");
            }
            PublicationTable.askToCancel(handle, now.id(), clock.millis());
            return load(handle, now.id());
        });
    }

    /** Counts another try to carry it through, and answers how many there were. */
    int countAttempt(Publication publication) {
        return jdbi.inTransaction(handle -> PublicationTable.countAttempt(handle, publication.id()));
    }

    Optional<Publication> find(String id) {
        return jdbi.withHandle(handle -> PublicationTable.find(handle, id));
    }

    /** Those that are not over, oldest first. */
    List<Publication> open() {
        return jdbi.withHandle(PublicationTable::open);
    }

    /** The newest publications of a model, newest first. */
    List<Publication> ofModel(String ownerId, ModelName model, int limit) {
        return jdbi.withHandle(handle -> PublicationTable.ofModel(handle, ownerId, model, limit));
    }

    /** The newest publication that became this version. */
    Optional<Publication> ofVersion(String ownerId, ModelName model, int version) {
        return jdbi.withHandle(handle -> PublicationTable.ofVersion(handle, ownerId, model, version));
    }

    private static Publication load(Handle handle, String id) {
        return PublicationTable.find(handle, id)
                .orElseThrow(() -> new IllegalStateException("Publication " + id + " is gone"));
    }
}
