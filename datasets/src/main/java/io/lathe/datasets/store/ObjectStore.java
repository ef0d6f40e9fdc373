package io.lathe.datasets.store;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Named bytes. Objects are written once and never change; references (keys below {@code refs/}) move by compare-and-swap. Objects named by the SHA-256 of their bytes (below {@code objects/},
 * {@code manifests/}, {@code schemas/}) are refused with BAD_REQUEST when the bytes do not match. Implementations are thread-safe, wait no longer than their deadlines, and never show half a write.
 */
public interface ObjectStore {
    Optional<ObjectInfo> find(ObjectKey key);

    /** Opens a part of an object; the caller closes it. NOT_FOUND when there is no such object. */
    InputStream open(ObjectKey key, ByteRange range);

    /** Writes an object that is not there yet; {@code false}, and nothing changes, when it is. Of writers at the same time exactly one gets {@code true}. */
    boolean putIfAbsent(ObjectKey key, Content content);

    /**
     * Moves a reference if it still has the expected tag ({@code empty}: if it does not exist). The new tag, or empty when it had moved. OUTCOME_UNKNOWN when it cannot be learnt whether it happened.
     */
    Optional<String> compareAndSwap(ObjectKey reference, Optional<String> expectedTag, byte[] content);

    /**
     * Names that start with {@code prefix}, in order, after {@code after} (exclusive; empty text: from the start).
     *
     * @param limit most names to answer, 1 to 1000
     */
    Listing list(String prefix, String after, int limit);

    /** All bytes of a small object. NOT_FOUND, or TOO_LARGE when it has more than {@code maxBytes}. */
    default byte[] readAll(ObjectKey key, int maxBytes) {
        try (var in = open(key, ByteRange.ALL)) {
            var bytes = in.readNBytes(maxBytes);
            if (in.read() >= 0) {
                throw new LatheException(
                        ProblemCode.TOO_LARGE, "The object " + key + " has more than " + maxBytes + " bytes.");
            }
            return bytes;
        } catch (IOException e) {
            throw new LatheException(ProblemCode.UNAVAILABLE, "Reading the object " + key + " failed. Try again.", e);
        }
    }
}
