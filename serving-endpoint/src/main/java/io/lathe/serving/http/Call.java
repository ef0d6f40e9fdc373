package io.lathe.serving.http;

import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One request as the protocols see it. Used by one thread.
 *
 * @param method upper case
 * @param path as sent, percent-encoded, without the query
 * @param header looks a header up, whatever its case
 * @param body opens the raw bytes, not yet inflated; read them through {@link RequestBodies}. Opening tells a client that asked
 *     ({@code Expect: 100-continue}) to send them
 */
public record Call(
        String method,
        String path,
        Function<String, Optional<String>> header,
        Supplier<InputStream> body,
        Deadline deadline,
        String requestId) {

    public boolean reads() {
        return method.equals("GET");
    }

    public boolean posts() {
        return method.equals("POST");
    }

    /** The media type without parameters, lower case; empty when none was sent. */
    public String mediaType() {
        String type = header.apply("Content-Type").orElse("");
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }
}
