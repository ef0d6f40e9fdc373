package io.lathe.workbench;

import io.lathe.workbench.event.JobId;
import io.lathe.workbench.event.Jobs;
import io.lathe.workbench.notebookserver.NotebookServer;
import io.lathe.workbench.notebookserver.NotebookServer.Phase;
import io.lathe.workbench.notebookserver.NotebookServer.State;
import io.lathe.workbench.project.Project;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Notebook servers that are written down and nothing more: started, they are starting for ever; nothing happens to them. */
final class PaperNotebookServers extends NoNotebookServers {
    private final Jobs jobs;
    private final Map<String, NotebookServer> byProject = new ConcurrentHashMap<>();

    PaperNotebookServers(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public NotebookServer start(Project project) {
        return byProject.compute(
                project.id(),
                (id, known) -> known != null && known.state().isLive()
                        ? known
                        : server(project, State.STARTING, events(project)));
    }

    private JobId events(Project project) {
        JobId job = jobs.start(project.ownerId(), "server", project.name().value());
        jobs.finish(job, "phase", "{\"state\":\"starting\"}");
        return job;
    }

    private static NotebookServer server(Project project, State state, JobId events) {
        return new NotebookServer(
                "server",
                project.id(),
                project.name().value(),
                state,
                Phase.PREPARE,
                OptionalLong.empty(),
                OptionalInt.empty(),
                events,
                Optional.empty(),
                List.of());
    }

    @Override
    public Optional<NotebookServer> stop(Project project, Consumer<Optional<NotebookServer>> seen) {
        seen.accept(find(project));
        NotebookServer server = byProject.get(project.id());
        if (server == null || !server.state().isLive()) {
            return Optional.empty();
        }
        NotebookServer stopped = server(project, State.STOPPED, server.events());
        byProject.put(project.id(), stopped);
        return Optional.of(stopped);
    }

    @Override
    public Optional<NotebookServer> find(Project project) {
        return Optional.ofNullable(byProject.get(project.id()));
    }

    @Override
    public List<NotebookServer> list(String ownerId) {
        return List.copyOf(byProject.values());
    }
}
