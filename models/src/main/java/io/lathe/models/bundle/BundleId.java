package io.lathe.models.bundle;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import java.util.regex.Pattern;

/**
 * The identity of a bundle: the SHA-256 of its {@code bundle.json}, which names the SHA-256 of every other entry.
 *
 * @param sha256 64 lower-case hex digits
 */
public record BundleId(String sha256) {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public BundleId {
        if (!HEX.matcher(sha256).matches()) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "'" + Shown.of(sha256) + "' is no bundle id: it must be 64 lower-case hex digits.");
        }
    }

    @Override
    public String toString() {
        return sha256;
    }
}
