package io.lathe.datasets.version;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An immutable state of a dataset.
 *
 * @param number from 1
 * @param id SHA-256 of its manifest
 * @param files in order of their paths
 * @param parent the id of the version before
 */
public record DatasetVersion(
        DatasetName dataset,
        int number,
        String id,
        List<DatasetFile> files,
        Optional<String> parent,
        String message,
        String author,
        String source,
        String reason,
        Instant createdAt) {
    public DatasetVersion {
        files = List.copyOf(files);
    }

    public VersionRef ref() {
        return new VersionRef(dataset, new Selector.Version(number));
    }
}
