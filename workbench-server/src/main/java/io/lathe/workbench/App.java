package io.lathe.workbench;

import io.javalin.router.Endpoint;
import io.lathe.datasets.hardening.ProcessHardening;
import io.lathe.datasets.problem.LatheException;
import io.lathe.workbench.backup.BackupMode;
import io.lathe.workbench.database.Database;
import io.lathe.workbench.notebookserver.Deadlines;
import io.lathe.workbench.notebookserver.NotebookServers;
import io.lathe.workbench.notebookserver.ProcessProvisioner;
import io.lathe.workbench.notebookserver.SupervisedNotebookServers;
import io.lathe.workbench.web.FullDisk;
import io.lathe.workbench.web.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The workbench: starts everything in order and stops it in the reverse order. */
public final class App implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(App.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final DataFolder folder;
    private final Database database;
    private final Services services;
    private final NotebookServers servers;
    private final WebServer web;

    private App(DataFolder folder, Database database, Services services, NotebookServers servers, WebServer web) {
        this.folder = folder;
        this.database = database;
        this.services = services;
        this.servers = servers;
        this.web = web;
    }

    /**
     * Runs a workbench until the process is asked to end. Exit codes: 1 data folder deleted or replaced, 2 bad use or data folder in
     * use, 3 port taken.
     */
    public static void main(String[] arguments) {
        try {
            ProcessHardening.apply();
            if (BackupMode.isMeant(arguments)) {
                System.exit(BackupMode.run(arguments));
            }
            App app = start(Options.parse(arguments), App::localServers);
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(app::close));
            System.err.println("Lathe is ready at " + app.services.hosts().workbenchOrigin());
            app.folder.awaitLoss();
            System.err.println(
                    "The data folder " + app.folder.root() + " was deleted or replaced; everything on it is stopped.");
            System.exit(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (LatheException e) {
            say(String.valueOf(e.getMessage()));
            System.exit(e.code().exitCode());
        } catch (RuntimeException e) {
            LOG.error("The workbench could not start", e);
            say("The workbench could not start: " + e);
            System.exit(1);
        }
    }

    /** Why it could not start, also to the process that started it and asked for that: the log may lie on a disk that is full. */
    private static void say(String why) {
        System.err.println(why);
        if ("stdout".equals(System.getProperty("lathe.startFailure"))) {
            System.out.println(why);
            System.out.flush();
        }
    }

    private static NotebookServers localServers(Services services) {
        return new SupervisedNotebookServers(
                services.jdbi(),
                services.jobs(),
                services.projectTokens(),
                new ProcessProvisioner(
                        services.options().home(), services.options().data()),
                () -> URI.create("http://127.0.0.1:" + services.boundPort().get()),
                Deadlines.defaults(),
                services.clock());
    }

    /**
     * Starts a workbench and returns when it answers requests.
     *
     * @param provisioner makes the notebook servers from the workbench's services
     * @throws LatheException when the data folder is in use, of a newer Lathe or without room, or the port cannot be bound
     */
    public static App start(Options options, Function<Services, NotebookServers> provisioner) {
        try {
            return open(options, provisioner);
        } catch (RuntimeException e) {
            throw FullDisk.causes(e) ? new FullDisk(options.data()).problem(e) : e;
        }
    }

    private static App open(Options options, Function<Services, NotebookServers> provisioner) {
        DataFormat.refuseNewer(options.data());
        DataFolder folder = DataFolder.open(options.data());
        try {
            Database database = Database.open(folder.at("lathe.db"));
            try {
                return start(options, folder, database, provisioner);
            } catch (RuntimeException e) {
                database.close();
                throw e;
            }
        } catch (RuntimeException e) {
            inOrder(folder::close);
            throw e;
        }
    }

    private static App start(
            Options options, DataFolder folder, Database database, Function<Services, NotebookServers> provisioner) {
        Services services = Services.wire(options, folder, database.jdbi(), Clock.systemUTC());
        NotebookServers servers = provisioner.apply(services);
        WebServer web = resumeAndListen(options, folder, services, servers);
        App app = new App(folder, database, services, servers, web);
        try {
            servers.adopt();
            services.endpoint().start();
            folder.announce(web.port(), services.hosts().workbenchOrigin());
            return app;
        } catch (RuntimeException e) {
            app.giveUp();
            throw e;
        }
    }

    /** Publications go on before anybody can upload: what resuming removes must not be a file that just came. */
    private static WebServer resumeAndListen(
            Options options, DataFolder folder, Services services, NotebookServers servers) {
        try {
            services.publications().resume();
            return WebServer.start(options, services, servers);
        } catch (IOException e) {
            services.publications().close();
            throw new UncheckedIOException("Cannot take up what an earlier workbench left in " + folder.root(), e);
        } catch (RuntimeException e) {
            services.publications().close();
            throw e;
        }
    }

    /** Ends a start half way: nobody will know of what it started. Notebook servers, which an earlier workbench left, stay. */
    private void giveUp() {
        inOrder(
                services.jobs()::close,
                services.routeVersion()::close,
                services.profiles()::close,
                services.publications()::close,
                services.endpoint()::close,
                web::close,
                servers::close);
    }

    List<Endpoint> endpoints() {
        return web.endpoints();
    }

    /** The table of every way in, with who may use it. */
    List<Route> routes() {
        return web.routes();
    }

    public int port() {
        return web.port();
    }

    /** The parts, for who starts a workbench inside its own process. */
    public Services services() {
        return services;
    }

    /**
     * Stops what the workbench started, answers what is in flight, and gives the data folder back; takes about five seconds at most.
     * Notebook servers stay when the file {@code run/keep-servers} asks for it.
     */
    @Override
    public void close() {
        services.jobs().close();
        services.routeVersion().close();
        services.profiles().close();
        Thread endpoint = Thread.ofVirtual().start(services.endpoint()::close);
        // A step that fails, as on a full disk, must not leave processes behind that the next one would have ended.
        inOrder(
                services.publications()::close,
                () -> {
                    if (!folder.takeKeepServers()) {
                        servers.stopAll(PATIENCE);
                    }
                },
                web::close,
                servers::close,
                () -> join(endpoint),
                database::close,
                folder::close);
    }

    private static void inOrder(Runnable... steps) {
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException e) {
                LOG.error("A step of stopping failed; the others go on", e);
            }
        }
    }

    private static void join(Thread endpoint) {
        try {
            endpoint.join(PATIENCE.plusSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
