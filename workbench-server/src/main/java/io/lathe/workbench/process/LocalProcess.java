package io.lathe.workbench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process named so that it cannot be mistaken for another one with a recycled pid.
 *
 * @param pid the system's number
 * @param started when it started, epoch milliseconds
 */
public record LocalProcess(long pid, long started) {
    // The system counts from its own start, whose time one JVM may read a second apart from another.
    private static final long CLOCK_STEP_MILLIS = 2_000;

    public static LocalProcess of(ProcessHandle handle) {
        return new LocalProcess(
                handle.pid(),
                handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
    }

    /** The running process, if it still is this one. */
    public Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> !hasEnded(pid))
                .filter(handle -> Math.abs(of(handle).started() - started) <= CLOCK_STEP_MILLIS);
    }

    // A process that ended and whose parent never asked for its exit code (where pid 1 reaps nothing it stays in the
    // table), or that is just being taken away.
    private static boolean hasEnded(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            int state = stat.lastIndexOf(')') + 2;
            return stat.startsWith("Z", state) || stat.startsWith("X", state);
        } catch (IOException e) {
            return false;
        }
    }

    public boolean isAlive() {
        return find().isPresent();
    }

    /** Asks it to end, waits, then ends it by force. Returns when it is gone, or after {@code grace} and one second more. */
    public void stop(Duration grace) {
        find().ifPresent(handle -> {
            handle.destroy();
            if (!isGone(handle, grace)) {
                handle.destroyForcibly();
                isGone(handle, Duration.ofSeconds(1));
            }
        });
    }

    private static boolean isGone(ProcessHandle handle, Duration patience) {
        try {
            handle.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return !handle.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
