package io.lathe.datasets.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of problems, each with a stable wire name, an HTTP status and a process exit code. */
public enum ProblemCode {
    BAD_REQUEST(400, 2),
    UNAUTHENTICATED(401, 3),
    FORBIDDEN(403, 1),
    NOT_FOUND(404, 1),
    CONFLICT(409, 1),
    GONE(410, 1),
    PRECONDITION_FAILED(412, 1),
    TOO_LARGE(413, 1),
    /** An {@code Idempotency-Key} that belongs to another request. */
    KEY_REUSED(422, 1),
    PRECONDITION_REQUIRED(428, 1),
    TOO_MANY_REQUESTS(429, 1),
    INTERNAL(500, 1),
    /** A write was sent and its answer never came: it may or may not have happened. */
    OUTCOME_UNKNOWN(502, 3),
    UNAVAILABLE(503, 3),
    TIMEOUT(504, 3);

    private static final String TYPE_PREFIX = "urn:lathe:problem:";

    private final int httpStatus;
    private final int exitCode;

    ProblemCode(int httpStatus, int exitCode) {
        this.httpStatus = httpStatus;
        this.exitCode = exitCode;
    }

    /** The stable name, as {@code not-found}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The {@code type} of a problem document, as {@code urn:lathe:problem:not-found}. */
    public String typeUri() {
        return TYPE_PREFIX + wireName();
    }

    public int httpStatus() {
        return httpStatus;
    }

    public int exitCode() {
        return exitCode;
    }

    /** The code whose {@link #typeUri()} this is. */
    public static Optional<ProblemCode> findByType(String typeUri) {
        return Arrays.stream(values())
                .filter(code -> code.typeUri().equals(typeUri))
                .findFirst();
    }

    /** The code with this HTTP status. */
    public static Optional<ProblemCode> findByStatus(int httpStatus) {
        return Arrays.stream(values())
                .filter(code -> code.httpStatus == httpStatus)
                .findFirst();
    }
}
