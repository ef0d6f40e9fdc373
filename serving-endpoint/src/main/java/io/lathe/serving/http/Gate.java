package io.lathe.serving.http;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Counts the requests in work, so that there are never too many and a stop can wait for the last one. Thread-safe. */
public final class Gate {

    /** One request in work; close it when its answer is complete. */
    public interface Pass extends AutoCloseable {
        @Override
        void close();
    }

    private final int most;
    private final Semaphore passes;
    private volatile boolean closed;

    public Gate(Limits limits) {
        this.most = limits.requests();
        this.passes = new Semaphore(most);
    }

    /** Throws UNAVAILABLE when too many requests are in work, or the endpoint is stopping. */
    public Pass enter() {
        if (closed || !passes.tryAcquire()) {
            throw new LatheException(
                    ProblemCode.UNAVAILABLE,
                    closed
                            ? "The endpoint is stopping. Try again shortly."
                            : "Too many requests are in work. Try again shortly.");
        }
        return passes::release;
    }

    public boolean isOpen() {
        return !closed;
    }

    /** Lets nobody in any more and waits for those inside; false when some were still there at the end. */
    public boolean closeAndDrain(Duration longest) throws InterruptedException {
        closed = true;
        return passes.tryAcquire(most, longest.toMillis(), TimeUnit.MILLISECONDS);
    }
}
