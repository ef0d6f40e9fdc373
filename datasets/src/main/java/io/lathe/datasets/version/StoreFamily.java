package io.lathe.datasets.version;

import io.lathe.datasets.store.ObjectKey;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of objects in the store of datasets that are written once, by what their keys look like. */
public enum StoreFamily {
    /** A file's bytes, named by their SHA-256. */
    FILE("objects/(?<two>[0-9a-f]{2})/(?<id>\\k<two>[0-9a-f]{62})", 512L << 20),
    /** A version's document, named by its SHA-256. */
    MANIFEST("manifests/(?<id>[0-9a-f]{64})", 16L << 20),
    /** A schema's text, named by its SHA-256. */
    SCHEMA("schemas/(?<id>[0-9a-f]{64})\\.pbtxt", 16L << 20),
    /** A version's statistics, named by the version's id. */
    STATISTICS("derived/(?<id>[0-9a-f]{64})/statistics-[0-9]{1,4}(?:-[0-9a-f]{64})?\\.json", 64L << 20);

    private final Pattern key;
    private final long mostBytes;

    StoreFamily(String key, long mostBytes) {
        this.key = Pattern.compile(key);
        this.mostBytes = mostBytes;
    }

    /** The kind of object that this key names, if it names one. */
    public static Optional<StoreFamily> of(ObjectKey key) {
        for (var family : values()) {
            if (family.key.matcher(key.value()).matches()) {
                return Optional.of(family);
            }
        }
        return Optional.empty();
    }

    /** Most bytes of one. */
    public long mostBytes() {
        return mostBytes;
    }

    /** The hash within a key of this family. */
    String id(ObjectKey named) {
        Matcher matcher = key.matcher(named.value());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + named + "' is no key of " + this);
        }
        return matcher.group("id");
    }
}
