package io.lathe.launcher.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lathe.launcher.data.DataFolder;
import io.lathe.launcher.data.RunNote;
import io.lathe.launcher.terminal.CommandFailure;
import io.lathe.launcher.terminal.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A client of one running workbench, acting as its owner. Thread-safe. */
public final class WorkbenchApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http;
    private final URI origin;
    private final String token;

    public WorkbenchApi(HttpClient http, URI origin, String token) {
        this.http = http;
        this.origin = origin;
        this.token = token;
    }

    /** The client of the workbench that runs on a data folder; fails with {@link ExitCode#UNKNOWN} where none does. */
    public static WorkbenchApi of(DataFolder data) {
        RunNote note = data.workbench().orElseThrow(() -> new CommandFailure(ExitCode.UNKNOWN, data.absence()));
        return at(note.port(), data.operatorToken());
    }

    /** The client of the workbench on a loopback port. */
    public static WorkbenchApi at(int port, String token) {
        return new WorkbenchApi(client(), URI.create("http://127.0.0.1:" + port), token);
    }

    /** HTTP/1.1 with a short connect timeout, as every part of Lathe is on this machine. */
    public static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /** What {@code GET /api/v1/health} answers, where somebody answers it in time. */
    public static Optional<JsonNode> health(HttpClient http, int port) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/health"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return response.statusCode() == 200 ? Optional.of(JSON.readTree(response.body())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw cancelled(e);
        }
    }

    public JsonNode get(String path) {
        return send(request(path).GET().build());
    }

    public JsonNode post(String path, JsonNode body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
    }

    /** A POST that says everything by its path. */
    public JsonNode post(String path) {
        BodyPublisher nothing = BodyPublishers.noBody();
        return send(request(path).POST(nothing).build());
    }

    public JsonNode delete(String path) {
        return send(request(path).DELETE().build());
    }

    /** A name as one segment of a path. */
    public static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(origin.resolve(path))
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token);
    }

    private JsonNode send(HttpRequest request) {
        HttpResponse<String> response;
        try {
            response = http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.UNKNOWN,
                    "the workbench at " + origin + " did not answer " + request.method() + " "
                            + request.uri().getPath() + " (" + e
                            + "); './lathe status' with the same --data shows what runs",
                    e);
        } catch (InterruptedException e) {
            throw cancelled(e);
        }
        if (response.statusCode() / 100 != 2) {
            throw problem(request, response);
        }
        return parse(response.body());
    }

    private static CommandFailure problem(HttpRequest request, HttpResponse<String> response) {
        int status = response.statusCode();
        String detail = parse(response.body()).path("detail").asText("");
        if (detail.isEmpty()) {
            detail = request.method() + " " + request.uri().getPath() + " was answered with " + status;
        }
        boolean unknown = status == 401 || status == 502 || status == 503 || status == 504;
        return new CommandFailure(unknown ? ExitCode.UNKNOWN : ExitCode.FAILED, detail);
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    private static CommandFailure cancelled(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new CommandFailure(ExitCode.CANCELLED, "cancelled", e);
    }
}
