package io.lathe.workbench.proxy;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
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
 * again only when that is written: a slow reader slows the writer down and nothing piles up here. When the tunnel says good-bye, the
 * other side gets a close frame, if one fits there, and what still comes is read and thrown away, since closing a connection with
 * unread bytes would destroy the close frame on its way.
 */
final class Pipe extends AbstractConnection implements Connection.UpgradeTo {
    private static final long NOT_WRITING = Long.MIN_VALUE;

    private final WebSocketTunnel tunnel;
    private final EndPoint otherSide;
    private final WebSocketClose.Sender sender;
    private final FrameTracker frames;
    private final ByteBufferPool buffers;
    private final Relay relay = new Relay();
    private final AtomicBoolean awaitsBytes = new AtomicBoolean();

    /** {@link System#nanoTime} when the write that is under way began. */
    private volatile long writingSince = NOT_WRITING;

    /** Before it is, the connection may still be in other hands. */
    private volatile boolean opened;

    /** Bytes that came right behind the upgrade's headers; written before anything else. */
    private @Nullable ByteBuffer early;

    /** @param sender which end of the WebSocket this pipe's own side is */
    Pipe(
            WebSocketTunnel tunnel,
            WebSocketClose.Sender sender,
            EndPoint ownSide,
            EndPoint otherSide,
            Executor executor,
            ByteBufferPool buffers) {
        super(ownSide, executor);
        this.tunnel = tunnel;
        this.sender = sender;
        this.frames = new FrameTracker(tunnel.mostMessageBytes());
        this.otherSide = otherSide;
        this.buffers = buffers;
    }

    /** Looks whether the tunnel says good-bye; no matter what the pipe is doing, on any thread. */
    void wake() {
        if (opened) {
            relay.iterate();
        }
    }

    /** For how many nanoseconds the other side has not taken what was written to it; 0 when nothing waits. */
    long stalledNanos() {
        long since = writingSince;
        return since == NOT_WRITING ? 0 : System.nanoTime() - since;
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
        opened = true;
        relay.iterate();
    }

    @Override
    public void onFillable() {
        awaitsBytes.set(false);
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
        private boolean goodbyeSaid;

        @Override
        protected Action process() throws Throwable {
            writingSince = NOT_WRITING;
            WebSocketClose goodbye = tunnel.goodbye();
            if (goodbye != null) {
                return leave(goodbye);
            }
            ByteBuffer bytes = early;
            early = null;
            if (bytes == null) {
                bytes = read();
                if (bytes == null) {
                    return endOrWait();
                }
            }
            if (!frames.accepts(bytes)) {
                tunnel.say(WebSocketClose.TOO_BIG);
                if (!bytes.hasRemaining()) {
                    return leave(WebSocketClose.TOO_BIG);
                }
            }
            write(bytes);
            return Action.SCHEDULED;
        }

        private boolean ended;

        /** What the own side has sent; null when there is nothing now. */
        private @Nullable ByteBuffer read() throws java.io.IOException {
            if (buffer == null) {
                buffer = buffers.acquire(ProjectProxy.BUFFER_BYTES, true);
            }
            ByteBuffer bytes = buffer.getByteBuffer();
            BufferUtil.clear(bytes);
            int filled = getEndPoint().fill(bytes);
            if (filled > 0) {
                return bytes;
            }
            release();
            ended = filled < 0;
            return null;
        }

        private Action endOrWait() {
            if (ended) {
                return Action.SUCCEEDED;
            }
            if (awaitsBytes.compareAndSet(false, true)) {
                fillInterested();
            }
            return Action.IDLE;
        }

        private Action leave(WebSocketClose goodbye) throws java.io.IOException {
            if (!goodbyeSaid) {
                goodbyeSaid = true;
                if (frames.isBetweenFrames() && !frames.hasSeenClose()) {
                    write(goodbye.frame(sender));
                    return Action.SCHEDULED;
                }
            }
            otherSide.shutdownOutput();
            while (read() != null) {
                // Thrown away; the tunnel's deadline bounds it.
            }
            return endOrWait();
        }

        private void write(ByteBuffer bytes) {
            writingSince = System.nanoTime();
            otherSide.write(this, bytes);
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
