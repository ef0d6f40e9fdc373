package io.lathe.workbench.proxy;

import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** A request whose body fails as soon as it is longer than allowed, however it is framed. */
final class BoundedBody extends Request.Wrapper {
    private final long mostBytes;
    private long bytes;

    BoundedBody(Request request, long mostBytes) {
        super(request);
        this.mostBytes = mostBytes;
    }

    @Override
    public Content.Chunk read() {
        Content.Chunk chunk = super.read();
        if (Content.Chunk.isFailure(chunk, true) && !(chunk.getFailure() instanceof TimeoutException)) {
            return Content.Chunk.from(new Broken(chunk.getFailure()), true);
        }
        if (chunk == null || Content.Chunk.isFailure(chunk)) {
            return chunk;
        }
        bytes += chunk.remaining();
        if (bytes <= mostBytes) {
            return chunk;
        }
        chunk.release();
        TooLong failure = new TooLong();
        fail(failure);
        return Content.Chunk.from(failure, true);
    }

    /** The body ends too early, or is framed as none should be. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1;

        Broken(Throwable cause) {
            super(cause);
        }
    }

    /** The body is longer than allowed. */
    static final class TooLong extends Exception {
        private static final long serialVersionUID = 1;
    }
}
