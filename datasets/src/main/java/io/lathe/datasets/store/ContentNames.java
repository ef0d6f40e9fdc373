package io.lathe.datasets.store;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which keys are made from the SHA-256 of their bytes, in the store's format 0. */
public final class ContentNames {
    private static final Pattern NAMED_BY_CONTENT = Pattern.compile(
            "objects/(?<fan>[0-9a-f]{2})/(?<object>\\k<fan>[0-9a-f]{62})|manifests/(?<manifest>[0-9a-f]{64})|schemas/(?<schema>[0-9a-f]{64})\\.pbtxt");

    private ContentNames() {}

    /** The hash that the bytes of an object of this name must have; empty for names that do not come from their bytes. */
    public static Optional<String> findSha256(String name) {
        var match = NAMED_BY_CONTENT.matcher(name);
        return match.matches() ? sha256(match) : Optional.empty();
    }

    /** The hash the bytes under this key must have, or empty when the key is free. BAD_REQUEST for a key that should be a hash and is none. */
    static Optional<String> expectedSha256(ObjectKey key) {
        var name = key.value();
        if (!name.startsWith("objects/") && !name.startsWith("manifests/") && !name.startsWith("schemas/")) {
            return Optional.empty();
        }
        var match = NAMED_BY_CONTENT.matcher(name);
        if (!match.matches()) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "The key '" + key
                            + "' must be objects/<aa>/<sha256>, manifests/<sha256> or schemas/<sha256>.pbtxt.");
        }
        return sha256(match);
    }

    private static Optional<String> sha256(Matcher match) {
        return Optional.ofNullable(match.group("object"))
                .or(() -> Optional.ofNullable(match.group("manifest")))
                .or(() -> Optional.ofNullable(match.group("schema")));
    }

    static void require(ObjectKey key, String expected, String actual) {
        if (!actual.equals(expected)) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "The bytes sent as '" + key + "' hash to " + actual
                            + ". Did the file change meanwhile? Send it again under its own hash.");
        }
    }
}
