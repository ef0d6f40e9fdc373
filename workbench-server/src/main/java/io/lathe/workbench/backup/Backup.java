package io.lathe.workbench.backup;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a backup: one zip with database, store, settings and the projects' folders. A workbench may run and write meanwhile: the database is
 * copied first, then the references, then what they name, so that everything that a copied row or reference names was there before it and
 * is copied after it. The file has its name only when it is whole.
 */
final class Backup {
    private static final String STORE = "store/";

    /** What names comes before what is named; what is not listed here comes last. */
    private static final List<String> STORE_ORDER =
            List.of("config", "refs", "manifests", "schemas", "derived", "bundles", "objects");

    private final Path data;
    private final Path file;
    private final Path making;
    private final Path snapshot;
    private final Clock clock;
    private final BackupProgress progress;

    /** Whether what is half made is this backup's, not that of another one that writes the same file. */
    private volatile boolean mine;

    Backup(Path data, Path file, Clock clock, Consumer<String> lines) {
        this.data = data.toAbsolutePath().normalize();
        this.file = file.toAbsolutePath().normalize();
        this.making = this.file.resolveSibling("." + file.getFileName() + ".making");
        this.snapshot = this.file.resolveSibling("." + file.getFileName() + ".database");
        this.clock = clock;
        this.progress = new BackupProgress("backing up", lines);
    }

    /**
     * Makes it.
     *
     * @return how much data is in it, bytes; the file is smaller
     * @throws LatheException CONFLICT when the file exists or another backup writes it; NOT_FOUND when the folder holds no workbench's
     *     data; UNAVAILABLE when it cannot be written
     */
    long make() {
        require();
        // The zip closes the channel, and with it goes the lock.
        try (FileChannel channel = FileChannel.open(making, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (channel.tryLock() == null) {
                throw new LatheException(
                        ProblemCode.CONFLICT,
                        "Another backup is writing " + file + ". Wait for it, or name another file.");
            }
            mine = true;
            try {
                return make(channel);
            } finally {
                removeLeftOvers();
            }
        } catch (IOException e) {
            throw new LatheException(
                    ProblemCode.UNAVAILABLE,
                    "The backup " + file + " cannot be made: " + reason(e)
                            + ". Check the space there and the rights of what is named; nothing was left behind.",
                    e);
        }
    }

    /** For a backup that is cancelled. */
    void removeLeftOvers() {
        if (!mine) {
            return;
        }
        for (Path each : List.of(making, snapshot, snapshot.resolveSibling(snapshot.getFileName() + "-journal"))) {
            try {
                Files.deleteIfExists(each);
            } catch (IOException e) {
                progress.leftOut(each, "it cannot be deleted (" + e.getMessage() + "); delete it");
            }
        }
    }

    private void require() {
        if (Files.exists(file)) {
            throw new LatheException(
                    ProblemCode.CONFLICT, file + " exists; a backup overwrites nothing. Name another file.");
        }
        if (!Files.isDirectory(file.resolveSibling("."))) {
            throw new LatheException(
                    ProblemCode.NOT_FOUND, "There is no folder for " + file + ". Make it, or name another file.");
        }
        if (!Files.exists(data.resolve("lathe.db"))) {
            throw new LatheException(
                    ProblemCode.NOT_FOUND,
                    data
                            + " holds no workbench's data: there is no lathe.db in it. Name the right folder with --data.");
        }
        if (file.startsWith(data)) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    file + " lies in the data folder itself. Name a file outside of " + data + ".");
        }
    }

    private long make(FileChannel channel) throws IOException {
        Files.setPosixFilePermissions(making, PosixFilePermissions.fromString("rw-------"));
        channel.truncate(0);
        Files.deleteIfExists(snapshot);
        DatabaseSnapshot database = DatabaseSnapshot.write(data.resolve("lathe.db"), snapshot);
        try (BackupZip zip = new BackupZip(Channels.newOutputStream(channel), progress)) {
            zip.add("lathe.db", snapshot);
            if (Files.exists(data.resolve("settings.json"))) {
                zip.add("settings.json", data.resolve("settings.json"));
            }
            for (Path part : storeParts()) {
                String name = STORE + part.getFileName();
                if (Files.isDirectory(part)) {
                    zip.addFolder(name, part);
                } else {
                    zip.add(name, part);
                }
            }
            sayWhatIsMissing(database, zip);
            for (String project : database.projects()) {
                zip.addFolder("projects/" + project, data.resolve("projects").resolve(project));
            }
            zip.finish(clock.instant());
            channel.force(true);
            publish();
            return progress.moved();
        }
    }

    private void sayWhatIsMissing(DatabaseSnapshot database, BackupZip zip) throws IOException {
        Set<String> copied = zip.items().keySet().stream()
                .filter(name -> name.startsWith(STORE))
                .map(name -> name.substring(STORE.length()))
                .collect(Collectors.toSet());
        new StoreCompleteness(data.resolve("store"), copied, zip.references())
                .missing(database.bundles())
                .forEach(line -> progress.warn("the store lacks " + line + "; the backup lacks it too"));
    }

    /** Locks and half-written files have names with a dot; they are no objects. */
    private List<Path> storeParts() throws IOException {
        List<Path> parts = new ArrayList<>();
        for (String name : STORE_ORDER) {
            Path part = data.resolve("store").resolve(name);
            if (Files.exists(part)) {
                parts.add(part);
            }
        }
        try (Stream<Path> all = Files.list(data.resolve("store"))) {
            all.filter(part -> !part.getFileName().toString().startsWith("."))
                    .filter(part -> !parts.contains(part))
                    .sorted()
                    .forEach(parts::add);
        }
        return parts;
    }

    private void publish() throws IOException {
        try {
            // Unlike a rename, a second link never replaces a file that came meanwhile.
            Files.createLink(file, making);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            Files.move(making, file, StandardCopyOption.ATOMIC_MOVE);
        }
        try (FileChannel folder = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** The JDK's exceptions about files often say nothing but the file's name. */
    static String reason(IOException e) {
        return e instanceof FileSystemException known && known.getReason() == null
                ? known.getClass().getSimpleName().replace("Exception", "") + " " + known.getFile()
                : e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
