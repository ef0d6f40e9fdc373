package io.lathe.datasets.store;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One page of the keys below a folder, visiting only folders that can hold one. Files whose names are no keys, and links, were put there by somebody else, and are passed over. */
final class FolderWalk {
    private static final int MAX_LIMIT = 1000;

    private final Path root;
    private final String prefix;
    private final String after;
    private final int limit;
    private final List<ObjectKey> found = new ArrayList<>();

    FolderWalk(Path root, String prefix, String after, int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST, "A listing has a limit of 1 to " + MAX_LIMIT + ", not " + limit + ".");
        }
        this.root = root;
        this.prefix = prefix;
        this.after = after;
        this.limit = limit;
    }

    Listing listing() throws IOException {
        visit(root, "");
        var more = found.size() > limit;
        return new Listing(more ? found.subList(0, limit) : found, more);
    }

    private void visit(Path folder, String base) throws IOException {
        for (var name : names(folder)) {
            if (found.size() > limit) {
                return;
            }
            var full = base + name;
            if (name.endsWith("/")) {
                if (canHoldKeys(full)) {
                    visit(folder.resolve(name), full);
                }
            } else if (full.startsWith(prefix) && full.compareTo(after) > 0 && ObjectKey.isKey(full)) {
                found.add(new ObjectKey(full));
            }
        }
    }

    /** Names in the order of whole keys: a folder sorts with its slash. */
    private static List<String> names(Path folder) throws IOException {
        var names = new ArrayList<String>();
        try (var entries = Files.newDirectoryStream(folder)) {
            for (var entry : entries) {
                var name = String.valueOf(entry.getFileName());
                if (!name.startsWith(".") && !Files.isSymbolicLink(entry)) {
                    names.add(Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) ? name + "/" : name);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        names.sort(null);
        return names;
    }

    private boolean canHoldKeys(String folder) {
        var inPrefix = folder.startsWith(prefix) || prefix.startsWith(folder);
        var allBefore = folder.compareTo(after) < 0 && !after.startsWith(folder);
        return inPrefix && !allBefore;
    }
}
