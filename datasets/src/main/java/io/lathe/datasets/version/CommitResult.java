package io.lathe.datasets.version;

/** What a commit did. */
public sealed interface CommitResult {
    /** The new version, or the latest one when nothing changed. */
    DatasetVersion version();

    /** There is a new version. */
    record Created(DatasetVersion version) implements CommitResult {}

    /** The files are those of the latest version: no new one was made. */
    record Unchanged(DatasetVersion version) implements CommitResult {}
}
