package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;

/**
 * Keeps a copy of the sources like the sources themselves: what differs is copied, what is gone there is deleted here, and what set-up or
 * Maven made stays. Cut off anywhere, the next refresh mends it.
 */
record SourceCopy(Path from, Path to) {
    /** Never copied, never deleted. */
    private static final Set<String> MADE =
            Set.of(".git", ".build", ".lathe", "target", "node_modules", "labextension", ".yarn", "coverage");

    private static final String MARK = ".lathe-sources";

    /** @throws SetupFailure where the folder holds something else */
    void refresh() throws IOException {
        refuseForeign();
        Files.createDirectories(to);
        Folders.write(to.resolve(MARK), from + "\n");
        Set<Path> known = new HashSet<>();
        known.add(to.resolve(MARK));
        copy(known);
        deleteAllBut(known);
    }

    private void refuseForeign() throws IOException {
        if (to.startsWith(from) || from.startsWith(to)) {
            throw new SetupFailure("LATHE_BUILD=" + to + " and the checkout " + from
                    + " lie in each other; set it to a folder outside the checkout");
        }
        if (!Files.isDirectory(to) || Files.exists(to.resolve(MARK))) {
            return;
        }
        try (var files = Files.newDirectoryStream(to, path -> !path.endsWith(".build"))) {
            if (files.iterator().hasNext()) {
                throw new SetupFailure(
                        "LATHE_BUILD=" + to + " holds files that are not Lathe's; set it to a new or an empty folder");
            }
        }
    }

    private void copy(Set<Path> known) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (isMade(from, folder)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Path copy = to.resolve(from.relativize(folder).toString());
                Files.createDirectories(copy);
                known.add(copy);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (isMade(from, file)) {
                    // Of a second work tree, .git is a file.
                    return FileVisitResult.CONTINUE;
                }
                Path copy = to.resolve(from.relativize(file).toString());
                known.add(copy);
                if (attributes.isRegularFile() && !isSame(file, copy)) {
                    Path fresh = copy.resolveSibling(copy.getFileName() + ".new");
                    // Not the date: Maven builds what is newer than its results.
                    Files.copy(file, fresh, StandardCopyOption.REPLACE_EXISTING);
                    if (Files.isExecutable(file) && !fresh.toFile().setExecutable(true)) {
                        throw new IOException("cannot make " + fresh + " executable");
                    }
                    Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void deleteAllBut(Set<Path> known) throws IOException {
        Files.walkFileTree(to, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (isMade(to, folder)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (known.contains(folder)) {
                    return FileVisitResult.CONTINUE;
                }
                Folders.delete(folder);
                return FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!known.contains(file)) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** The button's compiler puts its results into {@code lib}, a name that is nobody else's. */
    private static boolean isMade(Path root, Path folder) {
        return !folder.equals(root)
                && (MADE.contains(folder.getFileName().toString())
                        || folder.equals(root.resolve("publish-button/lib")));
    }

    private static boolean isSame(Path file, Path copy) throws IOException {
        return Files.isRegularFile(copy, LinkOption.NOFOLLOW_LINKS) && Files.mismatch(file, copy) == -1;
    }
}
