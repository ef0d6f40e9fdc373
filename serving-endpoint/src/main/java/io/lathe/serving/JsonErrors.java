package io.lathe.serving;

import io.lathe.serving.http.Answer;
import io.lathe.web.BareHeaders;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Errors the web server finds before a request reaches the endpoint (a broken path, too large a header), in the endpoint's form. */
final class JsonErrors extends ErrorHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus() < 400 ? 500 : response.getStatus();
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        BareHeaders.put(response.getHeaders());
        // Jetty closes the connection behind such an error; a client that is not told would send its next request into
        // it.
        response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        byte[] body = Answer.error(status, HttpStatus.getMessage(status) + ".").body();
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }
}
