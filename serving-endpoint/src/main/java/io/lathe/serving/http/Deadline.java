package io.lathe.serving.http;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.time.Duration;

/** The moment after which an answer is of no use. Monotonic, so a changed wall clock does not matter. */
public record Deadline(long atNanos, Duration allowed) {

    public static Deadline after(Duration allowed) {
        return new Deadline(System.nanoTime() + allowed.toNanos(), allowed);
    }

    /** Time left; zero when the deadline has passed, never negative. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, atNanos - System.nanoTime()));
    }

    /** Throws TIMEOUT once the deadline has passed. */
    public void check() {
        if (atNanos - System.nanoTime() <= 0) {
            throw new LatheException(
                    ProblemCode.TIMEOUT,
                    "The request took longer than " + allowed.toMillis() + " ms. Send fewer rows, or try again later.");
        }
    }
}
