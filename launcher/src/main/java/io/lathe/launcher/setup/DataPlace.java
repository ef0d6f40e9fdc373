package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The place that a data folder has, or will have: whether a workbench can work there, in the same words for {@code doctor} and {@code up}. */
public record DataPlace(Path data) {
    private static final long NEEDED = 64 * DiskSpace.MIB;
    private static final String REMEDY = ": make it writable for you, or choose another with --data";

    /** Why no workbench can be started there and what to do; empty where one can. */
    public Optional<String> problem() {
        return obstacle().or(this::shortage);
    }

    /** Why nothing can be written there. */
    Optional<String> obstacle() {
        Path existing = data;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing)) {
            return Optional.of(existing + " is a file, not a folder: choose another with --data");
        }
        try {
            Files.delete(Files.createTempFile(existing, ".doctor", ""));
            return Optional.empty();
        } catch (IOException e) {
            Optional<String> full = DiskSpace.explain(e, existing);
            return full.isPresent()
                    ? shortage().or(() -> full)
                    : Optional.of("cannot write " + existing + " (" + reason(e) + ")" + REMEDY);
        }
    }

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "it is not yours to write to";
        }
        return String.valueOf(failure.getMessage()).contains("Read-only file system")
                ? "it is mounted read-only"
                : "no file can be made there";
    }

    /** That there is less room than a workbench needs. */
    Optional<String> shortage() {
        DiskSpace space = DiskSpace.at(data);
        return space.free() >= NEEDED
                ? Optional.empty()
                : Optional.of(DiskSpace.mib(space.free()) + " free at " + space.folder()
                        + ", where the workbench needs " + DiskSpace.mib(NEEDED) + " at least: free "
                        + DiskSpace.mib(NEEDED - space.free()) + ", or choose a folder on another disk with --data");
    }
}
