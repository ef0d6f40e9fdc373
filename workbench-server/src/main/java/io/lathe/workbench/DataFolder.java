package io.lathe.workbench;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.workbench.json.Json;
import io.lathe.workbench.process.LocalProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The folder of all state, locked for one workbench at a time. */
public final class DataFolder implements AutoCloseable {
    private static final String LOCK = "run/lock";
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final Path root;
    private final FileChannel channel;
    private final FileLock lock;
    private final Optional<Object> identity;

    private DataFolder(Path root, FileChannel channel, FileLock lock) {
        this.root = root;
        this.channel = channel;
        this.lock = lock;
        this.identity = identity(root.resolve(LOCK));
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
            FileChannel channel =
                    FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new LatheException(
                        ProblemCode.BAD_REQUEST,
                        "Another workbench uses the data folder " + root
                                + ". Use that one (./lathe status), stop it (./lathe down), or choose another folder with --data.");
            }
            return new DataFolder(root, channel, lock);
        } catch (IOException e) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "Cannot use " + root + " as the data folder: " + e + ". Choose another with --data.",
                    e);
        }
    }

    private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
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
        try {
            Path fresh = Files.writeString(at("run/workbench.json.new"), Json.write(card) + "\n");
            Files.move(
                    fresh,
                    at("run/workbench.json"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
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

    /**
     * Returns when the lock's file was deleted or replaced: another workbench could take the folder then, and nobody finds what this
     * one runs. Looks every two seconds.
     */
    void awaitLoss() throws InterruptedException {
        while (identity.equals(identity(at(LOCK)))) {
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
        // The channel lets go of the lock, whether or not the note can be deleted.
        try (channel) {
            Files.deleteIfExists(at("run/workbench.json"));
            lock.release();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot give back " + root, e);
        }
    }
}
