package io.lathe.workbench.serving;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The number of the route document: it grows with every change of what is served, and never goes back. Thread-safe. */
public final class RouteVersion {
    private static final String KEY = "route-version";

    private final Jdbi jdbi;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private volatile boolean closed;

    public RouteVersion(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The number now; 1 before anything was ever changed. */
    public int now() {
        return jdbi.withHandle(RouteVersion::read);
    }

    /** The number as the transaction of {@code handle} sees it. */
    public static int read(Handle handle) {
        return handle.createQuery("SELECT value FROM setting WHERE key = :key")
                .bind("key", KEY)
                .mapTo(Integer.class)
                .findOne()
                .orElse(1);
    }

    /** Counts a change, in the transaction that makes it; answers the new number. Call {@link #announce} after the commit. */
    public int bump(Handle handle) {
        int next = read(handle) + 1;
        handle.execute(
                "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                KEY,
                String.valueOf(next));
        return next;
    }

    /** Wakes who waits for a change. */
    public void announce() {
        lock.lock();
        try {
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the number differs from {@code known}, the patience is over, or the workbench stops; answers the number then. */
    public int await(int known, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        lock.lock();
        try {
            while (true) {
                int now = now();
                long left = deadline - System.nanoTime();
                if (now != known || left <= 0 || closed) {
                    return now;
                }
                if (!moved.await(left, TimeUnit.NANOSECONDS)) {
                    return now();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sends everybody home who waits. */
    public void close() {
        closed = true;
        announce();
    }
}
