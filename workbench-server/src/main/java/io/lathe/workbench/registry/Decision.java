package io.lathe.workbench.registry;

import java.time.Instant;

/**
 * What a person decided about a held candidate.
 *
 * @param decision {@code promoted} or {@code rejected}
 * @param who the account's name
 */
public record Decision(int version, String decision, String reason, String who, Instant at) {}
