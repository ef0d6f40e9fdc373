package io.lathe.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lathe.models.publish.BuiltBundle;
import io.lathe.serving.http.Limits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** A running endpoint on a free port, and a caller with a consumer's token. */
final class Served implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final JsonMapper STRICT = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final App app;
    private final Optional<SmallWorkbench> own;

    private Served(App app, Optional<SmallWorkbench> own) {
        this.app = app;
        this.own = own;
    }

    static Served start(Path folder, URI workbench) throws IOException {
        return start(folder, workbench, Limits.defaults());
    }

    static Served start(Path folder, URI workbench, Limits limits) throws IOException {
        return new Served(app(folder, workbench, limits), Optional.empty());
    }

    /** Beside a workbench of its own; answers once it has taken over this route document. */
    static Served start(Path folder, RoutesJson routes, BuiltBundle... bundles)
            throws IOException, InterruptedException {
        SmallWorkbench workbench = SmallWorkbench.start().holding(bundles);
        workbench.route(routes);
        return new Served(app(folder, workbench.url(), Limits.defaults()), Optional.of(workbench))
                .awaitRoutes(routes.version());
    }

    private static App app(Path folder, URI workbench, Limits limits) throws IOException {
        Path token = Files.writeString(folder.resolve("serving-token"), SmallWorkbench.TOKEN + "\n");
        return App.start(new Settings(folder.resolve("data"), 0, workbench, token), limits);
    }

    /** An answer, its body parsed by a strict JSON parser. */
    record Reply(int status, HttpResponse<byte[]> raw) {

        JsonNode json() {
            try {
                return STRICT.readTree(raw.body());
            } catch (IOException e) {
                throw new AssertionError("not JSON: " + text(), e);
            }
        }

        String text() {
            return new String(raw.body(), StandardCharsets.UTF_8);
        }

        String error() {
            return json().path("error").asText();
        }

        Optional<String> header(String name) {
            return raw.headers().firstValue(name);
        }
    }

    int port() {
        return app.port();
    }

    Reply get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    Reply post(String path, String json) throws IOException, InterruptedException {
        return send(request(path).POST(BodyPublishers.ofString(json)).header("Content-Type", "application/json"));
    }

    Reply predict(String... rows) throws IOException, InterruptedException {
        return post("/v1/models/tiny:predict", TinyModels.instances(rows));
    }

    /** A request with the consumer's token; change it as needed, then {@link #send} it. */
    HttpRequest.Builder request(String path) {
        return open(path).header("Authorization", "Bearer " + RoutesJson.WEB_TOKEN);
    }

    HttpRequest.Builder open(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path))
                .timeout(PATIENCE);
    }

    Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
        return new Reply(response.statusCode(), response);
    }

    JsonNode status() throws IOException, InterruptedException {
        return send(open("/lathe/status").GET()).json();
    }

    /** Waits until the endpoint has taken over the route document of that version. */
    Served awaitRoutes(long version) throws IOException, InterruptedException {
        await("route version " + version, status -> status.path("routeVersion").asLong() == version);
        return this;
    }

    void await(String what, Predicate<JsonNode> condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        JsonNode last = status();
        while (!condition.test(last)) {
            if (System.nanoTime() > end) {
                throw new AssertionError(String.format(Locale.ROOT, "no %s: %s", what, last));
            }
            Thread.onSpinWait();
            last = status();
        }
    }

    @Override
    public void close() {
        app.close();
        own.ifPresent(SmallWorkbench::close);
        http.shutdownNow();
    }
}
