package io.lathe.serving;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;

/** The one folder the endpoint writes to, held by one endpoint at a time. */
final class DataFolder implements AutoCloseable {

    private static final String LOCK = "lock";
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final Path folder;
    private final FileChannel lock;
    private final Optional<Object> identity;

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
        this.identity = identity(folder.resolve(LOCK));
    }

    /** Makes the folder where it is missing and takes it. CONFLICT when another endpoint holds it. */
    static DataFolder open(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel lock =
                    FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isTaken(lock)) {
                lock.close();
                throw new LatheException(
                        ProblemCode.CONFLICT,
                        "The data folder " + folder + " is in use by another serving endpoint. Stop that one first.");
            }
            return new DataFolder(folder, lock);
        } catch (IOException e) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "The data folder " + folder
                            + " cannot be made or written to. Choose another with --data, or mend its rights.",
                    e);
        }
    }

    Path bundles() {
        return folder.resolve("bundles");
    }

    /**
     * Returns when the lock's file was deleted or replaced: what this endpoint serves belongs to nobody then, and nobody would find it
     * to stop it. Looks every five seconds.
     */
    void awaitLoss() throws InterruptedException {
        while (identity.equals(identity(folder.resolve(LOCK)))) {
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

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isTaken(FileChannel lock) throws IOException {
        try {
            FileLock held = lock.tryLock();
            return held == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }
}
