package io.lathe.web;

import java.util.Map;
import org.eclipse.jetty.http.HttpFields;

/** What an answer that is no page tells a browser that got hold of it: run nothing of it, frame it nowhere, keep it not. */
public final class BareHeaders {
    /** Values by name. */
    public static final Map<String, String> ALL = Map.of(
            "Cache-Control", "no-store",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff");

    private BareHeaders() {}

    public static void put(HttpFields.Mutable headers) {
        ALL.forEach(headers::put);
    }
}
