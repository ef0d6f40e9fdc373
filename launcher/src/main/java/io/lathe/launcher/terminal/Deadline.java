package io.lathe.launcher.terminal;

import java.time.Duration;

/** A point in time after which a wait is over. */
public final class Deadline {
    private final Duration limit;
    private final long begin = System.nanoTime();

    private Deadline(Duration limit) {
        this.limit = limit;
    }

    public static Deadline in(Duration limit) {
        return new Deadline(limit);
    }

    public boolean isOver() {
        return left().isNegative() || left().isZero();
    }

    public Duration left() {
        return limit.minus(spent());
    }

    public Duration spent() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    public Duration limit() {
        return limit;
    }

    /** Waits a moment between two looks at something that cannot tell by itself. */
    public static void pause(Duration moment) {
        try {
            Thread.sleep(moment);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.CANCELLED, "cancelled", e);
        }
    }
}
