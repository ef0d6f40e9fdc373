package io.lathe.workbench.proxy;

import java.time.Duration;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/**
 * Two pipes between a browser and its notebook server, from the upgrade's handshake to the last byte. Closing it drops both
 * connections without a WebSocket close frame: the browser sees an abnormal end (1006), after which JupyterLab reconnects, while
 * after 1000 or 1001 it would not. Guarded by its own lock.
 */
final class WebSocketTunnel implements AutoCloseable {
    private final Duration halfClosed;
    private final Runnable onClose;

    private Runnable abortHandshake = () -> {};
    private @Nullable EndPoint browser;
    private @Nullable EndPoint server;
    private int sidesEnded;
    private boolean closed;

    /** @param onClose run once, when the tunnel has closed */
    WebSocketTunnel(Duration halfClosed, Runnable onClose) {
        this.halfClosed = halfClosed;
        this.onClose = onClose;
    }

    /** Says how to give up the handshake that has begun. */
    void connecting(Runnable abort) {
        synchronized (this) {
            if (!closed) {
                abortHandshake = abort;
                return;
            }
        }
        abort.run();
    }

    /** The handshake is done; false when the tunnel was closed meanwhile, and the caller must drop both ends. */
    synchronized boolean connected(EndPoint browserEnd, EndPoint serverEnd) {
        browser = browserEnd;
        server = serverEnd;
        abortHandshake = () -> {};
        return !closed;
    }

    /**
     * Told once by each pipe when its side sends no more.
     *
     * @return whether the other side may still send; it must not be silent for ever then
     */
    boolean ended() {
        EndPoint browserEnd;
        EndPoint serverEnd;
        boolean last;
        synchronized (this) {
            last = ++sidesEnded == 2;
            browserEnd = browser;
            serverEnd = server;
        }
        if (last || browserEnd == null || serverEnd == null) {
            close();
            return false;
        }
        browserEnd.setIdleTimeout(halfClosed.toMillis());
        serverEnd.setIdleTimeout(halfClosed.toMillis());
        return true;
    }

    @Override
    public void close() {
        Runnable abort;
        EndPoint browserEnd;
        EndPoint serverEnd;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            abort = abortHandshake;
            browserEnd = browser;
            serverEnd = server;
        }
        abort.run();
        if (browserEnd != null) {
            browserEnd.close();
        }
        if (serverEnd != null) {
            serverEnd.close();
        }
        onClose.run();
    }
}
