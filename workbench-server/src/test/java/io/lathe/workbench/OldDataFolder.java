package io.lathe.workbench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Data folders of other formats: {@link #in} is one as the first Lathe left it (database V1, store and settings of format 0), made by {@code ./lathe demo} twice, with
 * another trainer the second time, {@code consumer add web --model penguins} and {@code model rollback penguins}. The consumer's token
 * is in the file {@code consumer-token}.
 */
final class OldDataFolder {
    private OldDataFolder() {}

    /** Lays it out in a folder that does not exist yet. */
    static Path in(Path folder) {
        return unpack("data-folder-v1.zip", folder);
    }

    /**
     * As a later Lathe left it (database V4), with a project on an address of its own, a model of two versions, the second in
     * production, the consumer {@code web} and the personal token {@code robot}; that is in the file {@code personal-token}.
     */
    static Path ofV4In(Path folder) {
        return unpack("data-folder-v4.zip", folder);
    }

    private static Path unpack(String name, Path folder) {
        try (InputStream resource = OldDataFolder.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("The test class path lacks " + name);
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
