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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

/** The folder of all state, locked for one workbench at a time. */
public final class DataFolder implements AutoCloseable {
    private final Path root;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path root, FileChannel channel, FileLock lock) {
        this.root = root;
        this.channel = channel;
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
            FileChannel channel =
                    FileChannel.open(root.resolve("run/lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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

    @Override
    public void close() {
        try {
            Files.deleteIfExists(at("run/workbench.json"));
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot give back " + root, e);
        }
    }
}
