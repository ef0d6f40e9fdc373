package io.lathe.serving;

import io.lathe.datasets.problem.ProblemCode;
import io.lathe.serving.http.Answer;
import io.lathe.web.BareHeaders;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The first handler that looks at what a request says: answers 421 to every request whose {@code Host} is not this machine's own name. A page on the internet whose
 * name resolves to loopback would otherwise read the open pages as if they were its own.
 */
final class HostCheck extends Handler.Wrapper {
    private static final Pattern OWN = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?");

    static boolean isOwn(@Nullable String host) {
        return host != null && OWN.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (isOwn(request.getHeaders().get(HttpHeader.HOST))) {
            return super.handle(request, response, callback);
        }
        response.setStatus(HttpStatus.MISDIRECTED_REQUEST_421);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        BareHeaders.put(response.getHeaders());
        response.getHeaders().put(Answer.PROBLEM, ProblemCode.MISDIRECTED.wireName());
        byte[] body = Answer.error(
                        ProblemCode.MISDIRECTED,
                        "The endpoint does not answer to that host name. Call http://127.0.0.1:PORT.")
                .body();
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }
}
