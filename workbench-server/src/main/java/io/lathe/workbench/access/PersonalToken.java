package io.lathe.workbench.access;

import java.time.Instant;
import java.util.Optional;

/**
 * A personal token, without the token.
 *
 * @param lastUsedAt to the minute
 */
public record PersonalToken(
        String id,
        String ownerId,
        TokenName name,
        Role role,
        Instant createdAt,
        Instant expiresAt,
        Optional<Instant> lastUsedAt) {}
