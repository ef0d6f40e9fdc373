package io.lathe.workbench.proxy;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a tunnel: what its own side sends goes to the other side, byte for byte. It holds at most one buffer and reads
 * again only when that is written: a slow reader slows the writer down and nothing piles up here.
 */
final class Pipe extends AbstractConnection implements Connection.UpgradeTo {
    private static final int BUFFER_BYTES = 32 * 1024;

    private final WebSocketTunnel tunnel;
    private final EndPoint otherSide;
    private final ByteBufferPool buffers;
    private final Relay relay = new Relay();

    /** Bytes that came right behind the upgrade's headers; written before anything else. */
    private @Nullable ByteBuffer early;

    Pipe(WebSocketTunnel tunnel, EndPoint ownSide, EndPoint otherSide, Executor executor, ByteBufferPool buffers) {
        super(ownSide, executor);
        this.tunnel = tunnel;
        this.otherSide = otherSide;
        this.buffers = buffers;
    }

    @Override
    public void onUpgradeTo(@Nullable ByteBuffer buffer) {
        if (BufferUtil.hasContent(buffer)) {
            early = BufferUtil.copy(buffer);
        }
    }

    @Override
    public void onOpen() {
        super.onOpen();
        // A notebook may be silent for hours; Jupyter's own pings find dead browsers.
        getEndPoint().setIdleTimeout(0);
        relay.iterate();
    }

    @Override
    public void onFillable() {
        relay.iterate();
    }

    @Override
    public void onFillInterestedFailed(Throwable cause) {
        tunnel.close();
    }

    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        tunnel.close();
        return false;
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
        super.onClose(cause);
        tunnel.close();
    }

    private final class Relay extends IteratingCallback {
        private @Nullable RetainableByteBuffer buffer;

        @Override
        protected Action process() throws Throwable {
            ByteBuffer first = early;
            if (first != null) {
                early = null;
                otherSide.write(this, first);
                return Action.SCHEDULED;
            }
            if (buffer == null) {
                buffer = buffers.acquire(BUFFER_BYTES, true);
            }
            ByteBuffer bytes = buffer.getByteBuffer();
            BufferUtil.clear(bytes);
            int filled = getEndPoint().fill(bytes);
            if (filled > 0) {
                otherSide.write(this, bytes);
                return Action.SCHEDULED;
            }
            release();
            if (filled == 0) {
                fillInterested();
                return Action.IDLE;
            }
            return Action.SUCCEEDED;
        }

        @Override
        protected void onCompleteSuccess() {
            if (tunnel.ended()) {
                otherSide.shutdownOutput();
            }
        }

        @Override
        protected void onCompleteFailure(Throwable cause) {
            release();
            tunnel.close();
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }

        private void release() {
            if (buffer != null) {
                buffer.release();
                buffer = null;
            }
        }
    }
}
