package io.lathe.product.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lathe.product.Checkout;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A workbench as a process of its own with the real JupyterLab, which can be killed and comes back where it was. */
final class KillableWorkbench implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Path folder;
    private final Path home;
    private final Path data;
    private final HttpClient http = HttpClient.newHttpClient();
    private Process process;
    private int port;

    /** @param folder an empty folder, for data and a checkout that has one template with an empty notebook */
    KillableWorkbench(Path folder) throws Exception {
        this.folder = folder;
        home = folder.resolve("home");
        data = folder.resolve("data");
        Path template = Files.createDirectories(home.resolve("templates/blank"));
        Files.writeString(
                template.resolve("template.json"),
                "{\"title\":\"Blank notebook\",\"description\":\"Nothing.\",\"notebook\":\"start.ipynb\"}");
        Files.writeString(
                template.resolve("start.ipynb"), "{\"cells\":[],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":5}");
        Files.createDirectories(home.resolve(".build"));
        Path root = Checkout.here().root();
        Files.createSymbolicLink(home.resolve(".build/python"), root.resolve(".build/python"));
        Files.createSymbolicLink(home.resolve("serving-endpoint"), root.resolve("serving-endpoint"));
        process = start();
    }

    private Process start() throws Exception {
        Files.deleteIfExists(data.resolve("run/workbench.json"));
        Process started = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-jar",
                        Checkout.here()
                                .root()
                                .resolve("workbench-server/target/workbench-server.jar")
                                .toString(),
                        "--data",
                        data.toString(),
                        "--home",
                        home.toString(),
                        "--port",
                        Integer.toString(port),
                        "--serving-port",
                        "0")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(folder.toFile(), "workbench.out")))
                .start();
        await("the workbench", () -> Files.exists(data.resolve("run/workbench.json")));
        port = new ObjectMapper()
                .readTree(data.resolve("run/workbench.json").toFile())
                .path("port")
                .asInt();
        await("the workbench's health", () -> {
            try {
                return send("GET", "/api/v1/health", "").path("status").asText().equals("ok");
            } catch (IOException e) {
                return false; // it does not listen yet
            }
        });
        return started;
    }

    /** As {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("the workbench outlives kill -9");
        }
    }

    void startAgain() throws Exception {
        process = start();
    }

    /** Makes the project and starts its notebook server. */
    void open(String project) throws Exception {
        send("POST", "/api/v1/projects", "{\"name\":\"" + project + "\",\"template\":\"blank\"}");
        send("POST", "/api/v1/projects/" + project + "/server", "");
        await(
                "the notebook server",
                () -> send("GET", "/api/v1/projects/" + project, "")
                        .at("/server/state")
                        .asText()
                        .equals("ready"));
    }

    /** A link that lets a browser into the project, once. */
    String ticket(String project) throws Exception {
        return send("POST", "/api/v1/projects/" + project + "/tickets", "")
                .path("url")
                .asText();
    }

    /** Until the project's only kernel has no connection. */
    void awaitNobodyConnected(String project) throws Exception {
        String token = send("POST", "/api/v1/tokens", "{\"name\":\"watch\",\"role\":\"developer\",\"days\":1}")
                .path("token")
                .asText();
        await(
                "the notebook server to give the browser up",
                () -> kernels(project, token).contains("\"connections\": 0"));
    }

    /** By hand, since Java's client lets nobody choose the host's name. */
    private String kernels(String project, String token) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream()
                    .write(("GET /projects/" + project + "/api/kernels HTTP/1.0\r\nHost: " + project
                                    + ".notebooks.localhost:" + port + "\r\nAuthorization: token " + token
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    Path folder(String project) {
        return data.resolve("projects").resolve(project);
    }

    private JsonNode send(String method, String path, String body) throws IOException, InterruptedException {
        var answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(PATIENCE)
                        .header(
                                "Authorization",
                                "Bearer "
                                        + Files.readString(data.resolve("run/operator-token"))
                                                .strip())
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new AssertionError(method + " " + path + " answered " + answer.statusCode() + " " + answer.body());
        }
        return new ObjectMapper().readTree(answer.body());
    }

    static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited too long for " + what);
            }
            TimeUnit.MILLISECONDS.sleep(50); // between two looks, up to the deadline
        }
    }

    @Override
    public void close() {
        http.close();
        List<ProcessHandle> servers = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        servers.forEach(ProcessHandle::destroyForcibly);
    }
}
