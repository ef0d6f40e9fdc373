package io.lathe.launcher.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A process by its id and the time it started. The id alone is not enough: the system gives it to another process once this one is gone.
 *
 * @param pid process id
 * @param started start time, epoch milliseconds
 */
public record LiveProcess(long pid, long started) {
    /** The system derives start times from the time of boot, which it may put a second earlier or later from one question to the next. */
    private static final long TOLERANCE_MILLIS = 2000;

    public static LiveProcess of(ProcessHandle handle) {
        return new LiveProcess(handle.pid(), startOf(handle));
    }

    /** The process, where it still runs and still is this one. */
    public Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> Math.abs(startOf(handle) - started) <= TOLERANCE_MILLIS)
                .filter(handle -> !hasEnded(handle));
    }

    public boolean isAlive() {
        return find().isPresent();
    }

    /** Asks it to end. */
    public void terminate() {
        find().ifPresent(ProcessHandle::destroy);
    }

    /** Ends it at once. */
    public void kill() {
        find().ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Asks it to end, and ends it where it has not within the time given. */
    public void stop(Duration grace) throws InterruptedException {
        terminate();
        if (!awaitEnd(grace)) {
            kill();
            awaitEnd(Duration.ofSeconds(5));
        }
    }

    /** Whether it ended within the time given. */
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (isAlive()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(50);
        }
        return true;
    }

    private static long startOf(ProcessHandle handle) {
        return handle.info()
                .startInstant()
                .map(instant -> instant.toEpochMilli())
                .orElse(-1L);
    }

    /** Ended, but not yet collected by its parent (in a container without an init process that can last), or just being taken away. */
    private static boolean hasEnded(ProcessHandle handle) {
        Path stat = Path.of("/proc", Long.toString(handle.pid()), "stat");
        try {
            String line = Files.readString(stat);
            // The program's name is in parentheses and may hold anything.
            int state = line.lastIndexOf(')') + 2;
            return line.startsWith("Z", state) || line.startsWith("X", state);
        } catch (IOException e) {
            return false;
        }
    }
}
