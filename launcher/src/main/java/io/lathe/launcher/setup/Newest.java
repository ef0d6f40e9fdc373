package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/** The date of the newest file below a folder: one in the future shows that the clock was set back. */
final class Newest {
    private Newest() {}

    /** The epoch where there is no file. */
    static Instant in(Path folder) throws IOException {
        Instant[] newest = {Instant.EPOCH};
        if (Files.isDirectory(folder)) {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    Instant changed = attributes.lastModifiedTime().toInstant();
                    newest[0] = changed.isAfter(newest[0]) ? changed : newest[0];
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return newest[0];
    }
}
