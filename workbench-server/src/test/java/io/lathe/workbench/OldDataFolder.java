package io.lathe.workbench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A data folder as the first Lathe left it (database V1, store and settings of format 0), made by {@code ./lathe demo} twice, with
 * another trainer the second time, {@code consumer add web --model penguins} and {@code model rollback penguins}. The consumer's token
 * is in the file {@code consumer-token}.
 */
final class OldDataFolder {
    private OldDataFolder() {}

    /** Lays it out in a folder that does not exist yet. */
    static Path in(Path folder) {
        try (InputStream resource = OldDataFolder.class.getResourceAsStream("data-folder-v1.zip")) {
            if (resource == null) {
                throw new IllegalStateException("The test class path lacks data-folder-v1.zip");
            }
            ZipInputStream zip = new ZipInputStream(resource);
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                Files.createDirectories(file.resolveSibling("."));
                Files.copy(zip, file);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
