package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.workbench.access.Accounts;
import io.lathe.workbench.access.HostNaming;
import io.lathe.workbench.database.Database;
import io.lathe.workbench.json.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A workbench as it really runs: a process of its own, with as little memory as a test wants, that can be killed. */
final class WorkbenchProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    final Path data;
    private final List<String> options;
    private final HostNaming hosts;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private @Nullable Process process;
    private int port;

    /**
     * Makes the projects, and starts.
     *
     * @param options of the virtual machine
     */
    WorkbenchProcess(Path data, List<String> options, String... projects) {
        this(data, options, HostNaming.NAMES, projects);
    }

    WorkbenchProcess(Path data, List<String> options, HostNaming hosts, String... projects) {
        Path python = home().resolve(".build/python/bin/python");
        assumeTrue(Files.isExecutable(python), "no JupyterLab: " + python + " is missing; ./lathe up makes it");
        this.data = data;
        this.options = options;
        this.hosts = hosts;
        try (Database database = Database.open(data.resolve("lathe.db"))) {
            String owner = new Accounts(database.jdbi(), Clock.systemUTC()).ownerId();
            for (String name : projects) {
                Files.createDirectories(data.resolve("projects").resolve(name));
                database.jdbi()
                        .useHandle(handle -> handle.execute(
                                "INSERT INTO project (id, owner_id, name, template, notebook, created_at) VALUES (?, ?, ?, 't', 'n', 0)",
                                "id-" + name,
                                owner,
                                name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    static Path home() {
        String given = Optional.ofNullable(System.getProperty("lathe.home"))
                .or(() -> Optional.ofNullable(System.getenv("LATHE_HOME")))
                .orElse("..");
        return Path.of(given).toAbsolutePath().normalize();
    }

    /** Starts it, on the port that it had before. */
    void start() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(options);
        command.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), App.class.getName()));
        command.addAll(List.of("--data", data.toString(), "--home", home().toString(), "--serving-port", "0"));
        command.addAll(List.of("--port", Integer.toString(port), "--notebook-hosts", hosts.word()));
        try {
            Files.deleteIfExists(data.resolve("run/workbench.json"));
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(data.toFile(), "workbench.out")))
                    .start();
            process = started;
            await("the workbench to start", () -> {
                assertThat(started.isAlive()).as(() -> output()).isTrue();
                return Files.exists(data.resolve("run/workbench.json")) && healthy();
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean healthy() {
        try {
            port = Json.tree(Files.readString(data.resolve("run/workbench.json")))
                    .path("port")
                    .asInt();
            return port > 0
                    && send("GET", "/api/v1/health").path("status").asText().equals("ok");
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    String output() {
        try {
            return Files.readString(data.resolve("workbench.out"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return process().pid();
    }

    boolean isAlive() {
        return process().isAlive();
    }

    private Process process() {
        return java.util.Objects.requireNonNull(process);
    }

    /** As {@code kill -9}: nothing is said to anybody. */
    void kill() {
        process().destroyForcibly();
        try {
            assertThat(process().waitFor(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The most memory it has had so far, in bytes; what the system counts, not the heap alone. */
    long peakBytes() {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode send(String method, String path) {
        return send(method, path, "");
    }

    /** As the owner; the answer must be a success. */
    JsonNode send(String method, String path, String body) {
        try {
            String token = Files.readString(data.resolve("run/operator-token")).strip();
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(Duration.ofSeconds(30))
                            .header("Authorization", "Bearer " + token)
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode())
                    .as(() -> method + " " + path + ": " + answer.body())
                    .isLessThan(300);
            return answer.body().isEmpty() ? Json.tree("null") : Json.tree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts the project's server and lets a browser in. */
    LabBrowser open(String project) {
        send("POST", "/api/v1/projects/" + project + "/server");
        awaitServer(project, "ready");
        LabBrowser browser = new LabBrowser(project, port);
        String url = send("POST", "/api/v1/projects/" + project + "/tickets")
                .path("url")
                .asText();
        browser.enter(url.substring(url.indexOf("ticket=") + "ticket=".length()));
        return browser;
    }

    void awaitServer(String project, String state) {
        await(project + "'s server to be " + state, () -> {
            JsonNode server = send("GET", "/api/v1/projects/" + project).path("server");
            assertThat(server.path("state").asText()).as(server::toString).isNotEqualTo("failed");
            return server.path("state").asText().equals(state);
        });
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(deadline);
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Stops it and the notebook servers that it knows. */
    @Override
    public void close() {
        if (!isAlive()) {
            start();
        }
        process().destroy();
        try {
            if (!process().waitFor(30, TimeUnit.SECONDS)) {
                process().destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
