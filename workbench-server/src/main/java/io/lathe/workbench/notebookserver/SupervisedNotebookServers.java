package io.lathe.workbench.notebookserver;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.workbench.access.ProjectTokens;
import io.lathe.workbench.event.Jobs;
import io.lathe.workbench.notebookserver.NotebookServer.Phase;
import io.lathe.workbench.notebookserver.NotebookServer.State;
import io.lathe.workbench.project.Project;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notebook servers that are watched by this workbench and survive it: their truth is in the database, one {@link Supervision} keeps
 * each up to date. Thread-safe.
 */
public final class SupervisedNotebookServers implements NotebookServers {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisedNotebookServers.class);
    private static final Duration FORCED_END = Duration.ofSeconds(1);
    private static final Duration LEAVE_PATIENCE = Duration.ofSeconds(5);

    private final ServerStore store;
    private final Jobs jobs;
    private final ProjectTokens tokens;
    private final Supplier<URI> workbench;
    private final Deadlines deadlines;
    private final Provisioner provisioner;
    private final ServerJournal journal;
    private final StatusProbe probe;
    private final Supervision.Tools tools;

    /** By project name; at most one each. */
    private final Map<String, Supervision> supervisions = new ConcurrentHashMap<>();

    private volatile Consumer<String> ending = project -> {};

    /** @param workbench where kernels reach this workbench, {@code http://127.0.0.1:PORT}; asked at each start */
    public SupervisedNotebookServers(
            Jdbi jdbi,
            Jobs jobs,
            ProjectTokens tokens,
            Provisioner provisioner,
            Supplier<URI> workbench,
            Deadlines deadlines,
            Clock clock) {
        this.store = new ServerStore(jdbi, clock);
        this.jobs = jobs;
        this.tokens = tokens;
        this.workbench = workbench;
        this.deadlines = deadlines;
        this.provisioner = provisioner;
        this.journal = new ServerJournal(store, jobs, tokens, clock);
        this.probe = new StatusProbe(deadlines.answer());
        this.tools = new Supervision.Tools(
                provisioner,
                journal,
                probe,
                deadlines,
                project -> ending.accept(project),
                supervision -> supervisions.remove(supervision.server().project(), supervision));
    }

    @Override
    public synchronized NotebookServer start(Project project) {
        Optional<NotebookServer> newest = find(project);
        if (newest.isPresent() && newest.get().state() == State.STOPPING) {
            throw new LatheException(
                    ProblemCode.CONFLICT,
                    "The notebook server of " + project.name() + " is stopping. Start it again when it has stopped.");
        }
        if (newest.isPresent() && newest.get().state().isLive()) {
            return newest.get();
        }
        String name = project.name().value();
        NotebookServer server = new NotebookServer(
                UUID.randomUUID().toString().replace("-", ""),
                project.id(),
                name,
                State.STARTING,
                Phase.PREPARE,
                OptionalLong.empty(),
                OptionalInt.empty(),
                jobs.start(project.ownerId(), "server", name),
                Optional.empty(),
                List.of());
        store.insert(server, project.ownerId());
        supervise(new Supervision(
                tools,
                server,
                Optional.empty(),
                () -> new LaunchRequest(
                        server.id(),
                        name,
                        project.folder(),
                        workbench.get(),
                        tokens.issue(project.grant(), server.id()))));
        return server;
    }

    private void supervise(Supervision supervision) {
        String project = supervision.server().project();
        supervisions.put(project, supervision);
        Thread.ofVirtual().name("notebook-server-" + project).start(supervision);
    }

    @Override
    public synchronized Optional<NotebookServer> stop(Project project, Consumer<Optional<NotebookServer>> seen) {
        seen.accept(find(project));
        Supervision supervision = supervisions.get(project.name().value());
        if (supervision == null) {
            return Optional.empty();
        }
        supervision.stop(deadlines.stop());
        return Optional.of(supervision.server());
    }

    @Override
    public Optional<NotebookServer> find(Project project) {
        return store.findNewest(project.ownerId(), project.id()).map(this::withLog);
    }

    @Override
    public List<NotebookServer> list(String ownerId) {
        return store.listNewest(ownerId).stream().map(this::withLog).toList();
    }

    private NotebookServer withLog(NotebookServer server) {
        return server.state() == State.FAILED ? server.withLogTail(provisioner.logTail(server.id())) : server;
    }

    @Override
    public Optional<Placement> findPlacement(String project) {
        return Optional.ofNullable(supervisions.get(project)).flatMap(Supervision::open);
    }

    @Override
    public void whenEnding(Consumer<String> listener) {
        ending = listener;
    }

    @Override
    public synchronized void adopt() {
        for (ServerStore.Entry entry : store.listLive()) {
            NotebookServer server = entry.server();
            if (supervisions.containsKey(server.project())) {
                continue; // started by this workbench
            }
            if (entry.placement().isEmpty()) {
                // It was being launched when the workbench ended; a process that may exist has an unknown secret.
                provisioner.clean(server.id());
                String why = "The workbench ended while this server was being started. Start it again.";
                journal.end(server.moved(State.FAILED, server.phase(), Optional.of(why)), why);
                continue;
            }
            supervise(new Supervision(tools, server, entry.placement(), () -> {
                throw new LatheException(
                        ProblemCode.UNAVAILABLE,
                        "The server lost its port while the workbench was away. Start it again.");
            }));
        }
    }

    @Override
    public void stopAll(Duration patience) {
        Duration grace = patience.minus(FORCED_END);
        List<Supervision> all = List.copyOf(supervisions.values());
        for (Supervision supervision : all) {
            try {
                supervision.stop(grace.isNegative() ? Duration.ZERO : grace);
            } catch (RuntimeException e) {
                LOG.warn("The end of {} cannot be written down; it is stopped all the same", supervision.server(), e);
            }
        }
        awaitEnds(all, patience);
    }

    @Override
    public void close() {
        List<Supervision> all = List.copyOf(supervisions.values());
        all.forEach(Supervision::leave);
        awaitEnds(all, LEAVE_PATIENCE);
        probe.close();
    }

    private static void awaitEnds(List<Supervision> all, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            for (Supervision supervision : all) {
                supervision.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
