package io.lathe.workbench.web;

import io.lathe.datasets.problem.ProblemCode;
import io.lathe.web.BareHeaders;
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
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus() < 400 ? 500 : response.getStatus();
        response.setStatus(status);
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        BareHeaders.put(headers);
        // Jetty closes the connection behind such an error; a client that is not told would send its next request into
        // it.
        headers.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        byte[] body = Json.write(problem(status)).getBytes(StandardCharsets.UTF_8);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    // A status without a kind of its own, as of a header that is too large, says it all: RFC 9457, 4.2.1.
    private static Problem problem(int status) {
        String title = HttpStatus.getMessage(status);
        String detail = "The web server refused the request before it was looked at; send it as RFC 9112 has it.";
        return ProblemCode.findByStatus(status)
                .map(code -> Problem.of(code, detail))
                .orElseGet(() -> new Problem(Problem.BLANK, title, status, detail));
    }
}
