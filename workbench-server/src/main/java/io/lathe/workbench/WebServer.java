package io.lathe.workbench;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.router.Endpoint;
import io.javalin.util.JavalinBindException;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.web.ConnectionBounds;
import io.lathe.web.LingeringClose;
import io.lathe.workbench.notebookserver.NotebookServers;
import io.lathe.workbench.page.Pages;
import io.lathe.workbench.page.TypedCommand;
import io.lathe.workbench.proxy.ProjectProxy;
import io.lathe.workbench.proxy.ProxyLimits;
import io.lathe.workbench.web.BareErrors;
import io.lathe.workbench.web.BodyForm;
import io.lathe.workbench.web.Gate;
import io.lathe.workbench.web.Problems;
import io.lathe.workbench.web.Route;
import io.lathe.workbench.web.SecurityHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: one loopback port, every route with who may call it. */
final class WebServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final String LOOPBACK = "127.0.0.1";

    /** For requests at work when the server stops, milliseconds. */
    private static final long PATIENCE = 1_800;

    private final Javalin javalin;
    private final List<Route> routes;

    private WebServer(Javalin javalin, List<Route> routes) {
        this.javalin = javalin;
        this.routes = routes;
    }

    /** @throws LatheException UNAVAILABLE when the port is taken */
    static WebServer start(Options options, Services services, NotebookServers servers) {
        List<Route> routes = new ArrayList<>();
        Javalin javalin = Javalin.create(config -> routes.addAll(configure(config, services, servers)));
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
        try {
            ProjectListeners listeners =
                    ProjectListeners.of(javalin.jettyServer().server());
            services.hosts().listen(listeners::open);
        } catch (LatheException e) {
            javalin.stop();
            throw e;
        }
        return new WebServer(javalin, List.copyOf(routes));
    }

    private static List<Route> configure(JavalinConfig config, Services services, NotebookServers servers) {
        ProjectProxy proxy = new ProjectProxy(
                services.hosts(),
                services.projectSessions(),
                services.tickets(),
                (project, authorization, token) -> services.authenticator()
                        .program(project, authorization, token)
                        .isPresent(),
                new ProjectUpstreams(services.projects(), servers),
                ProxyLimits.defaults());
        servers.whenEnding(proxy.tunnels()::closeProject);
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.concurrency.useVirtualThreads = true;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = Problems.MOST_BODY_BYTES;
        config.jetty.modifyHttpConfiguration(ProjectProxy::harden);
        config.jetty.modifyServer(server -> {
            server.setErrorHandler(new BareErrors());
            server.insertHandler(proxy);
            server.insertHandler(new LingeringClose());
            server.insertHandler(new ConnectionBounds());
            // Idle connections are closed one second after the stop began; a shorter patience would make that a
            // failure.
            server.setStopTimeout(PATIENCE);
        });
        Pages pages = new Pages(
                TypedCommand.of(services.options().data(), services.options().home()));
        new Problems(services.options().data(), pages::error).install(config.routes);
        config.routes.before(new SecurityHeaders(services.hosts())::add);
        Gate gate = new Gate(services.hosts(), services.authenticator());
        config.routes.beforeMatched(gate::check);
        config.routes.beforeMatched(BodyForm::check);
        Runnable cutTunnels = () -> {
            proxy.recheck();
            services.jobs().nudge();
        };
        ApiRoutes.Api api = ApiRoutes.of(services, servers, gate, cutTunnels);
        List<Route> routes = new ArrayList<>(api.routes());
        routes.addAll(PageRoutes.of(services, servers, pages, cutTunnels, api.document()));
        routes.forEach(route -> route.install(config.routes));
        return List.copyOf(routes);
    }

    /** What the framework routes; {@link #routes} as it took them. */
    List<Endpoint> endpoints() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(parsed -> parsed.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .toList();
    }

    /** The table of every way in. */
    List<Route> routes() {
        return routes;
    }

    int port() {
        return javalin.port();
    }

    /** Ends what is at work still when its patience is over, as any stop may have to; that is no failure. */
    @Override
    public void close() {
        try {
            javalin.jettyServer().server().stop();
        } catch (TimeoutException e) {
            LOG.info("Requests that were not done within {} ms were cut off by the stop", PATIENCE);
        } catch (Exception e) {
            throw new IllegalStateException("The web server did not stop in order", e);
        }
    }
}
