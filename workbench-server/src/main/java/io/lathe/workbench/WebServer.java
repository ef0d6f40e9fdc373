package io.lathe.workbench;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.workbench.api.HealthRoutes;
import io.lathe.workbench.notebookserver.NotebookServers;
import io.lathe.workbench.proxy.ProjectProxy;
import io.lathe.workbench.proxy.ProxyLimits;
import io.lathe.workbench.web.Allow;
import io.lathe.workbench.web.Gate;
import io.lathe.workbench.web.HostGuard;
import io.lathe.workbench.web.Problems;

/** The HTTP server: one loopback port, every route with who may call it. */
final class WebServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final Javalin javalin;

    private WebServer(Javalin javalin) {
        this.javalin = javalin;
    }

    /** @throws LatheException UNAVAILABLE when the port is taken */
    static WebServer start(Options options, Services services, NotebookServers servers) {
        Javalin javalin = Javalin.create(config -> configure(config, services, servers));
        try {
            javalin.start(LOOPBACK, options.port());
        } catch (JavalinBindException e) {
            throw new LatheException(
                    ProblemCode.UNAVAILABLE,
                    "Port " + options.port() + " on " + LOOPBACK
                            + " is taken by another program. Choose another with --port N, or let the system choose with --port 0.",
                    e);
        }
        services.boundPort().set(javalin.port());
        return new WebServer(javalin);
    }

    private static void configure(JavalinConfig config, Services services, NotebookServers servers) {
        ProjectProxy proxy = new ProjectProxy(
                services.hosts(),
                services.projectSessions(),
                services.tickets(),
                new ProjectUpstreams(services.projects(), servers),
                ProxyLimits.defaults());
        servers.whenEnding(proxy.tunnels()::closeProject);
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.concurrency.useVirtualThreads = true;
        config.jetty.modifyHttpConfiguration(ProjectProxy::harden);
        config.jetty.modifyServer(server -> {
            server.insertHandler(proxy);
            server.insertHandler(new HostGuard(services.hosts()));
            // Idle connections are closed one second after the stop began; a shorter patience would make that a
            // failure.
            server.setStopTimeout(1_800);
        });
        new Problems((ctx, code, title, detail) -> ctx.result(title + "\n" + detail + "\n")).install(config.routes);
        Gate gate = new Gate(services.hosts(), services.authenticator());
        config.routes.beforeMatched(gate::check);
        config.routes.get("/api/v1/health", new HealthRoutes()::health, Allow.EVERYBODY);
    }

    int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
