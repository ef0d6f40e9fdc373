package io.lathe.workbench.api;

import io.javalin.http.Context;
import io.lathe.workbench.access.Hosts;
import io.lathe.workbench.notebookserver.NotebookServer;
import io.lathe.workbench.notebookserver.NotebookServers;
import io.lathe.workbench.serving.EndpointProcess;
import io.lathe.workbench.web.Body;
import io.lathe.workbench.web.Gate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Whether the workbench answers, and what it keeps running. */
public final class HealthRoutes {
    public record Health(String status, String version, long pid, String instance) {}

    public record Part(Optional<Long> pid, String url, String state, Optional<String> reason) {}

    public record LiveServer(String project, Optional<Long> pid, String state) {}

    public record Status(Part workbench, Part serving, List<LiveServer> servers) {}

    private final String instance = UUID.randomUUID().toString();
    private final Hosts hosts;
    private final EndpointProcess endpoint;
    private final NotebookServers servers;

    public HealthRoutes(Hosts hosts, EndpointProcess endpoint, NotebookServers servers) {
        this.hosts = hosts;
        this.endpoint = endpoint;
        this.servers = servers;
    }

    public void health(Context ctx) {
        String version = HealthRoutes.class.getPackage().getImplementationVersion();
        Body.answer(
                ctx,
                new Health(
                        "ok",
                        version == null ? "development" : version,
                        ProcessHandle.current().pid(),
                        instance));
    }

    public void status(Context ctx) throws InterruptedException {
        EndpointProcess.Seen serving = endpoint.seen();
        List<LiveServer> live = servers.list(Gate.account(ctx).accountId()).stream()
                .filter(server -> server.state().isLive())
                .map(server -> new LiveServer(
                        server.project(), boxed(server), server.state().wireName()))
                .toList();
        Body.answer(
                ctx,
                new Status(
                        new Part(
                                Optional.of(ProcessHandle.current().pid()),
                                hosts.workbenchOrigin(),
                                "ready",
                                Optional.empty()),
                        new Part(serving.pid(), serving.url(), serving.state(), serving.reason()),
                        live));
    }

    private static Optional<Long> boxed(NotebookServer server) {
        return server.pid().isPresent() ? Optional.of(server.pid().getAsLong()) : Optional.empty();
    }
}
