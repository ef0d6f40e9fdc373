package io.lathe.serving.http;

import java.time.Duration;

/**
 * The bounds of the endpoint, all in one place.
 *
 * @param bodyBytes largest request body, counted after inflation
 * @param totalBodyBytes bytes of request bodies held at one time by all requests
 * @param rows most rows in one request
 * @param fieldsPerRow most fields in one row
 * @param jsonDepth deepest nesting of a JSON body
 * @param requests requests in work at one time, whatever they ask
 * @param predictions predictions computed at one time
 * @param waiting predictions that may wait for their turn
 * @param turn longest wait for a turn
 * @param request time from the first header byte to the answer
 */
public record Limits(
        int bodyBytes,
        long totalBodyBytes,
        int rows,
        int fieldsPerRow,
        int jsonDepth,
        int requests,
        int predictions,
        int waiting,
        Duration turn,
        Duration request) {

    private static final long VALUES_PER_ROW = 100;

    public static Limits defaults() {
        int cores = Runtime.getRuntime().availableProcessors();
        return new Limits(
                8 << 20,
                64L << 20,
                10_000,
                1_000,
                32,
                256,
                Math.max(2, cores),
                64,
                Duration.ofSeconds(2),
                Duration.ofSeconds(15));
    }

    /** Most values in one request, rows times fields: what a small body can make of itself in memory. */
    public long values() {
        return VALUES_PER_ROW * rows;
    }

    public Limits {
        if (bodyBytes < 1 || totalBodyBytes < bodyBytes || rows < 1 || fieldsPerRow < 1 || jsonDepth < 4) {
            throw new IllegalArgumentException("limits of a body must be positive and fit each other");
        }
        if (requests < 1 || predictions < 1 || waiting < 0 || turn.isNegative() || request.isNegative()) {
            throw new IllegalArgumentException("limits of concurrency must be positive");
        }
    }
}
