package io.lathe.workbench.web;

import io.javalin.http.Context;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.workbench.access.Secrets;
import io.lathe.workbench.json.Json;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Entity tags (RFC 9110, 8.8.3) of single resources: a hash of the answer, so that two equal answers have one tag. */
public final class Tag {
    private Tag() {}

    /** Answers the resource with its tag; with 304 and nothing more when {@code If-None-Match} has it. */
    public static void answer(Context ctx, Object view) {
        String json = Json.write(view);
        String tag = of(json);
        ctx.header("ETag", tag);
        if (has(ctx.header("If-None-Match"), tag)) {
            ctx.status(304);
        } else {
            ctx.contentType("application/json").result(json);
        }
    }

    /**
     * What {@code If-Match} asks of the resource, to be looked at by who changes it, within the transaction or lock of the change: of
     * two who saw the same state only one gets through. Without the header nothing is asked.
     *
     * @param view makes of the resource what its GET answers
     * @return throws PRECONDITION_FAILED when the resource is no longer what the caller saw; the answer carries the tag it has now
     */
    public static <T> Consumer<T> expected(Context ctx, Function<T, ?> view) {
        String expected = ctx.header("If-Match");
        if (expected == null) {
            return now -> {};
        }
        return now -> {
            String tag = of(Json.write(view.apply(now)));
            if (!has(expected, tag)) {
                ctx.header("ETag", tag);
                throw new LatheException(
                        ProblemCode.PRECONDITION_FAILED,
                        "It has changed since you looked: its ETag is " + tag + " now. Read it again, then decide.");
            }
        };
    }

    private static String of(String json) {
        return "\"" + Secrets.sha256(json).substring(0, 32) + "\"";
    }

    private static boolean has(@Nullable String header, String tag) {
        return header != null
                && Arrays.stream(header.split(","))
                        .map(String::strip)
                        .anyMatch(sent ->
                                sent.equals("*") || sent.replaceFirst("^W/", "").equals(tag));
    }
}
