package io.lathe.workbench.notebookserver;

import io.lathe.workbench.event.JobId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A notebook server as it was last seen.
 *
 * @param id names its files and its token
 * @param events the log of its phases
 * @param error why it failed, for the person who started it
 * @param logTail the last lines of its output, oldest first; empty unless it failed
 */
public record NotebookServer(
        String id,
        String projectId,
        String project,
        State state,
        Phase phase,
        OptionalLong pid,
        OptionalInt port,
        JobId events,
        Optional<String> error,
        List<String> logTail) {
    /** What it is doing. */
    public enum State {
        STARTING,
        READY,
        STOPPING,
        STOPPED,
        FAILED,
        UNREACHABLE;

        /** Whether there is, or soon will be, a process. */
        public boolean isLive() {
            return this != STOPPED && this != FAILED;
        }

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How far a start has come. */
    public enum Phase {
        PREPARE,
        LAUNCH,
        BOOT,
        READY;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public NotebookServer {
        logTail = List.copyOf(logTail);
    }

    /** The same server one step on. */
    NotebookServer moved(State next, Phase reached, Optional<String> reason) {
        return new NotebookServer(
                id,
                projectId,
                project,
                next,
                reached,
                next.isLive() ? pid : OptionalLong.empty(),
                next.isLive() ? port : OptionalInt.empty(),
                events,
                reason,
                logTail);
    }

    /** The same server, launched. */
    NotebookServer placed(Placement placement) {
        return new NotebookServer(
                id,
                projectId,
                project,
                state,
                phase,
                placement.pid(),
                OptionalInt.of(placement.url().getPort()),
                events,
                error,
                logTail);
    }

    /** The same server with the end of its output. */
    NotebookServer withLogTail(List<String> lines) {
        return new NotebookServer(id, projectId, project, state, phase, pid, port, events, error, lines);
    }
}
