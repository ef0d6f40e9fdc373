package io.lathe.product.browser;

import io.lathe.product.Checkout;
import io.lathe.workbench.App;
import io.lathe.workbench.Options;
import io.lathe.workbench.Services;
import io.lathe.workbench.notebookserver.Deadlines;
import io.lathe.workbench.notebookserver.ProcessProvisioner;
import io.lathe.workbench.notebookserver.SupervisedNotebookServers;
import io.lathe.workbench.project.Project;
import io.lathe.workbench.project.ProjectName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * A workbench in this process over a data folder and a checkout of its own, so that a page's state is made in milliseconds. Its
 * notebook servers are real processes of a small stand-in for JupyterLab, which behaves as the file {@code behave} in the project's
 * folder says: {@code exit}, {@code deaf}, {@code stubborn}. There is no serving endpoint.
 */
final class OwnWorkbench implements AutoCloseable {
    static final String TEMPLATE = "blank";

    private static final String STAND_IN =
            "workbench-server/src/test/resources/io/lathe/workbench/notebookserver/stand-in.py";

    private final Path folder;
    private App app;

    OwnWorkbench(Path folder) {
        this.folder = folder;
        layOutCheckout();
        this.app = started(0);
    }

    private void layOutCheckout() {
        try {
            Path template =
                    Files.createDirectories(folder.resolve("home/templates").resolve(TEMPLATE));
            Files.writeString(
                    template.resolve("template.json"),
                    "{\"title\":\"Blank notebook\",\"description\":\"One empty notebook with a Java kernel.\",\"notebook\":\"start.ipynb\"}");
            Files.writeString(
                    template.resolve("start.ipynb"),
                    "{\"cells\":[],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":5}");
            Path python = Files.createDirectories(folder.resolve("home/.build/python/bin"))
                    .resolve("python");
            Files.copy(Checkout.here().root().resolve(STAND_IN), python, StandardCopyOption.REPLACE_EXISTING);
            if (!python.toFile().setExecutable(true)) {
                throw new IOException("Cannot make " + python + " executable");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private App started(int port) {
        return App.start(
                new Options(folder.resolve("data"), port, 0, folder.resolve("home")),
                services -> new SupervisedNotebookServers(
                        services.jdbi(),
                        services.jobs(),
                        services.projectTokens(),
                        new ProcessProvisioner(
                                services.options().home(), services.options().data()),
                        () -> URI.create(
                                "http://127.0.0.1:" + services.boundPort().get()),
                        new Deadlines(
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(120),
                                Duration.ofSeconds(2),
                                Duration.ofMillis(100),
                                Duration.ofMillis(200),
                                Duration.ofMillis(500)),
                        services.clock()));
    }

    Services services() {
        return app.services();
    }

    String owner() {
        return services().ownerId();
    }

    String origin() {
        return "http://localhost:" + app.port();
    }

    /** Works once. */
    String loginLink() {
        return origin() + "/login?code="
                + services().loginLinks().issue(owner()).code();
    }

    Project project(String name) {
        return services().projects().create(owner(), new ProjectName(name), TEMPLATE);
    }

    /** From its next start on. */
    void behave(Project project, String how) {
        try {
            Files.writeString(project.folder().resolve("behave"), how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path templates() {
        return folder.resolve("home/templates");
    }

    Path store() {
        return folder.resolve("data/store");
    }

    /** Stops the workbench; what it listened on refuses connections from then on. */
    int stop() {
        int port = app.port();
        app.close();
        return port;
    }

    /** Starts it again where it was. */
    void start(int port) {
        app = started(port);
    }

    @Override
    public void close() {
        app.close();
    }
}
