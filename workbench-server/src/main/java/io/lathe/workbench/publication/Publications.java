package io.lathe.workbench.publication;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import io.lathe.datasets.store.Content;
import io.lathe.datasets.store.Sha256;
import io.lathe.datasets.version.Datasets;
import io.lathe.datasets.version.VersionRef;
import io.lathe.workbench.access.ProjectGrant;
import io.lathe.workbench.event.Jobs;
import io.lathe.workbench.file.FileTree;
import io.lathe.workbench.registry.Bundles;
import io.lathe.workbench.registry.ModelName;
import io.lathe.workbench.registry.Models;
import io.lathe.workbench.registry.Staging;
import io.lathe.workbench.serving.Deployment;
import io.lathe.workbench.store.Uploads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes models, one after another in the order they came: judging two at once could promote both over the same version. A
 * publication that the workbench's end interrupted goes on with the next start. Thread-safe.
 */
public final class Publications implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Publications.class);
    private static final int WAITING = 32;
    private static final int MOST_ATTEMPTS = 3;

    private final PublicationJournal journal;
    private final Uploads uploads;
    private final Path scratch;
    private final PublicationRun run;
    private final Datasets datasets;
    private final Models models;
    private final Staging staging;
    private final Bundles bundles;
    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("publish-", 0).daemon().factory());

    private record Running(String id, Interruptible patience) {}

    // Who submits, cancels and runs agree under this lock on which of them begins and ends a publication.
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable Running running;

    /** @param scratch folder for what a run needs while it runs */
    public Publications(
            Jdbi jdbi,
            Clock clock,
            Jobs jobs,
            Uploads uploads,
            Path scratch,
            Bundles bundles,
            Datasets datasets,
            Models models,
            Staging staging,
            Judge judge,
            Deployment deployment) {
        this.journal = new PublicationJournal(jdbi, jobs, clock);
        this.uploads = uploads;
        this.scratch = scratch;
        this.run = new PublicationRun(journal, bundles, datasets, models, staging, judge, deployment);
        this.datasets = datasets;
        this.models = models;
        this.staging = staging;
        this.bundles = bundles;
    }

    /**
     * Takes an uploaded bundle and begins to publish it; returns at once. What was submitted under this id before, the same bytes for
     * the same model, is answered as it is now, so that who lost the answer may ask again.
     *
     * @param id the publication's id, chosen by who publishes: a lower-case UUID
     * @param upload the bundle's file among the uploads; it belongs to the publication from here on
     * @throws LatheException NOT_FOUND when there is no such dataset version; KEY_REUSED when the id is that of another publication;
     *     NAME_TAKEN when the model's name is; TOO_MANY_REQUESTS when too many publications wait
     */
    public Publication submit(String id, ProjectGrant project, ModelName model, VersionRef evaluateOn, Path upload) {
        String evaluatedOn = datasets.load(evaluateOn).ref().toString();
        models.requireFree(project.ownerId(), model);
        String sha256 = Sha256.of(Content.of(upload));
        turn.lock();
        try {
            Optional<Publication> known = journal.find(id);
            if (known.isPresent()) {
                return requireSame(known.get(), project, model, evaluatedOn, sha256);
            }
            if (worker.getQueue().remainingCapacity() == 0) {
                throw full();
            }
            Files.move(upload, candidate(id), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Publication begun = journal.begin(id, project, model, evaluatedOn, sha256);
            enqueue(begun);
            return begun;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep the upload of publication " + id, e);
        } finally {
            turn.unlock();
        }
    }

    /** The publication that this project submitted under the id before, if it did. */
    public Optional<Publication> find(ProjectGrant project, String id) {
        return journal.find(id)
                .filter(publication -> publication.projectId().equals(project.projectId())
                        && publication.ownerId().equals(project.ownerId()));
    }

    private Publication requireSame(
            Publication known, ProjectGrant project, ModelName model, String evaluatedOn, String sha256) {
        if (!known.projectId().equals(project.projectId())
                || !known.model().equals(model)
                || !known.evaluateOn().equals(evaluatedOn)
                || journal.upload(known).filter(first -> !first.equals(sha256)).isPresent()) {
            throw new LatheException(
                    ProblemCode.KEY_REUSED,
                    "The Idempotency-Key '" + known.id()
                            + "' is that of another publication; publish what is new under a fresh one.");
        }
        return known;
    }

    private void enqueue(Publication publication) {
        try {
            worker.execute(() -> publish(publication.id()));
        } catch (RejectedExecutionException e) {
            LatheException full = full();
            end(publication, PublicationState.FAILED, full.getMessage());
            throw full;
        }
    }

    private static LatheException full() {
        return new LatheException(
                ProblemCode.TOO_MANY_REQUESTS,
                "Too many publications are waiting (" + WAITING + "); try again in a minute.");
    }

    /**
     * Goes on with what an earlier workbench left unfinished, and removes what belongs to nothing; called once, before anything is
     * uploaded.
     */
    public void resume() throws IOException {
        List<Publication> open = journal.open();
        uploads.retain(open.stream().map(left -> candidate(left.id())).collect(Collectors.toSet()));
        // A workbench that was killed left its runs' folders; a run needs an empty one.
        FileTree.delete(scratch);
        if (open.stream().noneMatch(left -> left.state() == PublicationState.DEPLOYING)) {
            staging.unstageAll();
        }
        for (Publication left : open) {
            resume(left);
        }
        bundles.discardUnused();
    }

    private void resume(Publication left) {
        if (left.cancelAsked() && left.state().mayBeCancelled()) {
            end(left, PublicationState.CANCELLED, "Cancelled; production is as it was.");
        } else if (journal.countAttempt(left) > MOST_ATTEMPTS) {
            end(
                    left,
                    PublicationState.FAILED,
                    "The workbench ended " + MOST_ATTEMPTS
                            + " times while this was published. Publish the model again.");
        } else if (needsCandidate(left.state()) && !Files.isRegularFile(candidate(left.id()))) {
            end(left, PublicationState.FAILED, "The uploaded bundle is gone. Publish the model again.");
        } else {
            journal.move(left, left.state(), "The workbench was started again and goes on");
            enqueue(left);
        }
    }

    private static boolean needsCandidate(PublicationState state) {
        return switch (state) {
            case UPLOADED, VERIFYING, JUDGING, STORING -> true;
            case DEPLOYING, SWITCHING, DONE, FAILED, CANCELLED -> false;
        };
    }

    private void publish(String id) {
        Interruptible patience = new Interruptible();
        Publication publication = begin(id, patience);
        Path folder = scratch.resolve(id);
        try {
            Files.createDirectories(folder);
            while (!publication.state().isOver() && !worker.isShutdown()) {
                publication = run.step(publication, candidate(id), folder, patience);
            }
        } catch (InterruptedException | PublicationJournal.CancelAsked e) {
            if (worker.isShutdown()) {
                // The workbench stops; the next one goes on.
                Thread.currentThread().interrupt();
            } else {
                end(load(id), PublicationState.CANCELLED, "Cancelled; production is as it was.");
            }
        } catch (LatheException e) {
            failUnlessStopping(id, e.getMessage());
        } catch (IOException | UncheckedIOException e) {
            LOG.error("Publication {} failed on a file", id, e);
            failUnlessStopping(
                    id,
                    "The workbench cannot read or write its data folder: '" + e.getMessage()
                            + "'. Look at the room and the rights there, then publish the model again.");
        } catch (RuntimeException e) {
            LOG.error("Publication {} broke", id, e);
            failUnlessStopping(id, "Something in Lathe broke; logs/workbench.log in the data folder has the details.");
        } finally {
            finish(folder);
        }
        if (load(id).state().isOver()) {
            deleteCandidate(id);
        }
    }

    private Publication begin(String id, Interruptible patience) {
        turn.lock();
        try {
            running = new Running(id, patience);
            return load(id);
        } finally {
            turn.unlock();
        }
    }

    private void finish(Path folder) {
        turn.lock();
        try {
            running = null;
        } finally {
            turn.unlock();
        }
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            LOG.warn("Scratch folder {} stays on disk", folder, e);
        }
    }

    private void failUnlessStopping(String id, String reason) {
        if (!worker.isShutdown()) {
            end(load(id), PublicationState.FAILED, reason);
        }
    }

    private void end(Publication publication, PublicationState end, String reason) {
        run.giveUp(publication, end, reason);
        deleteCandidate(publication.id());
    }

    private void deleteCandidate(String id) {
        try {
            Files.deleteIfExists(candidate(id));
        } catch (IOException e) {
            LOG.warn("The bundle of publication {} stays on disk until the next start", id, e);
        }
    }

    /**
     * Cancels a publication: one that waits ends at once, one that runs at its next step.
     *
     * @throws LatheException CONFLICT when it is over or its version is in production already
     */
    public Publication cancel(Publication publication) {
        turn.lock();
        try {
            Publication asked = journal.askToCancel(publication);
            if (running != null && running.id().equals(asked.id())) {
                running.patience().interrupt();
                return asked;
            }
            end(asked, PublicationState.CANCELLED, "Cancelled; production is as it was.");
            return load(asked.id());
        } finally {
            turn.unlock();
        }
    }

    private Path candidate(String id) {
        return uploads.at(id + ".zip");
    }

    private Publication load(String id) {
        return journal.find(id).orElseThrow(() -> new IllegalStateException("Publication " + id + " is gone"));
    }

    /** @throws LatheException NOT_FOUND when the project has no such publication */
    public Publication load(ProjectGrant project, String id) {
        return find(project, id)
                .orElseThrow(() -> new LatheException(
                        ProblemCode.NOT_FOUND,
                        "Project '" + project.project() + "' has no publication '" + Shown.of(id)
                                + "'. Give the id that publishing answered."));
    }

    /** @throws LatheException NOT_FOUND when the account has no such publication */
    public Publication load(String ownerId, String id) {
        return journal.find(id)
                .filter(publication -> publication.ownerId().equals(ownerId))
                .orElseThrow(() -> new LatheException(
                        ProblemCode.NOT_FOUND,
                        "There is no publication '" + Shown.of(id) + "'; look at the model's page."));
    }

    /** The account's newest publications of a model, newest first. */
    public List<Publication> ofModel(String ownerId, ModelName model, int limit) {
        return journal.ofModel(ownerId, model, limit);
    }

    /** The newest publication that became this version. */
    public Optional<Publication> ofVersion(String ownerId, ModelName model, int version) {
        return journal.ofVersion(ownerId, model, version);
    }

    /** Stops publishing and returns when the run has let go of its process and the database, or after two seconds. */
    @Override
    public void close() {
        worker.shutdownNow();
        try {
            if (!worker.awaitTermination(2, TimeUnit.SECONDS)) {
                LOG.warn("A publication did not stop in time; it goes on with the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
