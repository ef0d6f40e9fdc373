package io.lathe.workbench.page;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Which part of a long list a page shows.
 *
 * @param base the page's path
 * @param also further fields of the page's address, as {@code from=1&to=2}; may be empty
 * @param search what names must contain; empty for all
 * @param page from 1
 * @param pages how many there are, at least 1
 * @param found how many entries match the search
 * @param total how many entries there are
 */
public record Pager(String base, String also, String search, int page, int pages, int found, int total) {
    private static final int LONGEST_SEARCH = 100;
    /** Shorter lists are seen at a glance. */
    private static final int WORTH_SEARCHING = 12;

    /** The entries of one page. */
    record Part<T>(Pager pager, List<T> entries) {}

    /** The entries that the request asks for with {@code q} and {@code page}. */
    static <T> Part<T> of(Context ctx, String base, List<T> all, int size, Function<T, String> name) {
        String asked = ctx.queryParam("q");
        String stripped = asked == null ? "" : asked.strip();
        String search = stripped.substring(0, Math.min(stripped.length(), LONGEST_SEARCH));
        String wanted = search.toLowerCase(Locale.ROOT);
        List<T> found = all.stream()
                .filter(each -> name.apply(each).toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
        int pages = Math.max(1, (found.size() + size - 1) / size);
        int page = Math.clamp(number(ctx.queryParam("page")), 1, pages);
        List<T> entries = found.subList(Math.min(found.size(), (page - 1) * size), Math.min(found.size(), page * size));
        return new Part<>(new Pager(base, "", search, page, pages, found.size(), all.size()), entries);
    }

    private static int number(@org.jspecify.annotations.Nullable String text) {
        return text != null && text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 1;
    }

    /** The same, where the address has further fields. */
    Pager with(String fields) {
        return new Pager(base, fields, search, page, pages, found, total);
    }

    /** One field of a form that must keep the others. */
    public record Kept(String name, String value) {}

    /** The further fields, for a form. */
    public List<Kept> kept() {
        return also.isEmpty()
                ? List.of()
                : Arrays.stream(also.split("&"))
                        .map(field -> field.split("=", 2))
                        .map(field -> new Kept(field[0], field[1]))
                        .toList();
    }

    public boolean isSearchable() {
        return total > WORTH_SEARCHING || !search.isEmpty();
    }

    public boolean hasPrevious() {
        return page > 1;
    }

    public boolean hasNext() {
        return page < pages;
    }

    public String previous() {
        return address(page - 1);
    }

    public String next() {
        return address(page + 1);
    }

    /** The page without a search. */
    public String all() {
        return base + (also.isEmpty() ? "" : "?" + also);
    }

    private String address(int other) {
        return base + "?page=" + other
                + (also.isEmpty() ? "" : "&" + also)
                + (search.isEmpty() ? "" : "&q=" + URLEncoder.encode(search, StandardCharsets.UTF_8));
    }
}
