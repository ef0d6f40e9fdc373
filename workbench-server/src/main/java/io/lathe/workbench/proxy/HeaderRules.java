package io.lathe.workbench.proxy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Which headers pass the edge, in both directions. */
final class HeaderRules {
    /** They speak of one connection, so each side has its own (RFC 9110, 7.6.1). */
    private static final Set<HttpHeader> HOP_BY_HOP = EnumSet.of(
            HttpHeader.CONNECTION,
            HttpHeader.KEEP_ALIVE,
            HttpHeader.PROXY_AUTHENTICATE,
            HttpHeader.PROXY_AUTHORIZATION,
            HttpHeader.PROXY_CONNECTION,
            HttpHeader.TE,
            HttpHeader.TRAILER,
            HttpHeader.TRANSFER_ENCODING,
            HttpHeader.UPGRADE);

    /** What a client could claim about itself; Tornado believes all of these once it believes any proxy. */
    private static final Set<String> CLAIMS =
            Set.of("authorization", "forwarded", "via", "x-real-ip", "x-scheme", "x-forwarded");

    /** Headers of the workbench to the notebook server start so. */
    private static final String OURS = "lathe-server-";

    /** Tells Jupyter that a token let the request in, so that it asks for neither Origin nor XSRF token, which programs lack. */
    static final String CLIENT = "Lathe-Server-Client";

    private static final Pattern DOMAIN = Pattern.compile("domain\\s*(=.*)?", Pattern.CASE_INSENSITIVE);

    private static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";

    /** What let a request in. */
    enum Client {
        /** The project's cookie. */
        BROWSER,
        /** A token. */
        PROGRAM
    }

    private HeaderRules() {}

    /** The headers to send to the notebook server: the client's, without claims and our cookies, with what the edge knows. */
    static HttpFields toServer(Request request, Upstream.Running upstream, Client client) {
        HttpFields.Mutable result = HttpFields.build();
        Set<String> ofConnection = namedByConnection(request.getHeaders());
        for (HttpField field : request.getHeaders()) {
            String name = field.getLowerCaseName();
            if (HOP_BY_HOP.contains(field.getHeader()) || ofConnection.contains(name) || isClaim(name, upstream)) {
                continue;
            }
            if (field.getHeader() == HttpHeader.COOKIE) {
                CookieHeader.withoutOurs(field.getValue()).ifPresent(rest -> result.add(HttpHeader.COOKIE, rest));
            } else {
                result.add(field);
            }
        }
        String host = request.getHeaders().get(HttpHeader.HOST);
        result.put(HttpHeader.HOST, host);
        result.put(HttpHeader.X_FORWARDED_FOR, Request.getRemoteAddr(request));
        result.put(HttpHeader.X_FORWARDED_PROTO, request.isSecure() ? "https" : "http");
        result.put(HttpHeader.X_FORWARDED_HOST, host);
        result.put(upstream.header(), upstream.secret());
        if (client == Client.PROGRAM) {
            result.put(CLIENT, "program");
        }
        return result;
    }

    /** The notebook server's header as the browser may see it; null drops it. */
    static @Nullable HttpField toBrowser(HttpField field) {
        HttpHeader header = field.getHeader();
        // Date and Server are the edge's own.
        if (HOP_BY_HOP.contains(header) || header == HttpHeader.DATE || header == HttpHeader.SERVER) {
            return null;
        }
        if (header == HttpHeader.SET_COOKIE) {
            return CookieHeader.isOurs(field.getValue())
                    ? null
                    : new HttpField(HttpHeader.SET_COOKIE, withoutDomain(field.getValue()));
        }
        return field;
    }

    /** Completes an answer: no page of another origin may frame a project, whatever a server extension forgot. */
    static void complete(HttpFields.Mutable headers) {
        if (headers.getValuesList(CONTENT_SECURITY_POLICY).stream()
                .noneMatch(policy -> policy.toLowerCase(Locale.ROOT).contains("frame-ancestors"))) {
            headers.add(CONTENT_SECURITY_POLICY, "frame-ancestors 'self'");
        }
    }

    private static boolean isClaim(String name, Upstream.Running upstream) {
        return CLAIMS.contains(name)
                || name.startsWith("x-forwarded-")
                || name.startsWith(OURS)
                || name.equalsIgnoreCase(upstream.header());
    }

    private static Set<String> namedByConnection(HttpFields headers) {
        Set<String> names = new HashSet<>();
        for (String value : headers.getCSV(HttpHeader.CONNECTION, false)) {
            names.add(value.toLowerCase(Locale.ROOT));
        }
        return names;
    }

    private static String withoutDomain(String setCookie) {
        return Arrays.stream(setCookie.split(";"))
                .map(String::strip)
                .filter(part -> !DOMAIN.matcher(part).matches())
                .collect(Collectors.joining("; "));
    }
}
