package io.lathe.serving.route;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Puts a whole file in its place in one step, on disk before its name is. */
final class AtomicFiles {

    private AtomicFiles() {}

    static void replace(Path file, byte[] content) throws IOException {
        Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), ".new-", ".tmp");
        try {
            Files.write(fresh, content);
            moveIntoPlace(fresh, file);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Flushes {@code fresh} and renames it to {@code file}, replacing what is there. Both lie in one folder. */
    static void moveIntoPlace(Path fresh, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
