package io.lathe.serving.http;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets few predictions compute at a time and few wait, in the order they came; the rest is turned away. Thread-safe. */
public final class Admission {

    private final Semaphore turns;
    private final Semaphore places;
    private final long waitNanos;

    public Admission(Limits limits) {
        this.turns = new Semaphore(limits.predictions(), true);
        this.places = new Semaphore(limits.predictions() + limits.waiting());
        this.waitNanos = limits.turn().toNanos();
    }

    /** Runs {@code work} in its turn. Throws TOO_MANY_REQUESTS when the queue is full, UNAVAILABLE when no turn came in time. */
    public <T> T inTurn(Deadline deadline, Supplier<T> work) {
        if (!places.tryAcquire()) {
            throw new LatheException(
                    ProblemCode.TOO_MANY_REQUESTS, "Too many predictions are waiting. Try again shortly.");
        }
        try {
            if (!turns.tryAcquire(Math.min(waitNanos, deadline.left().toNanos()), TimeUnit.NANOSECONDS)) {
                throw new LatheException(
                        ProblemCode.UNAVAILABLE, "The endpoint is busy and no turn came in time. Try again shortly.");
            }
            try {
                return work.get();
            } finally {
                turns.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LatheException(ProblemCode.UNAVAILABLE, "The endpoint is stopping. Try again shortly.", e);
        } finally {
            places.release();
        }
    }
}
