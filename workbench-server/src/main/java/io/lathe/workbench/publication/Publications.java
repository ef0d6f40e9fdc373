package io.lathe.workbench.publication;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.store.ObjectStore;
import io.lathe.datasets.version.Datasets;
import io.lathe.datasets.version.VersionRef;
import io.lathe.workbench.access.ProjectGrant;
import io.lathe.workbench.event.JobId;
import io.lathe.workbench.event.Jobs;
import io.lathe.workbench.file.FileTree;
import io.lathe.workbench.json.Json;
import io.lathe.workbench.registry.ModelName;
import io.lathe.workbench.registry.Models;
import io.lathe.workbench.store.Uploads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
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

    private record Step(String at, String state, String message) {}

    private final PublicationTable table;
    private final Jobs jobs;
    private final Uploads uploads;
    private final Path scratch;
    private final PublicationRun run;
    private final Datasets datasets;
    private final Clock clock;
    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("publish-", 0).daemon().factory());

    /** @param scratch folder for what a run needs while it runs */
    public Publications(
            Jdbi jdbi,
            Clock clock,
            Jobs jobs,
            Uploads uploads,
            Path scratch,
            ObjectStore store,
            Datasets datasets,
            Models models,
            Judge judge,
            Deployment deployment) {
        this.table = new PublicationTable(jdbi, clock);
        this.jobs = jobs;
        this.uploads = uploads;
        this.scratch = scratch;
        this.run = new PublicationRun(store, datasets, models, judge, deployment);
        this.datasets = datasets;
        this.clock = clock;
    }

    /**
     * Takes an uploaded bundle and begins to publish it; returns at once.
     *
     * @param upload the bundle's file among the uploads; it belongs to the publication from here on
     * @throws LatheException NOT_FOUND when there is no such dataset version; TOO_MANY_REQUESTS when too many publications wait
     */
    public Publication submit(ProjectGrant project, ModelName model, VersionRef evaluateOn, Path upload) {
        String evaluatedOn = datasets.load(evaluateOn).ref().toString();
        run.requireFree(project.ownerId(), model);
        if (worker.getQueue().remainingCapacity() == 0) {
            throw full();
        }
        String id = UUID.randomUUID().toString();
        Publication publication = new Publication(
                id,
                project.ownerId(),
                project.projectId(),
                model,
                evaluatedOn,
                PublicationState.UPLOADED,
                jobs.start(project.ownerId(), "publication", model.value()),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        try {
            Files.move(upload, candidate(id), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep the upload of publication " + id, e);
        }
        table.insert(publication);
        step(publication.events(), PublicationState.UPLOADED, "The bundle has arrived");
        enqueue(publication);
        return publication;
    }

    private void enqueue(Publication publication) {
        try {
            worker.execute(() -> publish(publication));
        } catch (RejectedExecutionException e) {
            LatheException full = full();
            fail(publication, full.getMessage());
            throw full;
        }
    }

    private static LatheException full() {
        return new LatheException(
                ProblemCode.TOO_MANY_REQUESTS, "Too many publications are waiting; try again in a minute.");
    }

    /** Goes on with what an earlier workbench left unfinished; called once, before requests are answered. */
    public void resume() throws IOException {
        List<Publication> open = table.open();
        uploads.retain(open.stream().map(left -> candidate(left.id())).collect(Collectors.toSet()));
        // A workbench that was killed left its runs' folders; a run needs an empty one.
        FileTree.delete(scratch);
        for (Publication left : open) {
            if (left.state().isOver()) {
                announceEnd(left);
            } else if (table.countAttempt(left.id()) > MOST_ATTEMPTS) {
                fail(
                        left,
                        "The workbench ended " + MOST_ATTEMPTS
                                + " times while this was published. Publish the model again.");
            } else if (Files.isRegularFile(candidate(left.id()))) {
                step(left.events(), left.state(), "The workbench was started again and goes on");
                enqueue(left);
            } else {
                fail(left, "The workbench ended before the bundle had arrived whole. Publish the model again.");
            }
        }
    }

    // It was over, but the workbench ended before it could tell.
    private void announceEnd(Publication over) {
        finish(over, over.state(), over.error().orElse("The publication is done."));
    }

    private void publish(Publication publication) {
        Path folder = scratch.resolve(publication.id());
        try {
            Files.createDirectories(folder);
            Report report = publication.report().isPresent()
                    ? publication.report().get()
                    : run.judge(
                            publication,
                            candidate(publication.id()),
                            folder,
                            (state, message) -> begin(publication, state, message));
            table.report(publication.id(), report);
            conclude(publication, report);
            Files.deleteIfExists(candidate(publication.id()));
        } catch (InterruptedException e) {
            // The workbench stops; the next one goes on.
            Thread.currentThread().interrupt();
        } catch (LatheException e) {
            failUnlessStopping(publication, e.getMessage());
        } catch (IOException | RuntimeException e) {
            LOG.error("Publication {} broke", publication.id(), e);
            failUnlessStopping(
                    publication, "Something in Lathe broke; logs/workbench.log in the data folder has the details.");
        } finally {
            clean(folder);
        }
    }

    private static void clean(Path folder) {
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            LOG.warn("Scratch folder {} stays on disk", folder, e);
        }
    }

    private void conclude(Publication publication, Report report) throws InterruptedException {
        String reasons = String.join(" ", report.verdict().reasons());
        boolean promoted = report.verdict().outcome().equals("promoted");
        if (promoted) {
            begin(publication, PublicationState.DEPLOYING, "Putting the version in production. " + reasons);
        }
        Optional<Integer> version = run.admit(publication, candidate(publication.id()), report);
        version.ifPresent(number -> table.version(publication.id(), number));
        if (promoted) {
            run.deploy(publication, version.orElseThrow());
        }
        table.state(publication.id(), PublicationState.DONE);
        finish(publication, PublicationState.DONE, outcome(report, version) + " " + reasons);
    }

    private static String outcome(Report report, Optional<Integer> version) {
        return switch (report.verdict().outcome()) {
            case "promoted" -> "Version " + version.orElseThrow() + " is in production.";
            case "held" -> "Version " + version.orElseThrow() + " is held as candidate.";
            default -> "Rejected; production is as it was.";
        };
    }

    private void failUnlessStopping(Publication publication, String reason) {
        if (!worker.isShutdown()) {
            fail(publication, reason);
        }
    }

    private void fail(Publication publication, String reason) {
        table.fail(publication.id(), reason);
        finish(publication, PublicationState.FAILED, reason);
        try {
            Files.deleteIfExists(candidate(publication.id()));
        } catch (IOException e) {
            LOG.warn("The bundle of failed publication {} stays on disk", publication.id(), e);
        }
    }

    private void begin(Publication publication, PublicationState state, String message) {
        table.state(publication.id(), state);
        step(publication.events(), state, message);
    }

    private void step(JobId job, PublicationState state, String message) {
        jobs.append(job, "step", Json.write(new Step(Instant.now(clock).toString(), state.wireName(), message)));
    }

    private void finish(Publication publication, PublicationState state, String message) {
        jobs.finish(
                publication.events(),
                "step",
                Json.write(new Step(Instant.now(clock).toString(), state.wireName(), message)));
    }

    private Path candidate(String id) {
        return uploads.at(id + ".zip");
    }

    /** @throws LatheException NOT_FOUND when the project has no such publication */
    public Publication load(ProjectGrant project, String id) {
        return table.find(id)
                .filter(publication -> publication.projectId().equals(project.projectId())
                        && publication.ownerId().equals(project.ownerId()))
                .orElseThrow(() -> new LatheException(
                        ProblemCode.NOT_FOUND,
                        "Project '" + project.project()
                                + "' has no such publication. Give the id that publishing answered."));
    }

    /** The newest publications of the account's model, newest first. */
    public List<Publication> ofModel(String ownerId, ModelName model, int limit) {
        return table.ofModel(ownerId, model, limit);
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
