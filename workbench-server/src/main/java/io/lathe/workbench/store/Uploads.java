package io.lathe.workbench.store;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/** Request bodies too big for memory, kept in files of a scratch folder. Thread-safe. */
public final class Uploads {
    /** Most bytes of one upload. */
    public static final long MOST_BYTES = 512L << 20;

    private static final int AT_ONCE = 16;

    private final Path folder;
    private final Semaphore seats = new Semaphore(AT_ONCE);

    public Uploads(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes the stream to a new file, which the caller deletes.
     *
     * @param announcedBytes what the sender says it will send, or -1
     * @throws LatheException TOO_LARGE above {@link #MOST_BYTES}; UNAVAILABLE when too many uploads run at once
     */
    public Path receive(InputStream in, long announcedBytes) throws IOException {
        if (announcedBytes > MOST_BYTES) {
            throw tooLarge();
        }
        if (!seats.tryAcquire()) {
            throw new LatheException(ProblemCode.UNAVAILABLE, "Too many uploads at once; try again in a few seconds.");
        }
        Path file = folder.resolve(UUID.randomUUID() + ".part");
        try (OutputStream out = Files.newOutputStream(file)) {
            copy(in, out);
            return file;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        } finally {
            seats.release();
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[64 << 10];
        long total = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            total += n;
            if (total > MOST_BYTES) {
                throw tooLarge();
            }
            out.write(buffer, 0, n);
        }
    }

    private static LatheException tooLarge() {
        return new LatheException(ProblemCode.TOO_LARGE, "An upload may have at most " + (MOST_BYTES >> 20) + " MiB.");
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
