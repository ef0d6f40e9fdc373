package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.workbench.json.Json;
import io.lathe.workbench.notebookserver.NotebookServers;
import io.lathe.workbench.project.ProjectName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;

/** A workbench on a free port over a data folder of its own, and a client for it. */
final class RunningWorkbench implements AutoCloseable {
    final App app;
    final Path data;
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    RunningWorkbench(Path data, Path home) {
        this(new Options(data, 0, 0, home));
    }

    RunningWorkbench(Options options) {
        this(options, services -> new NoNotebookServers());
    }

    RunningWorkbench(Options options, Function<Services, NotebookServers> servers) {
        this.data = options.data();
        this.app = App.start(options, servers);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path))
                .timeout(Duration.ofSeconds(40));
    }

    /** As {@link #request}, with the operator's token. */
    HttpRequest.Builder operator(String path) {
        return request(path).header("Authorization", "Bearer " + secret("run/operator-token"));
    }

    /** A token as the project's kernel has one. */
    String kernelToken(String project) {
        Services services = app.services();
        return services.projectTokens()
                .issue(
                        services.projects()
                                .load(services.ownerId(), new ProjectName(project))
                                .grant(),
                        "test-server");
    }

    /** As {@link #request}, with a token of the project's kernel. */
    HttpRequest.Builder kernel(String project, String path) {
        return request(path).header("Authorization", "Bearer " + kernelToken(project));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The answer's JSON; fails when it has another status. */
    JsonNode json(int status, HttpRequest.Builder request) {
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return Json.tree(answer.body());
    }

    JsonNode post(int status, String path, String body) {
        return json(status, operator(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    JsonNode get(String path) {
        return json(200, operator(path));
    }

    void makeProject(String name) {
        post(201, "/api/v1/projects", "{\"name\":\"" + name + "\",\"template\":\"" + Checkout.TEMPLATE + "\"}");
    }

    /** A form as a browser sends it. */
    HttpRequest.Builder form(String path, String fields) {
        return request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(fields));
    }

    /** Logs a browser in; answers the {@code Cookie} header it sends from then on. */
    String logIn() {
        String url = post(201, "/api/v1/login-links", "").path("url").asText();
        HttpResponse<String> answer = send(form("/login", "code=" + url.substring(url.indexOf('=') + 1)));
        assertThat(answer.statusCode()).isEqualTo(303);
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    /** Sends a request to one of the workbench's host names, which the JDK's client cannot; answers the whole response. */
    String raw(String host, String requestLine, String... headers) {
        // A host that is an address is reached there.
        String address = host.startsWith("127.") ? host.substring(0, host.indexOf(':')) : "127.0.0.1";
        try (Socket socket = new Socket(address, app.port())) {
            socket.setSoTimeout(10_000);
            String head = requestLine + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\nContent-Length: 0\r\n"
                    + String.join("\r\n", headers) + (headers.length == 0 ? "\r\n" : "\r\n\r\n");
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String secret(String file) {
        try {
            return Files.readString(data.resolve(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the condition holds. */
    static boolean isEmpty(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.sleep(Duration.ofMillis(25));
        }
    }

    @Override
    public void close() {
        app.close();
    }
}
