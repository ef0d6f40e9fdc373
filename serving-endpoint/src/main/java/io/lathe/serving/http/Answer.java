package io.lathe.serving.http;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What goes back to the caller: always a JSON document.
 *
 * @param headers beside Content-Type, which is always {@code application/json}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared or changed
public record Answer(int status, Map<String, String> headers, byte[] body) {

    public static final String MODEL_VERSION = "Lathe-Model-Version";
    /** The stable name of what went wrong: {@code not-found}. */
    public static final String PROBLEM = "Lathe-Problem";

    public static final String REQUEST_ID = "Lathe-Request-Id";

    private static final int LONGEST_MESSAGE = 8_000;

    public Answer {
        headers = Map.copyOf(headers);
    }

    public static Answer ok(StrictJson.Writing json) {
        return of(200, json);
    }

    public static Answer of(int status, StrictJson.Writing json) {
        return new Answer(status, Map.of(), StrictJson.write(json));
    }

    /** The error body of both protocols: {@code {"error":"…"}}. */
    public static Answer error(int status, String message) {
        return of(status, json -> {
            json.writeStartObject();
            json.writeStringField("error", Shown.of(message, LONGEST_MESSAGE));
            json.writeEndObject();
        });
    }

    /** As {@link #error(int, String)}, naming the kind of problem in a header. */
    public static Answer error(ProblemCode code, String message) {
        return error(code.httpStatus(), message).with(PROBLEM, code.wireName());
    }

    public static Answer error(LatheException failure) {
        Answer answer = error(failure.code(), failure.getMessage());
        return switch (failure.code()) {
            case TOO_MANY_REQUESTS, UNAVAILABLE -> answer.with("Retry-After", "1");
            case UNAUTHENTICATED -> answer.with("WWW-Authenticate", "Bearer realm=\"lathe\"");
            default -> answer;
        };
    }

    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }

    public static LatheException badRequest(String message) {
        return new LatheException(ProblemCode.BAD_REQUEST, message);
    }
}
