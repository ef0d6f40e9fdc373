package io.lathe.datasets.version;

import java.time.Instant;

/**
 * That somebody held a dataset to a schema.
 *
 * @param id the schema's, SHA-256 in hex of its text
 * @param reason for people, may be empty
 */
public record Acceptance(String id, String author, String reason, Instant at) {}
