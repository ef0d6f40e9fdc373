package io.lathe.launcher.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The room on the disk that a folder lies on.
 *
 * @param folder an existing folder
 * @param free what a user may still write there, bytes
 */
public record DiskSpace(Path folder, long free) {
    static final long MIB = 1L << 20;

    /** With less than this a failure to write is the disk's fault, even if a tool gave a little back when it failed. */
    private static final long AS_GOOD_AS_FULL = 16 * MIB;

    private static final Pattern FULL =
            Pattern.compile("No space left on device|ENOSPC|Errno 28|Disk quota exceeded|EDQUOT|SQLITE_FULL");

    /** Of the folder, or where it is missing of the one it would be made in. */
    public static DiskSpace at(Path folder) {
        Path existing = folder.toAbsolutePath();
        while (!Files.isDirectory(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        try {
            return new DiskSpace(existing, Files.getFileStore(existing).getUsableSpace());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tell how much room is left at " + existing, e);
        }
    }

    /** Whether a program's words, or an exception's, say that a disk is full. */
    static boolean isMeantBy(String words) {
        return FULL.matcher(words).find();
    }

    /**
     * What to say of a failure to write a file, where a full disk is its cause.
     *
     * @param unknown the folder that was being written to, for failures that name no file
     */
    public static Optional<String> explain(Throwable failure, Path unknown) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isMeantBy(String.valueOf(cause.getMessage()))) {
                Path file = cause instanceof FileSystemException named && named.getFile() != null
                        ? Path.of(named.getFile())
                        : unknown;
                return Optional.of("cannot write " + file + ": " + at(file).shortage());
            }
        }
        return Optional.empty();
    }

    /** What fills up where set-up works: its own folder, the user's caches, the system's folder for passing files. */
    static String shortages(Checkout checkout) {
        List<DiskSpace> spaces = Stream.of(
                        checkout.build(), UserHome.path(), Path.of(System.getProperty("java.io.tmpdir")))
                .map(DiskSpace::at)
                .toList();
        List<String> full = spaces.stream()
                .filter(space -> space.free < AS_GOOD_AS_FULL)
                .map(DiskSpace::shortage)
                .distinct()
                .toList();
        return full.isEmpty() ? spaces.getFirst().shortage() : String.join("; ", full);
    }

    /** For example {@code the disk of /home/ada/lathe is full (3 MiB free): free some space there and run the same command again}. */
    private String shortage() {
        return "the disk of " + folder + " is full (" + mib(free)
                + " free): free some space there and run the same command again; './lathe doctor' shows what is needed";
    }

    /** @throws SetupFailure where the disk has less room than is needed */
    void require(String what, long bytes) {
        if (free < bytes) {
            throw new SetupFailure(
                    what + " needs about " + mib(bytes) + " at " + folder + ", where " + mib(free)
                            + " are free. Free at least " + mib(bytes - free)
                            + " there, or let set-up work on another disk with LATHE_BUILD=DIR, and run the same command again");
        }
    }

    /** In whole mebibytes, as {@code 1,536 MiB}. */
    static String mib(long bytes) {
        return String.format(Locale.ROOT, "%,d MiB", Math.ceilDiv(bytes, MIB));
    }
}
