package io.lathe.datasets.store;

import java.io.InputStream;
import java.net.URI;
import java.util.Optional;

/** Skeleton. */
@SuppressWarnings({"UnusedVariable", "DoNotCallSuggester"}) // skeleton, filled in the next commit
public final class HttpObjectStore implements ObjectStore {
    private final URI projectApi;
    private final String bearerToken;

    public HttpObjectStore(URI projectApi, String bearerToken) {
        this.projectApi = projectApi;
        this.bearerToken = bearerToken;
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
