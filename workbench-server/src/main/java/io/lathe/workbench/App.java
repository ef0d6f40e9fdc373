package io.lathe.workbench;

import io.lathe.workbench.database.Database;
import io.lathe.workbench.notebookserver.NotebookServers;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

/** The workbench: starts everything in order and stops it in the reverse order. */
public final class App implements AutoCloseable {
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
     * Starts a workbench and returns when it answers requests.
     *
     * @param provisioner makes the notebook servers from the workbench's services
     * @throws io.lathe.datasets.problem.LatheException when the data folder is in use or the port cannot be bound
     */
    public static App start(Options options, Function<Services, NotebookServers> provisioner) {
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
            folder.close();
            throw e;
        }
    }

    private static App start(
            Options options, DataFolder folder, Database database, Function<Services, NotebookServers> provisioner) {
        Services services = Services.wire(options, folder, database.jdbi(), Clock.systemUTC());
        NotebookServers servers = provisioner.apply(services);
        WebServer web = WebServer.start(options, services, servers);
        servers.adopt();
        folder.announce(web.port(), services.hosts().workbenchOrigin());
        return new App(folder, database, services, servers, web);
    }

    public int port() {
        return web.port();
    }

    /** The parts, for who starts a workbench inside its own process. */
    public Services services() {
        return services;
    }

    /** Stops what the workbench started, answers what is in flight, and gives the data folder back; takes at most five seconds. */
    @Override
    public void close() {
        services.jobs().close();
        servers.stopAll(Duration.ofSeconds(3));
        web.close();
        servers.close();
        database.close();
        folder.close();
    }
}
