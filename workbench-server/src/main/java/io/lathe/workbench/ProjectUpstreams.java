package io.lathe.workbench;

import io.lathe.workbench.notebookserver.NotebookServer;
import io.lathe.workbench.notebookserver.NotebookServers;
import io.lathe.workbench.notebookserver.Placement;
import io.lathe.workbench.project.ProjectName;
import io.lathe.workbench.project.Projects;
import io.lathe.workbench.proxy.Upstream;
import io.lathe.workbench.proxy.Upstreams;
import java.util.Optional;

/** Tells the proxy where a project's notebook server is. */
record ProjectUpstreams(Projects projects, NotebookServers servers) implements Upstreams {
    @Override
    public Upstream find(String project) {
        Optional<Placement> placement = servers.findPlacement(project);
        if (placement.isPresent()) {
            Placement place = placement.get();
            return new Upstream.Running(place.url().getHost(), place.url().getPort(), Placement.HEADER, place.secret());
        }
        return new Upstream.Absent(projects.findOfAnybody(new ProjectName(project))
                .flatMap(servers::find)
                .map(NotebookServer::state)
                .map(ProjectUpstreams::reason)
                .orElse(Upstream.Reason.STOPPED));
    }

    private static Upstream.Reason reason(NotebookServer.State state) {
        return switch (state) {
            // Ready or unreachable without a placement: it changed between the two questions.
            case STARTING, READY, UNREACHABLE -> Upstream.Reason.STARTING;
            case STOPPING -> Upstream.Reason.STOPPING;
            case STOPPED -> Upstream.Reason.STOPPED;
            case FAILED -> Upstream.Reason.FAILED;
        };
    }
}
