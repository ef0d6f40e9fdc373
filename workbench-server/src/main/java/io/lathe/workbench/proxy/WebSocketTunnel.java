package io.lathe.workbench.proxy;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Two pipes between a browser and its notebook server, from the upgrade's handshake to the last byte. It ends by itself when both
 * sides have ended, is told to end by {@link #say}, or is dropped by {@link #close}: then the browser sees an abnormal end (1006).
 * Guarded by its own lock.
 */
final class WebSocketTunnel implements AutoCloseable {
    private final ProxyLimits limits;
    private final Credential credential;
    private final Scheduler scheduler;
    private final Runnable onClose;

    private Runnable abortHandshake = () -> {};
    private @Nullable Pipe fromBrowser;
    private @Nullable Pipe fromServer;
    private int sidesEnded;
    private boolean answered;
    private boolean closed;
    private volatile @Nullable WebSocketClose goodbye;

    /**
     * @param credential what it was opened with
     * @param onClose run once, when the tunnel has closed
     */
    WebSocketTunnel(ProxyLimits limits, Credential credential, Scheduler scheduler, Runnable onClose) {
        this.limits = limits;
        this.credential = credential;
        this.scheduler = scheduler;
        this.onClose = onClose;
    }

    long mostMessageBytes() {
        return limits.messageBytes();
    }

    Credential credential() {
        return credential;
    }

    /** What both sides are being told; null as long as the tunnel goes on. */
    @Nullable
    WebSocketClose goodbye() {
        return goodbye;
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

    /** The server has agreed: from now on there is no handshake to give up. */
    synchronized void agreed() {
        answered = true;
        abortHandshake = () -> {};
    }

    /** The handshake is done; false when the tunnel was closed meanwhile, and the caller must drop both ends. */
    synchronized boolean connected(Pipe browserPipe, Pipe serverPipe) {
        fromBrowser = browserPipe;
        fromServer = serverPipe;
        return !closed;
    }

    /** Forwards nothing more, tells both sides why, and ends soon, whatever they do. */
    void say(WebSocketClose why) {
        Pipe browserPipe;
        Pipe serverPipe;
        boolean shaking;
        synchronized (this) {
            browserPipe = fromBrowser;
            serverPipe = fromServer;
            shaking = !answered;
            if (goodbye != null) {
                return;
            }
            goodbye = why;
        }
        if (shaking) {
            close();
            return;
        }
        var _ = scheduler.schedule(this::close, limits.farewell().toMillis(), TimeUnit.MILLISECONDS);
        // Pipes that are not there yet look for themselves when they open.
        if (browserPipe != null && serverPipe != null) {
            browserPipe.wake();
            serverPipe.wake();
        }
    }

    /** Drops a tunnel one of whose sides has taken nothing for too long: its connection is dead, or nearly so. */
    void closeIfStalled() {
        Pipe browserPipe;
        Pipe serverPipe;
        synchronized (this) {
            browserPipe = fromBrowser;
            serverPipe = fromServer;
        }
        if (browserPipe != null
                && serverPipe != null
                && Math.max(browserPipe.stalledNanos(), serverPipe.stalledNanos())
                        > limits.stalled().toNanos()) {
            close();
        }
    }

    /**
     * Told once by each pipe when its side sends no more.
     *
     * @return whether the other side may still send; it must not be silent for ever then
     */
    boolean ended() {
        Pipe browserPipe;
        Pipe serverPipe;
        boolean last;
        synchronized (this) {
            last = ++sidesEnded == 2;
            browserPipe = fromBrowser;
            serverPipe = fromServer;
        }
        if (last || browserPipe == null || serverPipe == null) {
            close();
            return false;
        }
        browserPipe.getEndPoint().setIdleTimeout(limits.halfClosed().toMillis());
        serverPipe.getEndPoint().setIdleTimeout(limits.halfClosed().toMillis());
        return true;
    }

    @Override
    public void close() {
        Runnable abort;
        Pipe browserPipe;
        Pipe serverPipe;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            abort = abortHandshake;
            browserPipe = fromBrowser;
            serverPipe = fromServer;
        }
        abort.run();
        close(browserPipe);
        close(serverPipe);
        onClose.run();
    }

    private static void close(@Nullable Pipe pipe) {
        if (pipe != null) {
            EndPoint end = pipe.getEndPoint();
            end.close();
        }
    }
}
