package io.lathe.workbench.notebookserver;

import io.lathe.workbench.access.ProjectTokens;
import io.lathe.workbench.event.Jobs;
import io.lathe.workbench.json.Json;
import java.time.Clock;
import java.time.Instant;

/** Writes a server's steps down: the row, the event that watchers see, and the end of its token. Thread-safe. */
final class ServerJournal {
    /** An event's data, as the API documents it. */
    private record Step(Instant at, String phase, String state, String message) {}

    private final ServerStore store;
    private final Jobs jobs;
    private final ProjectTokens tokens;
    private final Clock clock;

    ServerJournal(ServerStore store, Jobs jobs, ProjectTokens tokens, Clock clock) {
        this.store = store;
        this.jobs = jobs;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** A step of a server that is alive. */
    void step(NotebookServer server, String message) {
        store.move(server.id(), server.state(), server.phase(), server.error());
        jobs.append(server.events(), "phase", step(server.phase().wireName(), server, message));
    }

    /** The last step: its kernels' token is void from now on. */
    void end(NotebookServer server, String message) {
        store.move(server.id(), server.state(), server.phase(), server.error());
        tokens.revoke(server.id());
        jobs.finish(server.events(), "phase", step(server.phase().wireName(), server, message));
    }

    void place(NotebookServer server, Placement placement) {
        store.place(server.id(), placement);
    }

    private String step(String phase, NotebookServer server, String message) {
        return Json.write(new Step(clock.instant(), phase, server.state().wireName(), message));
    }
}
