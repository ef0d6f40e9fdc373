package io.lathe.workbench.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a browser's request comes from a page of the same origin. */
public final class SameOrigin {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private SameOrigin() {}

    /** Whether the method promises to change nothing. */
    public static boolean isSafe(String method) {
        return SAFE.contains(method);
    }

    /**
     * Whether the request was sent by a page of {@code expectedOrigin}. {@code Origin} decides where it is sent; without it only
     * {@code Sec-Fetch-Site: same-origin} is believed, which a page cannot forge.
     */
    public static boolean holds(@Nullable String origin, @Nullable String secFetchSite, String expectedOrigin) {
        return origin != null ? origin.equals(expectedOrigin) : "same-origin".equals(secFetchSite);
    }
}
