package io.lathe.workbench.backup;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.datasets.lock.LockFile;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.store.PartInputStream;
import io.lathe.datasets.store.Sha256;
import io.lathe.workbench.database.Database;
import io.lathe.workbench.file.FileTree;
import io.lathe.workbench.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Lays a backup out as a data folder. Everything is unpacked beside the folder, each file checked against the backup's index, and takes the
 * folder's place in one step, or nothing does.
 */
final class Restore {
    private static final int MOST_INDEX_BYTES = 512 << 20;
    private static final Set<String> ROOTS = Set.of("lathe.db", "settings.json", "store", "projects");
    private static final String LOCK = ".restoring";

    private final Path file;
    private final Path data;
    private final Path making;
    private final BackupProgress progress;

    /** Whether what is half unpacked is this restore's, not that of another one into the same folder. */
    private volatile boolean mine;

    Restore(Path file, Path data, Consumer<String> lines) {
        this.file = file.toAbsolutePath().normalize();
        this.data = behindLinks(data.toAbsolutePath().normalize());
        this.making = this.data.resolveSibling("." + data.getFileName() + ".restoring");
        this.progress = new BackupProgress("restoring", lines);
    }

    /**
     * Does it.
     *
     * @return how many bytes were restored
     * @throws LatheException NOT_FOUND when there is no such file; CONFLICT when the folder is not empty, or a newer Lathe made the backup; BAD_REQUEST when the file is no
     *     backup or is damaged; UNAVAILABLE when the folder cannot be written
     */
    long run() {
        if (!Files.isRegularFile(file)) {
            throw new LatheException(
                    ProblemCode.NOT_FOUND,
                    "There is no backup file " + file + ". Name one that ./lathe backup has made.");
        }
        try {
            requireEmpty();
            Files.createDirectories(making);
            Files.setPosixFilePermissions(making, PosixFilePermissions.fromString("rwx------"));
            Path lockFile = making.resolve(LOCK);
            try (LockFile _ = LockFile.take(lockFile)
                    .orElseThrow(() -> new LatheException(
                            ProblemCode.CONFLICT,
                            "Another restore works on " + data + ". Wait for it, or choose another --data."))) {
                mine = true;
                return unpackInto(lockFile);
            }
        } catch (ZipException e) {
            throw damaged(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new LatheException(
                    ProblemCode.UNAVAILABLE,
                    file + " cannot be restored to " + data + ": " + Backup.reason(e)
                            + ". Check that it is there, the space and the rights; nothing was left behind.",
                    e);
        }
    }

    /** A person who made the folder a link, to a larger disk for example, wants the data there and the link kept. */
    private static Path behindLinks(Path data) {
        try {
            return Files.isSymbolicLink(data) ? data.toRealPath() : data;
        } catch (IOException e) {
            return data;
        }
    }

    /** For a restore that is cancelled or fails. */
    void removeLeftOvers() {
        if (!mine) {
            return;
        }
        try {
            FileTree.delete(making);
        } catch (IOException e) {
            progress.leftOut(making, "it cannot be deleted (" + e.getMessage() + "); delete it");
        }
    }

    private long unpackInto(Path lockFile) throws IOException {
        boolean done = false;
        try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            removeStale(lockFile);
            BackupIndex index = index(zip);
            requireSpace(index);
            for (var item : index.items().entrySet()) {
                unpack(zip, item.getKey(), item.getValue());
            }
            new RestoredData(making, index).problem().ifPresent(why -> {
                throw damaged(why);
            });
            Database.refuseNewer(making.resolve("lathe.db"));
            Files.delete(lockFile);
            Files.deleteIfExists(data);
            Files.move(making, data, StandardCopyOption.ATOMIC_MOVE);
            done = true;
            return index.bytes();
        } finally {
            if (!done) {
                removeLeftOvers();
            }
        }
    }

    private void requireEmpty() throws IOException {
        if (Files.isSymbolicLink(data)) {
            throw new LatheException(
                    ProblemCode.CONFLICT,
                    data + " is a link that leads nowhere. Make the folder it names, or choose another with --data.");
        }
        if (!Files.exists(data)) {
            Files.createDirectories(data.resolveSibling("."));
            return;
        }
        boolean empty = Files.isDirectory(data);
        if (empty) {
            try (var inside = Files.newDirectoryStream(data)) {
                empty = !inside.iterator().hasNext();
            }
        }
        if (!empty) {
            throw new LatheException(
                    ProblemCode.CONFLICT,
                    data
                            + " is not empty; a backup is restored into a new or empty folder. Choose another with --data, or move it away.");
        }
    }

    /** What a killed restore has left. */
    private void removeStale(Path lockFile) throws IOException {
        try (var inside = Files.newDirectoryStream(making)) {
            for (Path each : inside) {
                if (!each.equals(lockFile)) {
                    if (Files.isDirectory(each)) {
                        FileTree.delete(each);
                    } else {
                        Files.delete(each);
                    }
                }
            }
        }
    }

    private BackupIndex index(ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(BackupIndex.ENTRY);
        if (entry == null) {
            throw damaged("it has no " + BackupIndex.ENTRY + ", so './lathe backup' did not make it");
        }
        BackupIndex index;
        try (InputStream in = zip.getInputStream(entry)) {
            index = index(new String(in.readNBytes(MOST_INDEX_BYTES), StandardCharsets.UTF_8));
        }
        Set<String> names = new HashSet<>();
        for (ZipEntry each : zip.stream().toList()) {
            if (!names.add(each.getName())) {
                throw damaged("it holds '" + each.getName() + "' twice");
            }
        }
        names.remove(BackupIndex.ENTRY);
        if (!names.equals(index.items().keySet())) {
            throw damaged("its files are not those that its index lists");
        }
        index.items().keySet().forEach(this::target);
        if (!names.contains("lathe.db")) {
            throw damaged("it holds no lathe.db");
        }
        return index;
    }

    private BackupIndex index(String text) {
        try {
            JsonNode format = Json.tree(text).path("format");
            if (format.isIntegralNumber() && format.asLong() > BackupIndex.FORMAT) {
                throw new LatheException(
                        ProblemCode.CONFLICT,
                        file + " is of a newer Lathe: it has format " + format + ", this one knows format "
                                + BackupIndex.FORMAT + ". Use the Lathe that made it or a newer one.");
            }
            BackupIndex index = Json.read(text, BackupIndex.class);
            if (format.isIntegralNumber() && index.isComplete()) {
                return index;
            }
        } catch (LatheException e) {
            if (e.code() == ProblemCode.CONFLICT) {
                throw e;
            }
            // What a parser says of a request would only mislead here.
            throw damaged("its " + BackupIndex.ENTRY + " is no list of what is in it", e);
        }
        throw damaged("its " + BackupIndex.ENTRY + " is no list of what is in it");
    }

    private void requireSpace(BackupIndex index) throws IOException {
        long free = Files.getFileStore(making).getUsableSpace();
        if (index.bytes() > free) {
            throw new LatheException(
                    ProblemCode.UNAVAILABLE,
                    "Restoring " + file + " takes " + BackupProgress.amount(index.bytes()) + ", but " + data
                            + " has only " + BackupProgress.amount(free)
                            + " left. Free some, or choose another folder with --data.");
        }
    }

    private void unpack(ZipFile zip, String name, BackupIndex.Item item) throws IOException {
        Path target = target(name);
        if (name.endsWith("/")) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolveSibling("."));
        try (InputStream in = zip.getInputStream(zip.getEntry(name));
                OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
            CountingStream counter = new CountingStream(out, progress);
            // One byte more than promised shows that there is more, without taking in all of a bomb.
            String sha256 = Sha256.copy(new PartInputStream(in, item.bytes() + 1), counter);
            if (counter.count() != item.bytes() || !sha256.equals(item.sha256())) {
                throw damaged("'" + name + "' is not what its index says");
            }
        }
        if (item.executable()) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** Where an entry goes; its name must lead to one of the places a data folder has, and to nowhere else. */
    private Path target(String name) {
        String plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        List<String> parts = Arrays.asList(plain.split("/", -1));
        boolean good = ROOTS.contains(parts.getFirst())
                && parts.stream().noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."))
                && plain.chars().noneMatch(c -> c == '\\' || c == 0);
        if (!good) {
            throw damaged("'" + name + "' is no place in a data folder");
        }
        try {
            return making.resolve(plain);
        } catch (InvalidPathException e) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "'" + name + "' in " + file + " cannot be a file's name here: " + e.getReason()
                            + ". Run with a locale of UTF-8, for example LC_ALL=C.UTF-8.",
                    e);
        }
    }

    private LatheException damaged(String why, Exception... cause) {
        LatheException problem = new LatheException(
                ProblemCode.BAD_REQUEST,
                file + " is no whole backup: " + why + ". Use another backup; nothing was restored.");
        Arrays.stream(cause).forEach(problem::addSuppressed);
        return problem;
    }
}
