package io.lathe.datasets.store;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Objects as files below a folder. Each is written beside, forced to disk, and then renamed to its name, so it is there whole or not at all, also after a crash. Several processes may share the folder
 * if its file system has file locks and atomic renames. The folder itself may be a link; one below it is refused, since whoever put it there would decide what a key means.
 */
public final class FolderObjectStore implements ObjectStore {
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path root;
    private final Path scratch;
    private final FolderLocks locks;

    /** Makes the folder if it is not there. */
    public FolderObjectStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
        // No key starts with a dot, so these are outside of the keys.
        this.scratch = this.root.resolve(".scratch");
        var lockFolder = this.root.resolve(".locks");
        this.locks = new FolderLocks(lockFolder);
        try {
            refuseLink(scratch);
            refuseLink(lockFolder);
            Files.createDirectories(scratch);
            Files.createDirectories(lockFolder);
            removeAbandoned();
        } catch (IOException e) {
            throw failed("Opening the object store '" + root + "'", e);
        }
    }

    @Override
    public Optional<ObjectInfo> find(ObjectKey key) {
        try {
            var attributes = Files.readAttributes(path(key), BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? Optional.of(new ObjectInfo(key, attributes.size(), tag(key, attributes.size())))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            // A segment of the path is a file: then there is nothing below it.
            if (!Files.exists(path(key))) {
                return Optional.empty();
            }
            throw failed("Looking for " + key, e);
        }
    }

    @Override
    public InputStream open(ObjectKey key, ByteRange range) {
        if (find(key).isEmpty()) {
            throw new LatheException(ProblemCode.NOT_FOUND, "There is no object '" + key + "' in the store.");
        }
        try {
            var channel = FileChannel.open(path(key), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            channel.position(Math.min(range.offset(), channel.size()));
            return new PartInputStream(Channels.newInputStream(channel), range.length());
        } catch (IOException e) {
            throw failed("Opening " + key, e);
        }
    }

    @Override
    public boolean putIfAbsent(ObjectKey key, Content content) {
        var expected = ContentNames.expectedSha256(key);
        if (find(key).isPresent()) {
            return false;
        }
        try {
            var written = write(content);
            try {
                expected.ifPresent(hash -> ContentNames.require(key, hash, written.sha256()));
                return locks.locked(key, () -> {
                    if (find(key).isPresent()) {
                        return false;
                    }
                    publish(written.file(), key);
                    return true;
                });
            } finally {
                Files.deleteIfExists(written.file());
            }
        } catch (IOException e) {
            throw failed("Writing " + key, e);
        }
    }

    @Override
    public Optional<String> compareAndSwap(ObjectKey reference, Optional<String> expectedTag, byte[] content) {
        if (!reference.isReference()) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST, "'" + reference + "' never changes: only keys below refs/ can be moved.");
        }
        try {
            var written = write(Content.of(content));
            try {
                return locks.locked(reference, () -> {
                    if (!find(reference).map(ObjectInfo::tag).equals(expectedTag)) {
                        return Optional.empty();
                    }
                    publish(written.file(), reference);
                    return Optional.of(written.sha256());
                });
            } finally {
                Files.deleteIfExists(written.file());
            }
        } catch (IOException e) {
            throw failed("Moving " + reference, e);
        }
    }

    @Override
    public Listing list(String prefix, String after, int limit) {
        try {
            return new FolderWalk(root, prefix, after, limit).listing();
        } catch (IOException e) {
            throw failed("Listing the object store", e);
        }
    }

    /**
     * Removes an object; only for who knows that nothing names it any more. False when it was not there.
     *
     * @throws LatheException UNAVAILABLE when it cannot be removed
     */
    public boolean remove(ObjectKey key) {
        try {
            return locks.locked(key, () -> Files.deleteIfExists(path(key)));
        } catch (IOException e) {
            throw failed("Removing " + key, e);
        }
    }

    /** Where the object is; no part of the way there is a link. */
    private Path path(ObjectKey key) {
        var path = root;
        for (var segment : Path.of(key.value())) {
            path = path.resolve(segment);
            refuseLink(path);
        }
        return path;
    }

    private void refuseLink(Path path) {
        if (Files.isSymbolicLink(path)) {
            throw new LatheException(
                    ProblemCode.CONFLICT,
                    "'" + root.relativize(path) + "' in the object store '" + root
                            + "' is a symbolic link, and links are not followed there. Put what it leads to in its place.");
        }
    }

    /** Objects that never change need no more than their size; references are small and get the hash of their bytes. */
    private String tag(ObjectKey key, long bytes) throws IOException {
        return key.isReference() ? Sha256.of(Files.readAllBytes(path(key))) : "immutable-" + bytes;
    }

    private record Written(Path file, String sha256) {}

    private Written write(Content content) throws IOException {
        var file = Files.createTempFile(scratch, "write-", null);
        try (var in = content.open();
                var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var hash = Sha256.copy(in, Channels.newOutputStream(channel));
            channel.force(true);
            return new Written(file, hash);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private void publish(Path file, ObjectKey key) throws IOException {
        var target = path(key);
        var folder = parent(target);
        var newFolder = !Files.isDirectory(folder);
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new LatheException(
                    ProblemCode.CONFLICT,
                    "'" + key + "' cannot be written: a part of its path is an object. Choose another key.",
                    e);
        }
        if (Files.isDirectory(target)) {
            throw new LatheException(
                    ProblemCode.CONFLICT,
                    "'" + key + "' cannot be written: there are objects below it. Choose another key.");
        }
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        force(folder);
        for (var above = folder; newFolder && !above.equals(root); above = parent(above)) {
            force(parent(above));
        }
    }

    /** Makes a rename survive a power cut; where a folder cannot be opened (Windows) there is nothing to do. */
    private static void force(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (java.nio.file.AccessDeniedException e) {
            if (!System.getProperty("os.name", "").startsWith("Windows")) {
                throw e;
            }
        }
    }

    private Path parent(Path path) {
        var parent = path.getParent();
        return parent == null ? root : parent;
    }

    private void removeAbandoned() throws IOException {
        var limit = Instant.now().minus(ABANDONED);
        try (var files = Files.newDirectoryStream(scratch)) {
            for (var file : files) {
                if (isOlder(file, limit)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static boolean isOlder(Path file, Instant limit) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(limit);
        } catch (NoSuchFileException e) {
            // Its writer has finished meanwhile.
            return false;
        }
    }

    private static LatheException failed(String what, IOException cause) {
        return new LatheException(
                ProblemCode.UNAVAILABLE,
                what + " failed: " + cause.getMessage() + ". Check the disk's space and the folder's rights.",
                cause);
    }
}
