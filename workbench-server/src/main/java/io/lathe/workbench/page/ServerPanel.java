package io.lathe.workbench.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.workbench.event.JobEvent;
import io.lathe.workbench.event.Jobs;
import io.lathe.workbench.json.Json;
import io.lathe.workbench.notebookserver.NotebookServer;
import io.lathe.workbench.notebookserver.NotebookServers;
import io.lathe.workbench.project.Project;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts together what a project's page shows of its notebook server. Thread-safe. */
public final class ServerPanel {
    private static final int MOST_ENTRIES = 200;

    private final NotebookServers servers;
    private final Jobs jobs;

    public ServerPanel(NotebookServers servers, Jobs jobs) {
        this.servers = servers;
        this.jobs = jobs;
    }

    ProjectPage.Server of(Project project, String csrf) {
        Optional<NotebookServer> newest = servers.find(project);
        String name = project.name().value();
        if (newest.isEmpty()) {
            return new ProjectPage.Server(name, csrf, "none", "", List.of(), List.of(), "", "", "");
        }
        // The log is read before the state: what happens between the two is sent again by the feed, never lost.
        NotebookServer before = newest.get();
        List<JobEvent> events = jobs.read(project.ownerId(), before.events(), 0, MOST_ENTRIES);
        int last = events.isEmpty() ? 0 : events.getLast().number();
        boolean finished = jobs.isFinished(project.ownerId(), before.events());
        NotebookServer server = servers.find(project).orElse(before);
        return new ProjectPage.Server(
                name,
                csrf,
                server.state().wireName(),
                server.pid().isPresent() ? String.valueOf(server.pid().getAsLong()) : "",
                phases(server),
                entries(events),
                finished ? "" : "/api/v1/projects/" + name + "/server/events?after=" + last,
                server.error().orElse(""),
                String.join("\n", server.logTail()));
    }

    private static List<ProjectPage.Phase> phases(NotebookServer server) {
        List<ProjectPage.Phase> phases = new ArrayList<>();
        for (NotebookServer.Phase phase : NotebookServer.Phase.values()) {
            phases.add(new ProjectPage.Phase(title(phase), progress(phase, server)));
        }
        return phases;
    }

    private static String title(NotebookServer.Phase phase) {
        return switch (phase) {
            case PREPARE -> "Prepare";
            case LAUNCH -> "Launch";
            case BOOT -> "Boot";
            case READY -> "Ready";
        };
    }

    private static String progress(NotebookServer.Phase phase, NotebookServer server) {
        int order = phase.compareTo(server.phase());
        return switch (server.state()) {
            case STARTING -> order < 0 ? "done" : order == 0 ? "now" : "open";
            case READY, UNREACHABLE -> "done";
            case FAILED -> order < 0 ? "done" : order == 0 ? "failed" : "open";
            case STOPPING, STOPPED -> "open";
        };
    }

    private static List<ProjectPage.Entry> entries(List<JobEvent> events) {
        return events.stream()
                .map(event -> new ProjectPage.Entry(
                        since(Duration.between(events.getFirst().at(), event.at())), message(event)))
                .toList();
    }

    private static String message(JobEvent event) {
        JsonNode data = Json.tree(event.data());
        return data.path("message").asText(data.path("state").asText(event.type()));
    }

    private static String since(Duration time) {
        return time.compareTo(Duration.ofMinutes(2)) < 0
                ? String.format(Locale.ROOT, "+%.1f s", time.toMillis() / 1000.0)
                : String.format(Locale.ROOT, "+%d min", time.toMinutes());
    }
}
