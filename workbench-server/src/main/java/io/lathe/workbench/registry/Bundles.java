package io.lathe.workbench.registry;

import io.lathe.datasets.store.ByteRange;
import io.lathe.datasets.store.Content;
import io.lathe.datasets.store.FolderObjectStore;
import io.lathe.datasets.store.Listing;
import io.lathe.datasets.store.ObjectKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bundles in the object store, each under its id; one that no version is made of does not stay. Thread-safe. */
public final class Bundles {
    /** Something that makes a kept bundle a version's. */
    public interface Use<T> {
        T make();
    }

    private static final Logger LOG = LoggerFactory.getLogger(Bundles.class);
    private static final String FOLDER = "bundles/";
    private static final String ENDING = ".zip";
    private static final int PAGE = 1_000;

    private final FolderObjectStore store;
    private final Models models;
    // Between keeping a bundle and naming it, nobody may find that no version names it.
    private final ReentrantLock keeping = new ReentrantLock();

    public Bundles(FolderObjectStore store, Models models) {
        this.store = store;
        this.models = models;
    }

    /** Keeps the bundle, if it is not there, and lets {@code use} name it. */
    public <T> T keep(String id, Path zip, Use<T> use) {
        keeping.lock();
        try {
            store.putIfAbsent(key(id), Content.of(zip));
            return use.make();
        } finally {
            keeping.unlock();
        }
    }

    /** Writes the bundle to a new file. */
    public void copy(String id, Path file) throws IOException {
        try (InputStream in = store.open(key(id), ByteRange.ALL)) {
            Files.copy(in, file);
        }
    }

    /** Removes the bundle unless a version is made of it. */
    public void discardUnused(String id) {
        keeping.lock();
        try {
            if (!models.isUsed(id)) {
                LOG.info("Bundle {} belongs to no version and is removed", id);
                store.remove(key(id));
            }
        } finally {
            keeping.unlock();
        }
    }

    /** Removes every bundle that no version is made of: what a workbench that was killed between two steps left. */
    public void discardUnused() {
        String after = "";
        Listing page;
        do {
            page = store.list(FOLDER, after, PAGE);
            for (ObjectKey key : page.keys()) {
                String name = key.value().substring(FOLDER.length());
                if (name.endsWith(ENDING)) {
                    discardUnused(name.substring(0, name.length() - ENDING.length()));
                }
                after = key.value();
            }
        } while (page.more());
    }

    private static ObjectKey key(String id) {
        return new ObjectKey(FOLDER + id + ENDING);
    }
}
