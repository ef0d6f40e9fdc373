package io.lathe.workbench.store;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.store.ObjectKey;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a project may read and write in the object store. One trusted user owns every project that the {@code process} provisioner
 * runs, so every dataset is granted; bundles are the workbench's alone.
 */
public final class StoreRights {
    private static final List<String> READ =
            List.of("config", "objects/", "manifests/", "refs/datasets/", "schemas/", "derived/");
    private static final List<String> WRITE = List.of("objects/", "manifests/", "schemas/", "derived/");
    private static final Pattern REFERENCE = Pattern.compile("refs/datasets/[a-z][a-z0-9_-]{0,62}\\.json");

    private StoreRights() {}

    /** @throws LatheException FORBIDDEN when a project may not read this */
    public static void requireRead(ObjectKey key) {
        require(startsWithOne(key.value(), READ), "read", key.value());
    }

    /** @throws LatheException FORBIDDEN when a project may not list names that begin so */
    public static void requireList(String prefix) {
        require(startsWithOne(prefix, READ), "list", prefix);
    }

    /** @throws LatheException FORBIDDEN when a project may not write this */
    public static void requireWrite(ObjectKey key) {
        require(
                startsWithOne(key.value(), WRITE)
                        || REFERENCE.matcher(key.value()).matches(),
                "write",
                key.value());
    }

    private static boolean startsWithOne(String key, List<String> prefixes) {
        return prefixes.stream().anyMatch(prefix -> prefix.endsWith("/") ? key.startsWith(prefix) : key.equals(prefix));
    }

    private static void require(boolean granted, String verb, String key) {
        if (!granted) {
            throw new LatheException(
                    ProblemCode.FORBIDDEN, "A project may not " + verb + " '" + key + "' in the store.");
        }
    }
}
