package io.lathe.datasets.version;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.store.ByteRange;
import io.lathe.datasets.store.Content;
import io.lathe.datasets.store.ObjectInfo;
import io.lathe.datasets.store.ObjectKey;
import io.lathe.datasets.store.ObjectStore;
import io.lathe.datasets.store.Sha256;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Format 0: where each document lies in the object store, and that it is what its name says. Thread-safe. */
final class DatasetStore {
    private static final int MAX_DOCUMENT = 64 << 20;
    private static final Duration MOVE_DEADLINE = Duration.ofSeconds(60);
    private static final long LONGEST_PAUSE_MILLIS = 200;
    private static final String REFERENCES = "refs/datasets/";
    private static final String JSON = ".json";

    private final ObjectStore store;

    DatasetStore(ObjectStore store) {
        this.store = store;
    }

    /** Makes the store one of format 0, or refuses one of another format. */
    void initialise() {
        var config = new ObjectKey("config");
        if (store.find(config).isEmpty()) {
            store.putIfAbsent(config, Content.of(Json.bytes(Json.format(0))));
        }
        var format = Json.read(
                store.readAll(config, MAX_DOCUMENT),
                "The store's 'config'",
                json -> json.path("format").asInt(-1));
        if (format != 0) {
            throw new LatheException(
                    ProblemCode.CONFLICT,
                    "The object store has format " + format + "; this Lathe reads format 0. Use the newer Lathe.");
        }
    }

    List<DatasetName> names() {
        var names = new ArrayList<DatasetName>();
        for (var after = ""; ; ) {
            var page = store.list(REFERENCES, after, 1000);
            for (var key : page.keys()) {
                after = key.value();
                var name = after.substring(REFERENCES.length());
                if (name.endsWith(JSON) && DatasetName.isName(name.substring(0, name.length() - JSON.length()))) {
                    names.add(new DatasetName(name.substring(0, name.length() - JSON.length())));
                }
            }
            if (!page.more()) {
                return names;
            }
        }
    }

    Optional<Reference> findReference(DatasetName name) {
        return store.find(referenceKey(name)).map(_ -> readReference(name));
    }

    private Reference readReference(DatasetName name) {
        return parseReference(name, store.readAll(referenceKey(name), MAX_DOCUMENT));
    }

    static Reference parseReference(DatasetName name, byte[] bytes) {
        return Json.read(bytes, "The reference of '" + name + "'", Reference::fromJson);
    }

    /** A step from what a dataset is to what it shall be, or to an answer without a change. */
    interface Step<T> {
        Move<T> from(Reference now);
    }

    /**
     * What a step decided.
     *
     * @param next what the dataset shall be, or empty to leave it
     * @param answer the outcome once that is so
     */
    record Move<T>(Optional<Reference> next, T answer) {}

    /**
     * Moves a dataset's reference; when somebody else moved it meanwhile, the step is asked again from there. When the answer to a move was lost, the step sees in the reference whether it happened;
     * OUTCOME_UNKNOWN when the reference cannot be read either.
     */
    <T> T move(DatasetName name, Step<T> step) {
        var deadline = System.nanoTime() + MOVE_DEADLINE.toNanos();
        Optional<LatheException> lost = Optional.empty();
        for (var attempt = 0; ; attempt++) {
            var seen = see(name, step, lost);
            if (seen.move().next().isEmpty()) {
                return seen.move().answer();
            }
            lost = Optional.empty();
            try {
                var next = Json.bytes(seen.move().next().get().toJson());
                if (store.compareAndSwap(referenceKey(name), seen.tag(), next).isPresent()) {
                    return seen.move().answer();
                }
            } catch (LatheException e) {
                if (e.code() != ProblemCode.OUTCOME_UNKNOWN) {
                    throw e;
                }
                lost = Optional.of(e);
            }
            if (System.nanoTime() - deadline > 0) {
                throw lost.orElseGet(() -> new LatheException(
                        ProblemCode.CONFLICT,
                        "Others moved '" + name + "' all the time for " + MOVE_DEADLINE.toSeconds()
                                + " s. Try again."));
            }
            pause(attempt);
        }
    }

    private record Seen<T>(Optional<String> tag, Move<T> move) {}

    private <T> Seen<T> see(DatasetName name, Step<T> step, Optional<LatheException> lost) {
        try {
            var tag = store.find(referenceKey(name)).map(ObjectInfo::tag);
            // Read after the tag: when it moves in between, the swap fails and this is done again.
            return new Seen<>(tag, step.from(tag.isEmpty() ? Reference.NONE : readReference(name)));
        } catch (LatheException e) {
            if (lost.isPresent() && (e.code() == ProblemCode.UNAVAILABLE || e.code() == ProblemCode.TIMEOUT)) {
                lost.get().addSuppressed(e);
                throw lost.get();
            }
            throw e;
        }
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current()
                    .nextLong(1, Math.min(LONGEST_PAUSE_MILLIS, 4L << Math.min(attempt, 10))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LatheException(ProblemCode.TIMEOUT, "Interrupted while waiting for other writers. Try again.", e);
        }
    }

    DatasetVersion loadVersion(DatasetName name, int number, String id) {
        var what = "The manifest of " + name + "@v" + number;
        var version = Json.read(readNamedByContent(manifestKey(id), id, what), what, json -> Manifest.parse(json, id));
        if (!version.dataset().equals(name) || version.number() != number) {
            throw new LatheException(ProblemCode.INTERNAL, what + " is that of " + version.ref() + ".");
        }
        return version;
    }

    /** Refuses bytes that are no manifest of this id. */
    void requireManifest(String id, byte[] bytes) {
        var sha256 = Sha256.of(bytes);
        if (!sha256.equals(id)) {
            throw new Json.MalformedDocument("its bytes hash to " + sha256 + ". Send them under that name.");
        }
        Json.read(bytes, "The manifest", json -> Manifest.parse(json, id));
    }

    /** Refuses an id that is no version's. */
    void requireManifest(String id) {
        if (store.find(manifestKey(id)).isEmpty()) {
            throw new Json.MalformedDocument("there is no version " + id + ".");
        }
    }

    void putManifest(Manifest manifest) {
        store.putIfAbsent(manifestKey(manifest.version().id()), Content.of(manifest.bytes()));
    }

    void putFile(String sha256, Content content) {
        store.putIfAbsent(objectKey(sha256), content);
    }

    /** The bytes of a file, verified as they are read. */
    InputStream openFile(DatasetVersion version, DatasetFile file) {
        var what = "File '" + file.path() + "' of " + version.ref() + " (object " + file.sha256() + ")";
        try {
            return Sha256.verifying(store.open(objectKey(file.sha256()), ByteRange.ALL), file.sha256(), what);
        } catch (LatheException e) {
            throw e.code() == ProblemCode.NOT_FOUND ? lost(what, "or commit the same files again", e) : e;
        }
    }

    String loadSchemaText(String id) {
        var bytes = readNamedByContent(schemaKey(id), id, "The schema " + id);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    String putSchema(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var id = Sha256.of(bytes);
        store.putIfAbsent(schemaKey(id), Content.of(bytes));
        return id;
    }

    Optional<byte[]> findDerived(DatasetVersion version, String name) {
        var key = derivedKey(version, name);
        return store.find(key).map(_ -> store.readAll(key, MAX_DOCUMENT));
    }

    void putDerived(DatasetVersion version, String name, byte[] bytes) {
        store.putIfAbsent(derivedKey(version, name), Content.of(bytes));
    }

    private byte[] readNamedByContent(ObjectKey key, String sha256, String what) {
        try {
            var bytes = store.readAll(key, MAX_DOCUMENT);
            if (!Sha256.of(bytes).equals(sha256)) {
                throw new LatheException(
                        ProblemCode.INTERNAL, what + " is damaged: its bytes do not hash to " + sha256 + ".");
            }
            return bytes;
        } catch (LatheException e) {
            throw e.code() == ProblemCode.NOT_FOUND ? lost(what, "of the store", e) : e;
        }
    }

    private static LatheException lost(String what, String remedy, LatheException cause) {
        return new LatheException(
                ProblemCode.INTERNAL,
                what + " is lost: the store does not have it. Restore it from a copy " + remedy + ".",
                cause);
    }

    static ObjectKey objectKey(String sha256) {
        return new ObjectKey("objects/" + sha256.substring(0, 2) + "/" + sha256);
    }

    static ObjectKey manifestKey(String id) {
        return new ObjectKey("manifests/" + id);
    }

    static ObjectKey schemaKey(String id) {
        return new ObjectKey("schemas/" + id + ".pbtxt");
    }

    private static ObjectKey derivedKey(DatasetVersion version, String name) {
        return new ObjectKey("derived/" + version.id() + "/" + name);
    }

    static ObjectKey referenceKey(DatasetName name) {
        return new ObjectKey(REFERENCES + name + JSON);
    }
}
