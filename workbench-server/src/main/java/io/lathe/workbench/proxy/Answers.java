package io.lathe.workbench.proxy;

import io.lathe.datasets.problem.ProblemCode;
import io.lathe.web.BareHeaders;
import io.lathe.workbench.json.Json;
import io.lathe.workbench.web.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What the edge itself answers: problem documents to programs, small pages and redirects to people. */
final class Answers {
    private static final String STYLE = """
            :root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}\
            main{max-width:32rem;margin:18vh auto 0;padding:0 1.5rem}h1{font-size:1.35rem;font-weight:600}\
            a{color:inherit;text-underline-offset:.2em}""";

    private static final String POLICY =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'sha256-"
                    + sha256(STYLE) + "'";

    /** What a person reads: a heading, a sentence, and where to go. */
    record Page(String title, String text, String link, String linkText) {}

    private Answers() {}

    /** Whether a person waits for a page; else a script or program waits for data. */
    static boolean isNavigation(Request request) {
        HttpFields headers = request.getHeaders();
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            return false;
        }
        String mode = headers.get("Sec-Fetch-Mode");
        return mode != null
                ? mode.equals("navigate")
                : headers.getCSV(HttpHeader.ACCEPT, false).stream()
                        .anyMatch(type -> type.toLowerCase(Locale.ROOT).startsWith("text/html"));
    }

    /**
     * @param what what has happened, without a full stop
     * @param next what to do
     */
    static void problem(Response response, Callback callback, ProblemCode code, String what, String next) {
        String body = Json.write(Problem.of(code, what + ". " + next));
        BareHeaders.put(response.getHeaders());
        send(response, callback, code.httpStatus(), "application/problem+json", body);
    }

    static void page(Response response, Callback callback, int status, Page page) {
        BareHeaders.put(response.getHeaders());
        response.getHeaders().put("Content-Security-Policy", POLICY);
        send(response, callback, status, "text/html;charset=utf-8", """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>%1$s</title><style>%5$s</style></head>
                <body><main><h1>%1$s</h1><p>%2$s</p><p><a href="%3$s">%4$s</a></p></main></body></html>
                """.formatted(
                escaped(page.title()), escaped(page.text()), escaped(page.link()), escaped(page.linkText()), STYLE));
    }

    /** Sends the browser on by a GET. */
    static void seeOther(Response response, Callback callback, String location) {
        response.setStatus(303);
        response.getHeaders().put(HttpHeader.LOCATION, location);
        BareHeaders.put(response.getHeaders());
        response.getHeaders().put("Referrer-Policy", "same-origin");
        response.write(true, null, callback);
    }

    private static void send(Response response, Callback callback, int status, String type, String body) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(body);
        response.setStatus(status);
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, type);
        headers.put(HttpHeader.CONTENT_LENGTH, bytes.remaining());
        response.write(true, bytes, callback);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
