package io.lathe.product.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lathe.product.Checkout;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A workbench started by {@code java -jar} with no option of Java's, and the endpoint that it starts. */
final class RunningPair implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final Path data;
    final Path log;
    final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final Process workbench;

    RunningPair(Path folder) throws IOException, InterruptedException {
        data = folder.resolve("data");
        log = folder.resolve("workbench.log");
        Path root = Checkout.here().root();
        workbench = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        root.resolve("workbench-server/target/workbench-server.jar")
                                .toString(),
                        "--data",
                        data.toString(),
                        "--port",
                        "0",
                        "--serving-port",
                        "0",
                        "--home",
                        root.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        awaitFile("run/workbench.json");
        awaitFile("run/serving.json");
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isLive()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the endpoint does not answer: " + Files.readString(log));
            }
            Thread.sleep(50);
        }
    }

    private boolean isLive() throws InterruptedException {
        try {
            return send(request(servingPort(), "/v2/health/live").GET()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private void awaitFile(String name) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(data.resolve(name))) {
            if (System.nanoTime() > end || !workbench.isAlive()) {
                throw new AssertionError(name + " is not there: " + Files.readString(log));
            }
            Thread.sleep(50);
        }
    }

    private JsonNode card(String name) throws IOException {
        return new ObjectMapper().readTree(data.resolve(name).toFile());
    }

    long pid() {
        return workbench.pid();
    }

    long servingPid() throws IOException {
        return card("run/serving.json").path("pid").asLong();
    }

    int port() throws IOException {
        return card("run/workbench.json").path("port").asInt();
    }

    int servingPort() throws IOException {
        return card("run/serving.json").path("port").asInt();
    }

    String secret(String file) throws IOException {
        return Files.readString(data.resolve(file)).strip();
    }

    HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(port(), path)
                .header("Authorization", "Bearer " + secret("run/operator-token"))
                .POST(BodyPublishers.ofString(body)));
    }

    @Override
    public void close() {
        http.close();
        workbench.destroy();
        try {
            if (!workbench.waitFor(20, TimeUnit.SECONDS)) {
                workbench.descendants().forEach(ProcessHandle::destroyForcibly);
                workbench.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
