package io.lathe.datasets.store;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Requests to the workbench with deadlines and few retries: questions are asked again freely, writes only when they are known not to have happened. Thread-safe. */
final class HttpExchanges {
    private static final int ATTEMPTS = 4;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration EXCHANGE = Duration.ofSeconds(60);
    private static final long SLOWEST_BYTES_PER_SECOND = 1 << 20;
    private static final int PROBLEM_BYTES = 1 << 16;
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,4096}");

    /** What the store says of a write whose answer was lost. */
    enum ReadBack {
        DONE,
        NOT_DONE,
        UNKNOWN
    }

    private final URI workbench;
    private final String authorization;
    private final HttpClient client;

    HttpExchanges(URI workbench, String bearerToken) {
        if (!"http".equals(workbench.getScheme()) && !"https".equals(workbench.getScheme())) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "'" + workbench + "' is not an http address. Give one like http://127.0.0.1:8080.");
        }
        if (!TOKEN.matcher(bearerToken).matches()) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "The project token has characters no token has. Start the notebook from the workbench.");
        }
        this.workbench = workbench;
        this.authorization = "Bearer " + bearerToken;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .build();
    }

    /** Asks until there is an answer. UNAVAILABLE or TIMEOUT when there is none. */
    HttpResponse<byte[]> ask(HttpRequest.Builder request, int maxBytes) {
        for (var attempt = 1; ; attempt++) {
            try {
                var answer = exchange(request, EXCHANGE, maxBytes);
                if (!isBusy(answer) || attempt == ATTEMPTS) {
                    return answer;
                }
            } catch (IOException | TimeoutException e) {
                if (attempt == ATTEMPTS) {
                    throw unanswered(e);
                }
            }
            pause(attempt);
        }
    }

    /** The answer to a write; empty when the answer was lost and reading back shows it was done. OUTCOME_UNKNOWN when that cannot be learnt. */
    Optional<HttpResponse<byte[]>> write(HttpRequest.Builder request, long bytes, Supplier<ReadBack> readBack) {
        var deadline = EXCHANGE.plusSeconds(Math.max(bytes, 0) / SLOWEST_BYTES_PER_SECOND);
        for (var attempt = 1; ; attempt++) {
            Exception lost;
            try {
                var answer = exchange(request, deadline, 0);
                if (!isBusy(answer) || attempt == ATTEMPTS) {
                    return Optional.of(answer);
                }
                pause(attempt);
                continue;
            } catch (ConnectException | HttpConnectTimeoutException e) {
                if (attempt == ATTEMPTS) {
                    throw unanswered(e);
                }
                pause(attempt);
                continue;
            } catch (IOException | TimeoutException e) {
                lost = e;
            }
            var outcome = outcome(readBack, lost);
            if (outcome == ReadBack.DONE) {
                return Optional.empty();
            }
            if (outcome == ReadBack.UNKNOWN) {
                throw unknown(lost);
            }
            if (attempt == ATTEMPTS) {
                // Not done yet; but what was sent last may still be on its way.
                throw unknown(lost);
            }
            pause(attempt);
        }
    }

    private ReadBack outcome(Supplier<ReadBack> readBack, Exception lost) {
        try {
            return readBack.get();
        } catch (LatheException e) {
            var unknown = unknown(lost);
            unknown.addSuppressed(e);
            throw unknown;
        }
    }

    private HttpResponse<byte[]> exchange(HttpRequest.Builder request, Duration deadline, int maxBytes)
            throws IOException, TimeoutException {
        var sent = client.sendAsync(
                request.copy()
                        .header("Authorization", authorization)
                        .timeout(deadline)
                        .build(),
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), Math.max(maxBytes, PROBLEM_BYTES)));
        try {
            return sent.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw new LatheException(ProblemCode.TIMEOUT, "Interrupted while waiting for the workbench. Try again.", e);
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IOException(e.getCause());
        }
    }

    private static boolean isBusy(HttpResponse<byte[]> answer) {
        return answer.statusCode() == 503 || answer.statusCode() == 429;
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(50, 101) << (attempt - 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LatheException(ProblemCode.TIMEOUT, "Interrupted while waiting for the workbench. Try again.", e);
        }
    }

    private LatheException unanswered(Exception cause) {
        var code = cause instanceof TimeoutException || cause instanceof java.net.http.HttpTimeoutException
                ? ProblemCode.TIMEOUT
                : ProblemCode.UNAVAILABLE;
        return new LatheException(
                code,
                "The workbench at " + workbench.getScheme() + "://" + workbench.getAuthority()
                        + " does not answer. Is it running?",
                cause);
    }

    private LatheException unknown(Exception lost) {
        return new LatheException(
                ProblemCode.OUTCOME_UNKNOWN,
                "The answer of the workbench at " + workbench.getAuthority()
                        + " was lost, and whether the write happened cannot be learnt. Look before writing again.",
                lost);
    }
}
