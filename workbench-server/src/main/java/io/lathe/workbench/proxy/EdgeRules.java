package io.lathe.workbench.proxy;

import io.lathe.workbench.access.SameOrigin;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request that carries a valid cookie was meant by the project's own pages, not by a page of another origin that uses the
 * browser's cookie. The proxy adds a secret to what it forwards, so nobody behind it can tell these apart any more.
 */
final class EdgeRules {
    /** {@code none}: the person typed the address or chose a bookmark. */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private EdgeRules() {}

    /** Why an HTTP request is refused; empty when it is in order. */
    static Optional<String> refusal(String method, HttpFields headers, String ownOrigin) {
        List<String> origins = origins(headers);
        String site = headers.get("Sec-Fetch-Site");
        if (origins.stream().anyMatch(origin -> !origin.equals(ownOrigin)) || origins.size() > 1) {
            return Optional.of("A page of another origin may not send requests to this project.");
        }
        if (!SameOrigin.isSafe(method)) {
            return SameOrigin.holds(origins.isEmpty() ? null : origins.getFirst(), site, ownOrigin)
                    ? Optional.empty()
                    : Optional.of("A " + method + " request needs the header Origin: " + ownOrigin + ".");
        }
        if (site == null || OWN_SITES.contains(site) || isNavigation(method, headers)) {
            return Optional.empty();
        }
        return Optional.of("A page of another origin may not load parts of this project.");
    }

    /** Why a WebSocket is refused; empty when it is in order. Browsers always say where an upgrade comes from. */
    static Optional<String> refusalOfWebSocket(HttpFields headers, String ownOrigin) {
        return origins(headers).equals(List.of(ownOrigin))
                ? Optional.empty()
                : Optional.of("A WebSocket needs the header Origin: " + ownOrigin + ".");
    }

    /** A link that is followed into a tab of its own; a frame in another page is none. */
    private static boolean isNavigation(String method, HttpFields headers) {
        return !method.equals("OPTIONS")
                && "navigate".equals(headers.get("Sec-Fetch-Mode"))
                && isDocument(headers.get("Sec-Fetch-Dest"));
    }

    private static boolean isDocument(@Nullable String destination) {
        return destination == null || destination.equals("document");
    }

    private static List<String> origins(HttpFields headers) {
        return headers.getValuesList("Origin");
    }
}
