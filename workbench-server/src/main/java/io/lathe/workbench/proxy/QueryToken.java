package io.lathe.workbench.proxy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The query parameter {@code token}, by which stock Jupyter clients prove who they are. It never goes on to a notebook server. */
final class QueryToken {
    private static final String NAME = "token";

    private QueryToken() {}

    /**
     * Its value, decoded; an empty one is none. Given more than once it is a value that is no token: which one counts would depend on
     * who reads it.
     */
    static Optional<String> find(@Nullable String query) {
        if (query == null) {
            return Optional.empty();
        }
        List<String> given = Arrays.stream(query.split("&", -1))
                .filter(QueryToken::isToken)
                .map(pair -> pair.contains("=") ? pair.substring(pair.indexOf('=') + 1) : "")
                .filter(value -> !value.isEmpty())
                .toList();
        return given.size() > 1
                ? Optional.of("")
                : given.stream().findFirst().map(value -> decoded(value).orElse(""));
    }

    /** The query without it; null stays null. */
    static @Nullable String removed(@Nullable String query) {
        if (query == null) {
            return null;
        }
        StringBuilder kept = new StringBuilder();
        for (String pair : query.split("&", -1)) {
            if (!isToken(pair)) {
                kept.append(kept.isEmpty() ? "" : "&").append(pair);
            }
        }
        return kept.toString();
    }

    private static boolean isToken(String pair) {
        // A broken escape stays broken for the server too.
        return decoded(pair.split("=", 2)[0]).filter(NAME::equals).isPresent();
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
