package io.lathe.workbench.notebookserver;

import io.lathe.workbench.project.Project;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Starts, finds and stops notebook servers. Thread-safe. */
public interface NotebookServers {
    /** Starts a server for the project, or answers the live one; returns at once, its events tell the rest. */
    NotebookServer start(Project project);

    /** Begins to stop the project's server; empty when there is none alive. Returns at once. */
    Optional<NotebookServer> stop(Project project);

    /** The project's newest server, alive or not. */
    Optional<NotebookServer> find(Project project);

    /** The newest server of every project that has one. */
    List<NotebookServer> list();

    /** Takes over the servers that outlived an earlier workbench; called once, before requests are answered. */
    void adopt();

    /** Stops every server and returns when all are gone or the patience is over. Called at shutdown. */
    void stopAll(Duration patience);
}
