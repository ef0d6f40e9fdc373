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

/** The one folder the endpoint writes to, held by one endpoint at a time. */
final class DataFolder implements AutoCloseable {

    private final Path folder;
    private final FileChannel lock;

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Makes the folder where it is missing and takes it. CONFLICT when another endpoint holds it. */
    static DataFolder open(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel lock =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isTaken(lock)) {
                lock.close();
                throw new LatheException(
                        ProblemCode.CONFLICT,
                        "The data folder " + folder + " is in use by another serving endpoint. Stop that one first.");
            }
            return new DataFolder(folder, lock);
        } catch (IOException e) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST, "The data folder " + folder + " cannot be made or written to.", e);
        }
    }

    Path bundles() {
        return folder.resolve("bundles");
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
