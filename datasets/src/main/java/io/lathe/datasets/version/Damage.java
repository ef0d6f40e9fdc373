package io.lathe.datasets.version;

/**
 * Something of a version that is not what it was when it was committed.
 *
 * @param object the key of the object in the store
 * @param version the first version that needs it; the latest for a reference or a schema
 * @param problem a sentence for people
 */
public record Damage(String object, VersionRef version, String problem) {}
