package io.lathe.datasets.store;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One writer at a time for each of a fixed number of key groups: among threads by a lock in memory, among processes by a lock on a file, which the operating system drops when the process dies.
 * Thread-safe.
 */
final class FolderLocks {
    private static final int GROUPS = 64;
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** What is done under the lock. */
    interface Step<T> {
        T run() throws IOException;
    }

    private final Path folder;
    private final ReentrantLock[] threads =
            IntStream.range(0, GROUPS).mapToObj(_ -> new ReentrantLock()).toArray(ReentrantLock[]::new);

    FolderLocks(Path folder) {
        this.folder = folder;
    }

    <T> T locked(ObjectKey key, Step<T> step) throws IOException {
        var group = Math.floorMod(key.value().hashCode(), GROUPS);
        var deadline = System.nanoTime() + DEADLINE.toNanos();
        var thread = threads[group];
        try {
            if (!thread.tryLock(DEADLINE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw busy(key);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(key);
        }
        try (var channel = FileChannel.open(
                        folder.resolve(String.format(Locale.ROOT, "%02d", group)),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                var _ = processLock(channel, key, deadline)) {
            return step.run();
        } finally {
            thread.unlock();
        }
    }

    private static FileLock processLock(FileChannel channel, ObjectKey key, long deadline) throws IOException {
        while (true) {
            var lock = tryLock(channel);
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() - deadline > 0) {
                throw busy(key);
            }
            LockSupport.parkNanos(POLL_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted(key);
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another store object of this process on the same folder holds it.
            return null;
        }
    }

    private static LatheException interrupted(ObjectKey key) {
        return new LatheException(ProblemCode.TIMEOUT, "Interrupted before writing " + key + ". Try again.");
    }

    private static LatheException busy(ObjectKey key) {
        return new LatheException(
                ProblemCode.TIMEOUT,
                "Another writer held the store for " + DEADLINE.toSeconds() + " s; " + key
                        + " was not written. Try again.");
    }
}
