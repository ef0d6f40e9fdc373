package io.lathe.serving;

import io.lathe.datasets.lock.LockFile;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The one folder the endpoint writes to, held by one endpoint at a time. */
final class DataFolder implements AutoCloseable {
    private final Path folder;
    private final LockFile lock;

    private DataFolder(Path folder, LockFile lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Makes the folder where it is missing and takes it. CONFLICT when another endpoint holds it. */
    static DataFolder open(Path folder) {
        try {
            Files.createDirectories(folder);
            LockFile lock = LockFile.take(folder.resolve("lock"))
                    .orElseThrow(() -> new LatheException(
                            ProblemCode.CONFLICT,
                            "The data folder " + folder
                                    + " is in use by another serving endpoint. Stop that one first."));
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

    /** Returns when the folder is this endpoint's no more: what it serves belongs to nobody then. */
    void awaitLoss() throws InterruptedException {
        lock.awaitLoss();
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
