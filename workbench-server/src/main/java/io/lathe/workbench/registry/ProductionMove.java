package io.lathe.workbench.registry;

import java.time.Instant;

/**
 * That a version took production over.
 *
 * @param how {@code promoted}, {@code promoted by hand}, {@code set} or {@code rollback}
 * @param note why; may be empty
 * @param who the account's name
 */
public record ProductionMove(int version, String how, String note, String who, Instant at) {}
