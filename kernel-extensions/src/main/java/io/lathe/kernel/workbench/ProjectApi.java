package io.lathe.kernel.workbench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Calls of the project-scoped API that are not about the object store. Thread-safe; every call has a deadline. */
public final class ProjectApi {

    private static final Duration CALL = Duration.ofSeconds(60);
    private static final int MOST_BYTES = 4 << 20;
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private final URI base;
    private final String token;

    ProjectApi(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /** GET, answered as JSON. */
    public JsonNode get(String path) {
        return json(send(request(path).GET().build()), path);
    }

    /**
     * POST of bytes, answered as JSON. OUTCOME_UNKNOWN when the answer was lost.
     *
     * @param key makes sending the same again harmless, where the path says so
     */
    public JsonNode post(String path, Map<String, String> query, String key, String contentType, byte[] body) {
        String target = path + "?"
                + query.entrySet().stream()
                        .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                        .collect(Collectors.joining("&"));
        HttpRequest request = request(target)
                .header("Content-Type", contentType)
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return json(send(request), path);
    }

    /**
     * Follows a stream of events: each event's data, parsed, goes to the consumer in order. Returns when the stream ends or
     * the time is up, which may be before the matter is settled: ask for its state then.
     */
    public void events(String path, Duration atMost, Consumer<JsonNode> consumer) {
        HttpRequest request =
                request(path).header("Accept", "text/event-stream").build();
        HttpResponse<InputStream> response = send(request);
        requireGood(response, path);
        CompletableFuture<Void> end = CompletableFuture.runAsync(
                () -> close(response.body()),
                CompletableFuture.delayedExecutor(atMost.toMillis(), TimeUnit.MILLISECONDS));
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data:")) {
                    consumer.accept(JSON.readTree(line.substring("data:".length())));
                }
            }
        } catch (JsonProcessingException e) {
            throw notUnderstood(path, e);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new LatheException(
                        ProblemCode.OUTCOME_UNKNOWN,
                        "The cell was interrupted; the workbench goes on. Its page shows how it ends.",
                        e);
            }
            // Otherwise the stream broke off; the caller reads the state instead.
        } finally {
            end.cancel(false);
        }
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(CALL).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<InputStream> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofInputStream());
        } catch (HttpTimeoutException e) {
            throw lost(request, ProblemCode.TIMEOUT, "did not answer within " + CALL.toSeconds() + " s", e);
        } catch (IOException e) {
            throw lost(request, ProblemCode.UNAVAILABLE, "cannot be reached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw lost(request, ProblemCode.UNAVAILABLE, "was not waited for: the cell was interrupted", e);
        }
    }

    private LatheException lost(HttpRequest request, ProblemCode code, String what, Exception cause) {
        boolean write = !request.method().equals("GET");
        return new LatheException(
                write ? ProblemCode.OUTCOME_UNKNOWN : code,
                "The workbench at " + base.getAuthority() + " " + what
                        + (write
                                ? ", so it is not known whether it took the request. Look at its page before trying again."
                                : ". './lathe status' says whether it runs."),
                cause);
    }

    private static JsonNode json(HttpResponse<InputStream> response, String path) {
        requireGood(response, path);
        try (InputStream body = response.body()) {
            return JSON.readTree(body.readNBytes(MOST_BYTES));
        } catch (IOException e) {
            throw notUnderstood(path, e);
        }
    }

    private static void requireGood(HttpResponse<InputStream> response, String path) {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return;
        }
        JsonNode problem = JSON.nullNode();
        try (InputStream body = response.body()) {
            problem = JSON.readTree(body.readNBytes(MOST_BYTES));
        } catch (IOException e) {
            problem = JSON.nullNode();
        }
        String detail = problem.path("detail").asText();
        throw new LatheException(
                ProblemCode.findByType(problem.path("type").asText())
                        .or(() -> ProblemCode.findByStatus(status))
                        .orElse(ProblemCode.INTERNAL),
                detail.isEmpty() ? "The workbench answered " + status + " to " + path + "; look at its log." : detail);
    }

    private static LatheException notUnderstood(String path, Exception cause) {
        return new LatheException(
                ProblemCode.INTERNAL,
                "The workbench's answer to " + path + " is not what this kernel understands.",
                cause);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
