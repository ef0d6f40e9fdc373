package io.lathe.workbench.web;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * Lists in pages: by name, so that what is added or removed meanwhile moves nothing else. A page that is not the last one names the
 * next in its {@code Link} header (RFC 8288).
 */
public final class Paging {
    /** Most things of one page, and how many there are when nobody says. */
    public static final int MOST = 1_000;

    /** What every list takes. */
    static final List<Parameter> PARAMETERS = List.of(
            Parameter.query(
                    "limit",
                    Parameter.Need.OPTIONAL,
                    new Parameter.Values.Whole(1, MOST),
                    "Most of one answer; " + MOST + " unless said."),
            Parameter.query(
                    "after",
                    Parameter.Need.OPTIONAL,
                    new Parameter.Values.Text("", ""),
                    "The last name that was seen; the header Link names the next page."));

    private Paging() {}

    /** Reads a part of a list from where it is kept. */
    @FunctionalInterface
    public interface Source<T> {
        /** At most {@code limit} things whose names follow {@code after}, in the order of their names. */
        List<T> read(String after, int limit);
    }

    /**
     * Answers the page that the request asks for, of a list that fits into memory whole.
     *
     * @param all everything, in the order of its names
     * @param view what is answered of each; asked for those of the page only
     */
    public static <T> void answer(Context ctx, List<T> all, Function<T, String> name, Function<T, ?> view) {
        Source<T> source = (after, limit) -> all.stream()
                .filter(item -> name.apply(item).compareTo(after) > 0)
                .limit(limit)
                .toList();
        answer(ctx, source, name, view);
    }

    /**
     * Answers the page that the request asks for, reading no more than that.
     *
     * @param view what is answered of each; asked for those of the page only
     */
    public static <T> void answer(Context ctx, Source<T> source, Function<T, String> name, Function<T, ?> view) {
        int limit = Body.query(ctx, "limit", MOST, 1, MOST);
        String sent = ctx.queryParam("after");
        List<T> rest = source.read(sent == null ? "" : sent, limit + 1);
        List<T> page = rest.subList(0, Math.min(limit, rest.size()));
        if (rest.size() > limit) {
            String last = URLEncoder.encode(name.apply(page.getLast()), StandardCharsets.UTF_8);
            ctx.header("Link", "<" + ctx.path() + "?limit=" + limit + "&after=" + last + ">; rel=\"next\"");
        }
        Body.answer(ctx, page.stream().map(view).toList());
    }
}
