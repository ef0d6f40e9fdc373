package io.lathe.serving;

import java.util.Map;

/** What every answer tells a browser that got hold of it: it is data, not a page, and nobody else's to keep or to frame. */
final class BrowserRules {
    static final Map<String, String> HEADERS = Map.of(
            "Cache-Control", "no-store",
            "X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");

    private BrowserRules() {}
}
