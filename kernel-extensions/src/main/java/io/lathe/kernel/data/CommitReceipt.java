package io.lathe.kernel.data;

import io.lathe.datasets.version.CommitResult;

/**
 * What a commit did.
 *
 * @param version the new version, or the one that already held the same content
 * @param result  created or unchanged
 */
public record CommitReceipt(VersionHandle version, CommitResult result) {

    /** Whether there is a new version. */
    public boolean isNew() {
        return result instanceof CommitResult.Created;
    }

    @Override
    public String toString() {
        return version + (isNew() ? " created" : " unchanged");
    }
}
