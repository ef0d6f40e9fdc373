package io.lathe.workbench.access;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.Nearest;
import io.lathe.datasets.problem.ProblemCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Tokens with which a person's programs call the API and reach JupyterLab. A revoked or expired one is refused at once. Thread-safe. */
public final class PersonalTokens {
    /** How every token starts, so that scanners find one that leaked. */
    public static final String PREFIX = "lathe_";

    public static final int MOST_DAYS = 3650;

    private static final int MOST = 100;
    private static final Duration REMEMBERED = Duration.ofDays(90);
    private static final Duration USE_GRAIN = Duration.ofMinutes(1);

    /** A token just made. {@code secret} is shown only here. */
    public record Issued(PersonalToken token, String secret) {}

    private final Jdbi jdbi;
    private final Clock clock;

    public PersonalTokens(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Makes a token.
     *
     * @param days how long it is good, 1 to {@link #MOST_DAYS}
     * @throws LatheException NAME_TAKEN when the account has a token of this name; LIMIT_REACHED when it has too many; BAD_REQUEST when {@code days} is out of bounds
     */
    public Issued issue(String ownerId, TokenName name, Role role, int days) {
        if (days < 1 || days > MOST_DAYS) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "A token cannot be good for " + days + " days; choose 1 to " + MOST_DAYS + ".");
        }
        String secret = PREFIX + Secrets.fresh();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        PersonalToken token = new PersonalToken(
                UUID.randomUUID().toString(),
                ownerId,
                name,
                role,
                now,
                now.plus(Duration.ofDays(days)),
                Optional.empty());
        jdbi.useTransaction(handle -> {
            handle.execute(
                    "DELETE FROM token WHERE revoked_at <= ?",
                    now.minus(REMEMBERED).toEpochMilli());
            requireRoom(names(handle, ownerId), name);
            handle.execute(
                    "INSERT INTO token (id, owner_id, name, role, sha256, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    token.id(),
                    ownerId,
                    name.value(),
                    role.wireName(),
                    Secrets.sha256(secret),
                    now.toEpochMilli(),
                    token.expiresAt().toEpochMilli());
        });
        return new Issued(token, secret);
    }

    private static void requireRoom(List<String> names, TokenName name) {
        if (names.contains(name.value())) {
            throw new LatheException(
                    ProblemCode.NAME_TAKEN,
                    "There is a token '" + name + "' already. Revoke it first, or choose another name.");
        }
        if (names.size() >= MOST) {
            throw new LatheException(
                    ProblemCode.LIMIT_REACHED, "There are " + MOST + " tokens already; revoke one that is not used.");
        }
    }

    private static List<String> names(Handle handle, String ownerId) {
        return handle.createQuery("SELECT name FROM token WHERE owner_id = :owner AND revoked_at IS NULL ORDER BY name")
                .bind("owner", ownerId)
                .mapTo(String.class)
                .list();
    }

    /** The account's tokens that were not revoked, by name; expired ones too. */
    public List<PersonalToken> list(String ownerId) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT * FROM token WHERE owner_id = :owner AND revoked_at IS NULL ORDER BY name")
                .bind("owner", ownerId)
                .map((row, context) -> token(row))
                .list());
    }

    /** @throws LatheException NOT_FOUND, naming the nearest token the account has */
    public PersonalToken load(String ownerId, TokenName name) {
        return jdbi.withHandle(handle ->
                find(handle, ownerId, name).orElseThrow(() -> unknown(name, names(handle, ownerId))));
    }

    private static Optional<PersonalToken> find(Handle handle, String ownerId, TokenName name) {
        return handle.createQuery("SELECT * FROM token WHERE owner_id = :owner AND name = :name AND revoked_at IS NULL")
                .bind("owner", ownerId)
                .bind("name", name.value())
                .map((row, context) -> token(row))
                .findOne();
    }

    /**
     * Revokes a token: it is refused from now on.
     *
     * @param seen looks at the token within the transaction; what it throws is thrown, and the token stays good
     * @throws LatheException NOT_FOUND, naming the nearest token the account has
     */
    public void revoke(String ownerId, TokenName name, Consumer<PersonalToken> seen) {
        jdbi.useTransaction(handle -> {
            PersonalToken token = find(handle, ownerId, name).orElseThrow(() -> unknown(name, names(handle, ownerId)));
            seen.accept(token);
            handle.execute("UPDATE token SET revoked_at = ? WHERE id = ?", clock.millis(), token.id());
        });
    }

    private static LatheException unknown(TokenName name, List<String> known) {
        return new LatheException(
                ProblemCode.NOT_FOUND, "There is no token '" + name + "'." + Nearest.hint(name.value(), known));
    }

    /** The token with this secret, unless it is revoked or expired. */
    public Optional<PersonalToken> find(String secret) {
        if (!secret.startsWith(PREFIX)) {
            return Optional.empty();
        }
        Optional<PersonalToken> found = jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT * FROM token WHERE sha256 = :sha256 AND revoked_at IS NULL AND expires_at > :now")
                .bind("sha256", Secrets.sha256(secret))
                .bind("now", clock.millis())
                .map((row, context) -> token(row))
                .findOne());
        found.ifPresent(this::noteUse);
        return found;
    }

    // Once a minute at most: a write for each request would make readers wait for each other.
    private void noteUse(PersonalToken token) {
        Instant now = clock.instant();
        if (token.lastUsedAt()
                .filter(last -> now.isBefore(last.plus(USE_GRAIN)))
                .isEmpty()) {
            jdbi.useHandle(handle ->
                    handle.execute("UPDATE token SET last_used_at = ? WHERE id = ?", now.toEpochMilli(), token.id()));
        }
    }

    /** The project with this name, when the token's owner owns it. */
    Optional<ProjectGrant> grant(PersonalToken token, String project) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT id, name FROM project WHERE name = :name AND owner_id = :owner")
                .bind("name", project)
                .bind("owner", token.ownerId())
                .map((row, context) -> new ProjectGrant(row.getString("id"), row.getString("name"), token.ownerId()))
                .findOne());
    }

    private static PersonalToken token(ResultSet row) throws SQLException {
        long used = row.getLong("last_used_at");
        Optional<Instant> lastUsed = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(used));
        return new PersonalToken(
                row.getString("id"),
                row.getString("owner_id"),
                new TokenName(row.getString("name")),
                Role.parse(row.getString("role")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("expires_at")),
                lastUsed);
    }
}
