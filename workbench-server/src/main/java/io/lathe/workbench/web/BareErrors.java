package io.lathe.workbench.web;

import io.lathe.workbench.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * What the web server itself refuses before a route or the proxy sees it (a broken path, too large a header): a problem document that
 * says no more than the status. Jetty's own page names classes and forbids a browser nothing.
 */
public final class BareErrors extends ErrorHandler {
    private record Bare(String type, String title, int status) {}

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus() < 400 ? 500 : response.getStatus();
        String title = HttpStatus.getMessage(status);
        response.setStatus(status);
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        headers.put("X-Content-Type-Options", "nosniff");
        // Jetty closes the connection behind such an error; a client that is not told would send its next request into
        // it.
        headers.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        byte[] body = Json.write(new Bare("about:blank", title, status)).getBytes(StandardCharsets.UTF_8);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }
}
