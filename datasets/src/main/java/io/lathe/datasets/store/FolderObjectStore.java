package io.lathe.datasets.store;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** Skeleton. */
@SuppressWarnings({"UnusedVariable", "DoNotCallSuggester"}) // skeleton, filled in the next commit
public final class FolderObjectStore implements ObjectStore {
    private final Path root;

    public FolderObjectStore(Path root) {
        this.root = root;
    }

    @Override
    public Optional<ObjectInfo> find(ObjectKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public InputStream open(ObjectKey key, ByteRange range) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean putIfAbsent(ObjectKey key, Content content) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> compareAndSwap(ObjectKey reference, Optional<String> expectedTag, byte[] content) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Listing list(String prefix, String after, int limit) {
        throw new UnsupportedOperationException();
    }
}
