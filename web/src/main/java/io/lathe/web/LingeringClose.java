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
        if (request.getLength() == 0) {
            return super.handle(request, response, callback);
        }
        Unfailing unfailing = new Unfailing(request);
        return super.handle(unfailing, response, new ReadRest(unfailing, callback));
    }

    /** Jetty fails a request for good if it finds bytes left of its body; here they are still to be read. */
    private static final class Unfailing extends Request.Wrapper {
        /** As many as Jetty itself tries at most before it gives a connection up. */
        private static final int MOST_READS = 16;

        private boolean asked;

        Unfailing(Request request) {
            super(request);
            asked = !request.getHeaders().contains(HttpHeader.EXPECT);
        }

        /** Whether the caller may be sending: one that waits to be told to continue is not, until somebody asks for its bytes. */
        boolean mayLeaveBytes() {
            return asked;
        }

        @Override
        public Content.Chunk read() {
            Content.Chunk chunk = super.read();
            asked |= chunk != null && chunk.hasRemaining();
            return chunk;
        }

        @Override
        public void demand(Runnable available) {
            asked = true;
            super.demand(available);
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
        private final Unfailing request;
        private long begun;

        ReadRest(Unfailing request, Callback callback) {
            super(callback);
            this.request = request;
        }

        @Override
        public void succeeded() {
            if (!request.mayLeaveBytes()) {
                super.succeeded();
                return;
            }
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
