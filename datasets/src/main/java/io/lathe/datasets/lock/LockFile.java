package io.lathe.datasets.lock;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;

/** A file locked by this process; the operating system lets go of it when the process dies. Thread-safe. */
public final class LockFile implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final Path file;
    private final FileChannel channel;
    private final Optional<Object> identity;

    private LockFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
        this.identity = identity(file);
    }

    /** Locks the file, which is made where it is missing; empty when somebody holds it, in this process or another. */
    public static Optional<LockFile> take(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        return taken ? Optional.of(new LockFile(file, channel)) : Optional.empty();
    }

    /**
     * Returns when the file was deleted or replaced: another process could take the folder then, and nobody would find this one to stop
     * it. Looks every two seconds.
     */
    public void awaitLoss() throws InterruptedException {
        while (identity.equals(identity(file))) {
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    /** What tells a file from another one of the same name; empty when there is none. */
    private static Optional<Object> identity(Path file) {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Lets go of the lock; the file stays. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
