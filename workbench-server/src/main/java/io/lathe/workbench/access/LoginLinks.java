package io.lathe.workbench.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** One-time links that log a browser in. Opening one shows a button; only pressing it uses the link up. Thread-safe. */
public final class LoginLinks {
    public static final Duration LIFETIME = Duration.ofMinutes(10);

    /** A link's code, shown only here. */
    public record LoginLink(String code, Instant expiresAt) {}

    private final Jdbi jdbi;
    private final Clock clock;

    public LoginLinks(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    public LoginLink issue(String ownerId) {
        String code = Secrets.fresh();
        Instant now = clock.instant();
        Instant expires = now.plus(LIFETIME);
        jdbi.useHandle(handle -> {
            handle.execute("DELETE FROM login_link WHERE expires_at <= ?", now.toEpochMilli());
            handle.execute(
                    "INSERT INTO login_link (code_sha256, owner_id, created_at, expires_at) VALUES (?, ?, ?, ?)",
                    Secrets.sha256(code),
                    ownerId,
                    now.toEpochMilli(),
                    expires.toEpochMilli());
        });
        return new LoginLink(code, expires);
    }

    /** Whether {@link #redeem} would still succeed; asking does not use the link up. */
    public boolean isUsable(String code) {
        return jdbi.withHandle(handle -> handle.createQuery(
                                "SELECT COUNT(*) FROM login_link WHERE code_sha256 = :code AND used_at IS NULL AND expires_at > :now")
                        .bind("code", Secrets.sha256(code))
                        .bind("now", clock.millis())
                        .mapTo(Integer.class)
                        .one()
                > 0);
    }

    /** Uses the link up; answers the account it was made for, or nothing when it is unknown, used or expired. */
    public Optional<String> redeem(String code) {
        String sha256 = Secrets.sha256(code);
        return jdbi.inTransaction(handle -> {
            int used = handle.execute(
                    "UPDATE login_link SET used_at = ? WHERE code_sha256 = ? AND used_at IS NULL AND expires_at > ?",
                    clock.millis(),
                    sha256,
                    clock.millis());
            return used == 0
                    ? Optional.empty()
                    : handle.createQuery("SELECT owner_id FROM login_link WHERE code_sha256 = :code")
                            .bind("code", sha256)
                            .mapTo(String.class)
                            .findOne();
        });
    }
}
