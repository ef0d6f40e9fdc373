package io.lathe.workbench.store;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * Request bodies too big for memory, kept in files of a scratch folder. Seats are few, so nobody keeps one by sending slowly, and no
 * project has all of them. Thread-safe.
 */
public final class Uploads {
    /** Most bytes of one upload. */
    public static final long MOST_BYTES = 512L << 20;

    private static final int AT_ONCE = 16;
    private static final int AT_ONCE_OF_ONE = 8;

    /**
     * How slow an upload may be.
     *
     * @param grace before the rate counts
     * @param bytesPerSecond least bytes a second after that, on the whole
     * @param deadline the longest an upload may take
     */
    public record Pace(Duration grace, long bytesPerSecond, Duration deadline) {
        public static Pace defaults() {
            return new Pace(Duration.ofSeconds(20), 32 << 10, Duration.ofMinutes(30));
        }
    }

    private final Path folder;
    private final Pace pace;
    private final Semaphore seats = new Semaphore(AT_ONCE);
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

    public Uploads(Path folder) {
        this(folder, Pace.defaults());
    }

    public Uploads(Path folder, Pace pace) {
        this.folder = folder;
        this.pace = pace;
    }

    /**
     * Writes the stream to a new file, which the caller deletes. It is on the disk, not in its cache only, when this returns.
     *
     * @param announcedBytes what the sender says it will send, or -1
     * @param project whose upload it is
     * @param mostBytes most bytes of this one, at most {@link #MOST_BYTES}
     * @throws LatheException TOO_LARGE above {@code mostBytes}; UNAVAILABLE when too many uploads run at once; TIMEOUT when it comes too
     *     slowly; INSUFFICIENT_STORAGE when it cannot be written
     */
    public Path receive(InputStream in, long announcedBytes, String project, long mostBytes) throws IOException {
        if (announcedBytes > mostBytes) {
            throw tooLarge(mostBytes);
        }
        takeSeat(project);
        Path file = folder.resolve(UUID.randomUUID() + ".part");
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            copy(in, out, mostBytes);
            onDisk(() -> out.force(true));
            return file;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        } finally {
            leaveSeat(project);
        }
    }

    private void takeSeat(String project) {
        int mine = taken.merge(project, 1, Integer::sum);
        if (mine > AT_ONCE_OF_ONE || !seats.tryAcquire()) {
            countOut(project);
            throw new LatheException(
                    ProblemCode.UNAVAILABLE,
                    mine > AT_ONCE_OF_ONE
                            ? "This project has " + AT_ONCE_OF_ONE + " uploads already; try again in a few seconds."
                            : "There are " + AT_ONCE + " uploads already; try again in a few seconds.");
        }
    }

    private void leaveSeat(String project) {
        seats.release();
        countOut(project);
    }

    private void countOut(String project) {
        taken.computeIfPresent(project, (name, count) -> count == 1 ? null : count - 1);
    }

    private void copy(InputStream in, FileChannel out, long mostBytes) throws IOException {
        byte[] buffer = new byte[64 << 10];
        long begun = System.nanoTime();
        long total = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            total += n;
            if (total > mostBytes) {
                throw tooLarge(mostBytes);
            }
            requirePace(total, System.nanoTime() - begun);
            ByteBuffer part = ByteBuffer.wrap(buffer, 0, n);
            while (part.hasRemaining()) {
                onDisk(() -> out.write(part));
            }
        }
    }

    private interface Writing {
        void run() throws IOException;
    }

    /** Tells a disk that fails from a sender that does. */
    private static void onDisk(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new LatheException(
                    ProblemCode.INSUFFICIENT_STORAGE,
                    "The workbench cannot keep the upload on its disk: '" + e.getMessage()
                            + "'. Make room where its data folder is, then send it again.",
                    e);
        }
    }

    private void requirePace(long bytes, long nanos) {
        double counted = (nanos - pace.grace().toNanos()) / 1e9;
        if (nanos > pace.deadline().toNanos() || bytes < counted * pace.bytesPerSecond()) {
            throw new LatheException(
                    ProblemCode.TIMEOUT,
                    "The upload came too slowly: " + bytes + " bytes in " + nanos / 1_000_000_000
                            + " s. It must have at least "
                            + pace.bytesPerSecond() + " bytes a second and end within "
                            + pace.deadline().toMinutes() + " minutes; send it again over a faster line.");
        }
    }

    private static LatheException tooLarge(long mostBytes) {
        return new LatheException(
                ProblemCode.TOO_LARGE,
                "This upload may have at most " + (mostBytes >> 20) + " MiB (" + mostBytes + " bytes). Send less.");
    }

    /** Deletes every file that an earlier workbench left but these. */
    public void retain(Set<Path> wanted) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (!wanted.contains(file)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Where the file with this name is, or would be. */
    public Path at(String name) {
        return folder.resolve(name);
    }
}
