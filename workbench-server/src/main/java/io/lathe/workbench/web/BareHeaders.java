package io.lathe.workbench.web;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** What every answer says to a browser that is made before, or beside, the routes: run nothing of it, frame it nowhere, keep it not. */
public final class BareHeaders {
    private BareHeaders() {}

    public static void put(HttpFields.Mutable headers) {
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        headers.put("X-Content-Type-Options", "nosniff");
    }
}
