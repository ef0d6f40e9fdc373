package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** What set-up does with folders and small files, so that a reader never sees half of one. */
final class Folders {
    private Folders() {}

    /** Deletes a file, a link, or a folder with all it holds; nothing happens where there is nothing. */
    static void delete(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Deletes the folders of a name pattern, but for the current one and those that a running process works from. */
    static void deleteUnused(Path parent, String glob, Path current) throws IOException {
        List<Path> old = new ArrayList<>();
        try (var folders = Files.newDirectoryStream(parent, glob)) {
            folders.forEach(old::add);
        }
        for (Path folder : old) {
            if (!folder.equals(current) && ProcessHandle.allProcesses().noneMatch(process -> usesIt(process, folder))) {
                delete(folder);
            }
        }
    }

    /** Whether a process names the folder on its command line, or has loaded a library from it: an environment's Python is a link out of it. */
    private static boolean usesIt(ProcessHandle process, Path folder) {
        if (process.info()
                .commandLine()
                .filter(line -> line.contains(folder.toString()))
                .isPresent()) {
            return true;
        }
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "maps"), StandardCharsets.ISO_8859_1)
                    .contains(folder + "/");
        } catch (IOException e) {
            // Another user's process, one that just ended, or a system without /proc.
            return false;
        }
    }

    /** Copies a folder beside its place first and swaps it in by renaming. */
    static void copyInto(Path from, Path to) throws IOException {
        Files.createDirectories(to.resolveSibling("."));
        Path making = to.resolveSibling("." + to.getFileName() + ".new");
        delete(making);
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(making.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, making.resolve(from.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
        delete(to);
        Files.move(making, to);
    }

    /** Writes a file beside its place and renames it. */
    static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Path making = file.resolveSibling("." + file.getFileName() + ".new");
        Files.writeString(making, content);
        Files.move(making, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Makes a symbolic link point somewhere else in one step. */
    static void link(Path link, Path target) throws IOException {
        Path making = link.resolveSibling("." + link.getFileName() + ".new");
        Files.deleteIfExists(making);
        Files.createSymbolicLink(making, target);
        if (Files.isDirectory(link, LinkOption.NOFOLLOW_LINKS)) {
            delete(link);
        }
        Files.move(making, link, StandardCopyOption.ATOMIC_MOVE);
    }
}
