package io.lathe.workbench.proxy;

import io.lathe.workbench.access.ProjectSessions;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * What a request to a project's host carries to prove who sends it; kept while its WebSocket is open, so that it can be asked again.
 *
 * @param authorization the header of that name; null without one
 * @param token the query parameter of that name; null without one, or when it is empty
 * @param cookies every value of the project's cookie
 */
record Credential(
        String project,
        @Nullable String authorization,
        @Nullable String token,
        List<String> cookies) {
    Credential {
        cookies = List.copyOf(cookies);
    }

    static Credential of(String project, Request request) {
        return new Credential(
                project,
                request.getHeaders().get(HttpHeader.AUTHORIZATION),
                QueryToken.find(request.getHttpURI().getQuery()).orElse(null),
                CookieHeader.values(request.getHeaders(), ProjectSessions.COOKIE));
    }

    /** Whether a program sent it, by a token: then cookies count for nothing, and no page's origin does. */
    boolean isOfProgram() {
        return authorization != null || token != null;
    }

    HeaderRules.Client client() {
        return isOfProgram() ? HeaderRules.Client.PROGRAM : HeaderRules.Client.BROWSER;
    }

    @Override
    public String toString() {
        return "Credential[" + project + "]";
    }
}
