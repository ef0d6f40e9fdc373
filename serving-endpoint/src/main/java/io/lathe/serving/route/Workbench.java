package io.lathe.serving.route;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.models.bundle.BundleReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The workbench as the endpoint sees it: routes and bundles, asked with the serving token. Thread-safe. */
public final class Workbench implements AutoCloseable {

    private static final long MOST_ROUTE_BYTES = 16L << 20;
    private static final long MOST_TOKEN_BYTES = 4_096;
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration BUNDLE = Duration.ofMinutes(5);

    private final URI base;
    private final Path tokenFile;
    private final HttpClient http;

    /** @param tokenFile read at each request, so that a renewed token needs no restart */
    public Workbench(URI base, Path tokenFile) {
        this.base = base;
        this.tokenFile = tokenFile;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
    }

    /** The document newer than {@code after}, waiting up to {@code wait} for one; empty when there is none. */
    public Optional<RouteDocument> findRoutes(long after, Duration wait) throws InterruptedException {
        HttpRequest request = request("/api/v1/routes?after=" + after + "&wait=" + wait.toSeconds());
        HttpResponse<byte[]> response =
                send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_ROUTE_BYTES), wait.plus(GRACE));
        return switch (response.statusCode()) {
            case 200 -> Optional.of(RouteJson.parse(response.body()));
            case 304 -> Optional.empty();
            default -> throw refused("the routes", response.statusCode());
        };
    }

    /** Writes the bundle's zip to {@code file}, unverified. */
    public void download(String bundle, Path file) throws InterruptedException {
        HttpResponse<Path> response = send(
                request("/api/v1/bundles/" + bundle),
                BodyHandlers.limiting(BodyHandlers.ofFile(file), BundleReader.MAX_BYTES),
                BUNDLE);
        if (response.statusCode() != 200) {
            throw refused("bundle " + bundle, response.statusCode());
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .header("Authorization", "Bearer " + token())
                .GET()
                .build();
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body, Duration deadline)
            throws InterruptedException {
        CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request, body);
        try {
            return answer.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new LatheException(
                    ProblemCode.UNAVAILABLE,
                    "Nothing could be taken from the workbench: '"
                            + Optional.ofNullable(e.getCause())
                                    .map(cause -> cause.getMessage() == null
                                            ? cause.getClass().getSimpleName()
                                            : cause.getMessage())
                                    .orElse("no answer")
                            + "'. Start it with ./lathe up, and look at the room on the endpoint's disk.",
                    e);
        } catch (TimeoutException e) {
            throw new LatheException(
                    ProblemCode.UNAVAILABLE, "The workbench did not answer in time; look at its log.", e);
        } finally {
            answer.cancel(true);
        }
    }

    private String token() {
        try {
            if (Files.size(tokenFile) > MOST_TOKEN_BYTES) {
                throw new LatheException(
                        ProblemCode.UNAVAILABLE,
                        "The serving token's file is too large to hold a token. Start the endpoint from its workbench.");
            }
            String token = Files.readString(tokenFile).strip();
            if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
                throw new LatheException(
                        ProblemCode.UNAVAILABLE,
                        "The serving token's file holds no token. Start the endpoint from its workbench.");
            }
            return token;
        } catch (IOException e) {
            throw new LatheException(
                    ProblemCode.UNAVAILABLE,
                    "The serving token's file cannot be read. Start the endpoint from its workbench.",
                    e);
        }
    }

    private static LatheException refused(String what, int status) {
        return new LatheException(
                ProblemCode.UNAVAILABLE,
                "The workbench answered " + status + " when asked for " + what + "; look at its log.");
    }
}
