package io.lathe.serving.model;

import java.util.concurrent.atomic.AtomicBoolean;

/** The right to use one version for the length of one request; it stays open until the lease is closed. */
public final class Lease implements AutoCloseable {

    private final LoadedVersion version;
    private final AtomicBoolean closed = new AtomicBoolean();

    Lease(LoadedVersion version) {
        this.version = version;
    }

    public int version() {
        return version.number();
    }

    public ServedModel model() {
        return version.model();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            version.letGo();
        }
    }
}
