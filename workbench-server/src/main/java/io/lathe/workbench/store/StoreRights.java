package io.lathe.workbench.store;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.store.Content;
import io.lathe.datasets.store.Listing;
import io.lathe.datasets.store.ObjectKey;
import io.lathe.datasets.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a caller may read and write in the object store. Thread-safe. */
public interface StoreRights {
    /** What may be read, in order: a key, or with a slash at its end, or empty, everything that starts so. */
    List<String> readable();

    boolean mayWrite(ObjectKey key);

    /** Most bytes that may be kept under the key. */
    long mostBytes(ObjectKey key);

    /**
     * Looks at what came to be kept under a key that is written once.
     *
     * @throws LatheException BAD_REQUEST when it is not what such a key names
     */
    void requireObject(ObjectKey key, Content content);

    /**
     * Looks at a reference before it is put in place of the one there is now.
     *
     * @throws LatheException BAD_REQUEST when this must not become the reference
     */
    void requireReference(ObjectKey key, byte[] content);

    /** @throws LatheException FORBIDDEN when this may not be read */
    default void requireRead(ObjectKey key) {
        if (readable().stream().noneMatch(root -> covers(root, key.value()))) {
            throw new LatheException(
                    ProblemCode.FORBIDDEN,
                    "A project may not read '" + key + "' in the store; it reads datasets only.");
        }
    }

    /** @throws LatheException FORBIDDEN when this may not be written */
    default void requireWrite(ObjectKey key) {
        if (!mayWrite(key)) {
            throw new LatheException(
                    ProblemCode.FORBIDDEN,
                    "A project may not write '" + key + "' in the store; it writes datasets only.");
        }
    }

    /** Lists as {@link ObjectStore#list} does, as if nothing were there but what may be read. */
    default Listing list(ObjectStore store, String prefix, String after, int limit) {
        List<ObjectKey> keys = new ArrayList<>();
        for (String root : readable()) {
            Optional<String> narrowed = narrowed(root, prefix);
            if (narrowed.isPresent()) {
                // With a full page, one key of a later root says that there is more.
                int room = limit - keys.size();
                Listing part = store.list(narrowed.get(), after, Math.max(1, room));
                List<ObjectKey> covered = part.keys().stream()
                        .filter(key -> covers(root, key.value()))
                        .toList();
                if (room == 0 && !covered.isEmpty()) {
                    return new Listing(keys, true);
                }
                keys.addAll(covered);
                if (part.more()) {
                    return new Listing(keys, true);
                }
            }
        }
        return new Listing(keys, false);
    }

    private static Optional<String> narrowed(String root, String prefix) {
        if (root.startsWith(prefix)) {
            return Optional.of(root);
        }
        return prefix.startsWith(root) ? Optional.of(prefix) : Optional.empty();
    }

    private static boolean covers(String root, String key) {
        return (root.isEmpty() || root.endsWith("/")) ? key.startsWith(root) : key.equals(root);
    }
}
