package io.lathe.workbench.backup;

import io.lathe.datasets.store.ContentNames;
import io.lathe.datasets.store.Sha256;
import io.lathe.workbench.json.Json;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes files into a backup's zip and notes the hash of what was written. One thread uses it. */
final class BackupZip implements AutoCloseable {
    private static final String STORE = "store/";
    private static final String REFERENCES = "store/refs/";

    private final ZipOutputStream zip;
    private final BackupProgress progress;
    private final Map<String, BackupIndex.Item> items = new TreeMap<>();
    private final Map<String, String> references = new TreeMap<>();

    BackupZip(OutputStream out, BackupProgress progress) {
        this.zip = new ZipOutputStream(new BufferedOutputStream(out, 1 << 16), StandardCharsets.UTF_8);
        // Most of it is packed already: bundles, images in notebooks.
        zip.setLevel(Deflater.BEST_SPEED);
        this.progress = progress;
    }

    /** What has been written so far. */
    Map<String, BackupIndex.Item> items() {
        return items;
    }

    /** The datasets' references among that, by name. */
    Map<String, String> references() {
        return references;
    }

    /** Adds one file as it is read now; a file that has gone meanwhile is left out, and so is an object that is not what its name says. */
    void add(String name, Path file) throws IOException {
        if (isDamaged(name, file)) {
            progress.leftOut(file, "it is damaged; its bytes are not those that its name says");
            return;
        }
        try (InputStream in = name.startsWith(REFERENCES) ? kept(name, file) : Files.newInputStream(file)) {
            zip.putNextEntry(new ZipEntry(name));
            CountingStream counter = new CountingStream(zip, progress);
            String sha256 = Sha256.copy(in, counter);
            zip.closeEntry();
            items.put(name, new BackupIndex.Item(counter.count(), sha256, Files.isExecutable(file)));
        } catch (NoSuchFileException e) {
            progress.leftOut(file, "it was deleted meanwhile");
        }
    }

    /** A restore takes no such object, and one among thousands must not make the whole backup worthless. */
    private static boolean isDamaged(String name, Path file) throws IOException {
        Optional<String> expected =
                name.startsWith(STORE) ? ContentNames.findSha256(name.substring(STORE.length())) : Optional.empty();
        if (expected.isEmpty() || !Files.exists(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return !Sha256.copy(in, OutputStream.nullOutputStream()).equals(expected.get());
        }
    }

    private InputStream kept(String name, Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        references.put(name, new String(bytes, StandardCharsets.UTF_8));
        return new ByteArrayInputStream(bytes);
    }

    /**
     * Adds what lies below a folder now. Links are left out: what they lead to is not the data folder's.
     *
     * @param name the folder's path in the backup
     */
    void addFolder(String name, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) throws IOException {
                try (var inside = Files.newDirectoryStream(visited)) {
                    if (!inside.iterator().hasNext()) {
                        zip.putNextEntry(new ZipEntry(nameOf(visited) + "/"));
                        zip.closeEntry();
                        items.put(nameOf(visited) + "/", BackupIndex.Item.FOLDER);
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    add(nameOf(file), file);
                } else {
                    progress.leftOut(file, "it is a link or no file");
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            private String nameOf(Path path) {
                StringBuilder full = new StringBuilder(name);
                if (!path.equals(folder)) {
                    folder.relativize(path).forEach(part -> full.append('/').append(part));
                }
                return full.toString();
            }
        });
    }

    /** Writes the index; nothing may be added afterwards. */
    void finish(Instant at) throws IOException {
        zip.putNextEntry(new ZipEntry(BackupIndex.ENTRY));
        zip.write(Json.write(new BackupIndex(BackupIndex.FORMAT, at, items)).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
        zip.finish();
        zip.flush();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
