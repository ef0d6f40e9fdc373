package io.lathe.workbench.notebookserver;

import io.lathe.workbench.project.Project;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Starts, finds and stops notebook servers. Thread-safe. */
public interface NotebookServers extends AutoCloseable {
    /** Starts a server for the project, or answers the live one; returns at once, its events tell the rest. */
    NotebookServer start(Project project);

    /**
     * Begins to stop the project's server; empty when there is none alive. Returns at once.
     *
     * @param seen looks at the project's newest server while no other can take its place; what it throws is thrown, and the server stays
     */
    Optional<NotebookServer> stop(Project project, Consumer<Optional<NotebookServer>> seen);

    /** The project's newest server, alive or not. */
    Optional<NotebookServer> find(Project project);

    /** The newest server of every project of the account that has one. */
    List<NotebookServer> list(String ownerId);

    /**
     * Where the server of the project with this name takes requests now; empty while it starts or stops, and without one. A server
     * that is unreachable keeps its place: it may answer again. Quick: never asks the database.
     */
    Optional<Placement> findPlacement(String project);

    /** Has {@code listener} told the project's name just before its server is stopped, and just after it ended by itself. */
    void whenEnding(Consumer<String> listener);

    /** Takes over the servers that outlived an earlier workbench; called once, before requests are answered. */
    void adopt();

    /** Stops every server and returns when all are gone or the patience is over. Called at shutdown. */
    void stopAll(Duration patience);

    /** Stops watching; servers that run go on, for the next workbench to adopt. */
    @Override
    void close();
}
