package io.lathe.workbench;

import io.lathe.datasets.lock.LockFile;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.workbench.json.Json;
import io.lathe.workbench.process.LocalProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

/** The folder of all state, locked for one workbench at a time. */
public final class DataFolder implements AutoCloseable {
    private final Path root;
    private final LockFile lock;

    private DataFolder(Path root, LockFile lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Makes what is missing and takes the lock.
     *
     * @throws LatheException BAD_REQUEST when another workbench uses the folder
     */
    public static DataFolder open(Path root) {
        try {
            Files.createDirectories(root);
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            for (String folder :
                    new String[] {"run/servers", "logs/servers", "projects", "store", "serving", "uploads", "scratch"
                    }) {
                Files.createDirectories(root.resolve(folder));
            }
            LockFile lock = LockFile.take(root.resolve("run/lock"))
                    .orElseThrow(
                            () -> new LatheException(
                                    ProblemCode.BAD_REQUEST,
                                    "Another workbench uses the data folder " + root
                                            + ". Use that one (./lathe status), stop it (./lathe down), or choose another folder with --data."));
            return new DataFolder(root, lock);
        } catch (IOException e) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "Cannot use " + root + " as the data folder: " + e + ". Choose another with --data.",
                    e);
        }
    }

    public Path root() {
        return root;
    }

    /** A path below the folder. */
    public Path at(String relative) {
        return root.resolve(relative);
    }

    /** Tells others which process runs here and where it listens. */
    void announce(int port, String url) {
        LocalProcess me = LocalProcess.of(ProcessHandle.current());
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("pid", me.pid());
        card.put("started", me.started());
        card.put("port", port);
        card.put("url", url);
        Path fresh = at("run/workbench.json.new");
        try {
            Files.writeString(fresh, Json.write(card) + "\n");
            Files.move(
                    fresh,
                    at("run/workbench.json"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(fresh);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw new UncheckedIOException("Cannot write " + at("run/workbench.json"), e);
        }
    }

    /** Whether who stops the workbench wants its notebook servers to stay; asking takes the wish away. */
    boolean takeKeepServers() {
        try {
            return Files.deleteIfExists(at("run/keep-servers"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + at("run/keep-servers"), e);
        }
    }

    /** Returns when the folder is this workbench's no more. */
    void awaitLoss() throws InterruptedException {
        lock.awaitLoss();
    }

    @Override
    public void close() {
        // The lock is let go whether or not the note can be deleted.
        try (lock) {
            Files.deleteIfExists(at("run/workbench.json"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot give back " + root, e);
        }
    }
}
