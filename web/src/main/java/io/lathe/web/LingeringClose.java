package io.lathe.web;

import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets a caller read the answer that refuses its body. A connection closed over unread bytes is reset, and a reset takes the answer with
 * it if the caller is still sending; so what is left of a request's body is read and thrown away for a while after the answer has been
 * written (RFC 9112 §9.6). Goes outside the handlers that answer. Thread-safe.
 */
public final class LingeringClose extends Handler.Wrapper {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Duration longest;

    /** Up to 30 seconds. */
    public LingeringClose() {
        this(LONGEST);
    }

    /** @param longest how long after the answer the body's bytes are still taken; a silent caller meets the idle time-out */
    public LingeringClose(Duration longest) {
        this.longest = longest;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!mayLeaveBytes(request)) {
            return super.handle(request, response, callback);
        }
        return super.handle(new Unfailing(request), response, new ReadRest(request, callback));
    }

    /** A caller that waits to be told to continue has sent nothing, and reading would tell it to. */
    private static boolean mayLeaveBytes(Request request) {
        return request.getLength() != 0 && !request.getHeaders().contains(HttpHeader.EXPECT);
    }

    /** Jetty fails a request for good if it finds bytes left of its body; here they are still to be read. */
    private static final class Unfailing extends Request.Wrapper {
        private static final int MOST_READS = 16;

        Unfailing(Request request) {
            super(request);
        }

        @Override
        public boolean consumeAvailable() {
            for (int i = 0; i < MOST_READS; i++) {
                Content.Chunk chunk = read();
                if (chunk == null) {
                    return false;
                }
                chunk.release();
                if (Content.Chunk.isFailure(chunk)) {
                    return false;
                }
                if (chunk.isLast()) {
                    return true;
                }
            }
            return false;
        }
    }

    private final class ReadRest extends Callback.Nested {
        private final Request request;
        private long begun;

        ReadRest(Request request, Callback callback) {
            super(callback);
            this.request = request;
        }

        @Override
        public void succeeded() {
            begun = System.nanoTime();
            read();
        }

        private void read() {
            for (Content.Chunk chunk = request.read(); chunk != null; chunk = request.read()) {
                boolean ends = chunk.isLast() || Content.Chunk.isFailure(chunk);
                chunk.release();
                if (ends || System.nanoTime() - begun > longest.toNanos()) {
                    super.succeeded();
                    return;
                }
            }
            request.demand(this::read);
        }
    }
}
