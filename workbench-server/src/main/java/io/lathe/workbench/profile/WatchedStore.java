package io.lathe.workbench.profile;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.store.ByteRange;
import io.lathe.datasets.store.Content;
import io.lathe.datasets.store.Listing;
import io.lathe.datasets.store.ObjectInfo;
import io.lathe.datasets.store.ObjectKey;
import io.lathe.datasets.store.ObjectStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/** A store that counts what is read for one piece of work, and reads nothing more once that is over its deadline or not wanted. */
final class WatchedStore implements ObjectStore {
    private final ObjectStore store;
    private final Duration longest;
    private final long deadline;
    private volatile boolean cancelled;
    private volatile long read;

    WatchedStore(ObjectStore store, Duration longest) {
        this.store = store;
        this.longest = longest;
        this.deadline = System.nanoTime() + longest.toNanos();
    }

    /** Bytes read so far. */
    long read() {
        return read;
    }

    void cancel() {
        cancelled = true;
    }

    // Only the one thread that does the work reads.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void count(long bytes) {
        read += Math.max(0, bytes);
        if (cancelled) {
            throw new LatheException(ProblemCode.UNAVAILABLE, "The workbench is stopping. Look again once it runs.");
        }
        if (System.nanoTime() - deadline > 0) {
            throw new LatheException(
                    ProblemCode.TIMEOUT,
                    "Reading took longer than " + longest.toMinutes()
                            + " minutes and was given up. Compute it in a notebook instead: %stats DATASET@vN.");
        }
    }

    @Override
    public InputStream open(ObjectKey key, ByteRange range) {
        return new FilterInputStream(store.open(key, range)) {
            @Override
            public int read() throws IOException {
                int single = super.read();
                count(single < 0 ? 0 : 1);
                return single;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int got = super.read(bytes, offset, length);
                count(got);
                return got;
            }
        };
    }

    @Override
    public Optional<ObjectInfo> find(ObjectKey key) {
        return store.find(key);
    }

    @Override
    public boolean putIfAbsent(ObjectKey key, Content content) {
        return store.putIfAbsent(key, content);
    }

    @Override
    public Optional<String> compareAndSwap(ObjectKey reference, Optional<String> expectedTag, byte[] content) {
        return store.compareAndSwap(reference, expectedTag, content);
    }

    @Override
    public Listing list(String prefix, String after, int limit) {
        return store.list(prefix, after, limit);
    }
}
