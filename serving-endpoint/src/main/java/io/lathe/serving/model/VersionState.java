package io.lathe.serving.model;

/** Where one listed version stands. Reasons are fit for the status page: no path, no secret. */
public sealed interface VersionState {

    /** Waiting for its turn, being fetched, verified or warmed. */
    record Loading() implements VersionState {}

    record Available(LoadedVersion loaded) implements VersionState {}

    /** Could not be fetched; it will be tried again. */
    record Unfetched(String reason) implements VersionState {}

    /** That bundle cannot be served, and trying again would not help. */
    record Failed(String bundle, String reason) implements VersionState {}

    /** The state's name in TensorFlow Serving's terms. */
    default String wireName() {
        return switch (this) {
            case Loading(), Unfetched _ -> "LOADING";
            case Available _ -> "AVAILABLE";
            case Failed _ -> "END";
        };
    }

    /** Why the version is not available; empty when it is, or may soon be. */
    default String reason() {
        return switch (this) {
            case Loading(), Available _ -> "";
            case Unfetched(String reason) -> reason;
            case Failed failed -> failed.reason();
        };
    }

    /** Whether this may stay when the version's bundle is {@code wanted}. An available one stays until its successor is. */
    default boolean stillTrueFor(String wanted) {
        return switch (this) {
            case Loading(), Unfetched _ -> false;
            case Available _ -> true;
            case Failed failed -> failed.bundle().equals(wanted);
        };
    }
}
