package io.lathe.kernel.data;

import io.lathe.datasets.read.MissingToken;
import io.lathe.datasets.version.CommitResult;
import java.util.List;

/**
 * What a commit did.
 *
 * @param version the new version, or the one that already held the same content
 * @param result  created or unchanged
 * @param readAsMissing texts of the committed table that mean "no value" in a CSV file, such as {@code NA}, and so are read back
 *     as missing until a schema's domain names them
 */
public record CommitReceipt(VersionHandle version, CommitResult result, List<MissingToken> readAsMissing) {
    public CommitReceipt {
        readAsMissing = List.copyOf(readAsMissing);
    }

    /** Whether there is a new version. */
    public boolean isNew() {
        return result instanceof CommitResult.Created;
    }

    @Override
    public String toString() {
        return version + (isNew() ? " created" : " unchanged");
    }
}
