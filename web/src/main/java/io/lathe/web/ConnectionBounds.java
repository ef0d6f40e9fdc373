package io.lathe.web;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Keeps callers from holding on to what everybody needs: there are only so many connections, and one that has not sent a whole request
 * head for a while is closed, however busily it drips (the server's idle time-out only sees silence). What became a WebSocket is not
 * counted here. Thread-safe.
 */
public final class ConnectionBounds extends Handler.Wrapper implements Connection.Listener {
    private static final int MOST_CONNECTIONS = 4_000;
    private static final Duration LONGEST_HEAD = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE_BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final int most;
    private final Duration patience;
    private final AtomicInteger open = new AtomicInteger();

    /** Connections without a request under way, and since when. */
    private final Map<Connection, Long> waiting = new ConcurrentHashMap<>();

    /** 4,000 connections, and a minute for a request's head. */
    public ConnectionBounds() {
        this(MOST_CONNECTIONS, LONGEST_HEAD);
    }

    /**
     * @param most connections at once; one more is closed unanswered
     * @param patience how long a connection may be without a request under way; longer than the idle time-out, so that only who drips
     *     notices
     */
    public ConnectionBounds(int most, Duration patience) {
        this.most = most;
        this.patience = patience;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        Server server = getServer();
        for (Connector connector : server.getConnectors()) {
            connector.addEventListener(this);
        }
        look(server.getScheduler());
    }

    private void look(Scheduler scheduler) {
        long now = System.nanoTime();
        waiting.forEach((connection, since) -> {
            if (!connection.equals(connection.getEndPoint().getConnection())
                    || !connection.getEndPoint().isOpen()) {
                waiting.remove(connection, since);
            } else if (now - since > patience.toNanos()) {
                connection.getEndPoint().close();
            }
        });
        long pause = Math.min(LONGEST_PAUSE_BETWEEN_LOOKS.toMillis(), Math.max(1, patience.toMillis() / 4));
        if (!isStopping() && !isStopped()) {
            scheduler.schedule(() -> look(scheduler), pause, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void onOpened(Connection connection) {
        if (open.incrementAndGet() > most) {
            connection.getEndPoint().close();
        } else {
            waiting.put(connection, System.nanoTime());
        }
    }

    @Override
    public void onClosed(Connection connection) {
        open.decrementAndGet();
        waiting.remove(connection);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Connection connection = request.getConnectionMetaData().getConnection();
        waiting.remove(connection);
        Request.addCompletionListener(request, failure -> waiting.put(connection, System.nanoTime()));
        return super.handle(request, response, callback);
    }
}
