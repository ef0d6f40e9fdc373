package io.lathe.workbench.web;

import io.javalin.http.Context;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import io.lathe.workbench.json.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads requests and writes answers, for every route of the API. */
public final class Body {
    private static final int MOST_CHARACTERS = 64 << 10;

    private Body() {}

    public static <T> T read(Context ctx, Class<T> type) {
        String body = ctx.body();
        if (body.length() > MOST_CHARACTERS) {
            throw new LatheException(
                    ProblemCode.TOO_LARGE,
                    "The request's JSON has more than " + MOST_CHARACTERS + " characters; send less in one request.");
        }
        return Json.readStrictly(body, type);
    }

    /** A field that must be there. */
    public static <T> T require(@Nullable T value, String field) {
        return Optional.ofNullable(value)
                .orElseThrow(() ->
                        new LatheException(ProblemCode.BAD_REQUEST, "The field '" + field + "' is missing; send it."));
    }

    /** A query parameter that must be there. */
    public static String query(Context ctx, String name) {
        String value = ctx.queryParam(name);
        if (value == null || value.isBlank()) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST, "The query parameter '" + name + "' is missing; send it.");
        }
        return value;
    }

    /** A query parameter that is a whole number within bounds; {@code fallback} when it is not given. */
    public static int query(Context ctx, String name, int fallback, int least, int most) {
        String value = ctx.queryParam(name);
        if (value == null) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new LatheException(ProblemCode.BAD_REQUEST, numberMessage(name, value, least, most), e);
        }
        throw new LatheException(ProblemCode.BAD_REQUEST, numberMessage(name, value, least, most));
    }

    private static String numberMessage(String name, String value, int least, int most) {
        return "The query parameter '" + name + "' must be a whole number from " + least + " to " + most + ", not '"
                + Shown.of(value) + "'.";
    }

    /** A field of a form without the space around it; empty when it was not sent. */
    public static String form(Context ctx, String name) {
        String value = ctx.formParam(name);
        return value == null ? "" : value.strip();
    }

    public static void answer(Context ctx, int status, Object value) {
        ctx.status(status).contentType("application/json").result(Json.write(value));
    }

    public static void answer(Context ctx, Object value) {
        answer(ctx, 200, value);
    }
}
