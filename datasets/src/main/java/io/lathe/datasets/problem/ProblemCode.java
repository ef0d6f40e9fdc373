package io.lathe.datasets.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of problems, each with a stable wire name, an HTTP status, a process exit code and what it means. Of several with one
 * status the first is the general one.
 */
public enum ProblemCode {
    BAD_REQUEST(400, 2, "The request cannot be: a name, field or parameter is not what it may be."),
    INVALID_JSON(400, 2, "The body is not JSON, or has other fields or kinds of values than are read here."),
    UNAUTHENTICATED(401, 3, "There is no login or token, or one that is over."),
    FORBIDDEN(403, 1, "This login or token may not do that."),
    CROSS_SITE(403, 1, "Another site's page asked, or the session's CSRF token is missing."),
    NOT_FOUND(404, 1, "There is none, or it is not yours."),
    NO_SUCH_ROUTE(404, 1, "Nothing answers at this path."),
    METHOD_NOT_ALLOWED(405, 2, "The path is there, but not with this method; the header Allow names those it has."),
    CONFLICT(409, 1, "It is in a state that forbids this."),
    NAME_TAKEN(409, 1, "There is one of this name already; choose another name."),
    LIMIT_REACHED(409, 1, "There are as many as there may be; take one away first."),
    IN_PROGRESS(409, 1, "The same request is being answered; ask again in a moment."),
    SECRET_NOT_KEPT(409, 1, "It was done already, and its answer held a secret, which is shown once and not kept."),
    PRECONDITION_FAILED(412, 1, "It has changed since you looked; read it again, then decide."),
    TOO_LARGE(413, 1, "This is too much at once; send less, or in pieces."),
    UNSUPPORTED_MEDIA_TYPE(
            415, 2, "The body is of another kind than is read here; send it with the Content-Type named."),
    RANGE_NOT_SATISFIABLE(
            416, 2, "The part that was asked for lies behind the end; Content-Range says how long it is."),
    MISDIRECTED(421, 2, "The Host is none that answers here."),
    KEY_REUSED(422, 1, "The Idempotency-Key belongs to another request; choose a new one."),
    PRECONDITION_REQUIRED(428, 1, "Say what you expect: If-Match or If-None-Match."),
    TOO_MANY_REQUESTS(429, 1, "Too many at once; wait."),
    INTERNAL(500, 1, "Lathe broke; logs/workbench.log in the data folder has the details."),
    NOT_IMPLEMENTED(501, 1, "The protocol has this way of asking, but this kind of model does not."),
    OUTCOME_UNKNOWN(
            502, 3, "A request was sent on and nobody knows whether it was done; look before you send it again."),
    UNAVAILABLE(503, 3, "Not now; the detail says what is missing."),
    TIMEOUT(504, 3, "It took too long."),
    INSUFFICIENT_STORAGE(507, 3, "The disk of the workbench is full, or cannot be written; make room there.");

    private static final String TYPE_PREFIX = "/problems/";

    private final int httpStatus;
    private final int exitCode;
    private final String meaning;

    ProblemCode(int httpStatus, int exitCode, String meaning) {
        this.httpStatus = httpStatus;
        this.exitCode = exitCode;
        this.meaning = meaning;
    }

    /** The stable name, as {@code not-found}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The name for people, as {@code Not found}. */
    public String title() {
        String words = wireName().replace('-', ' ').replace("json", "JSON");
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** One sentence or two: what has happened whenever this is the answer. */
    public String meaning() {
        return meaning;
    }

    /** The {@code type} of a problem document (RFC 9457, 3.1.1), a page of the workbench: {@code /problems/not-found}. */
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

    /** The general code with this HTTP status. */
    public static Optional<ProblemCode> findByStatus(int httpStatus) {
        return Arrays.stream(values())
                .filter(code -> code.httpStatus == httpStatus)
                .findFirst();
    }
}
