package io.lathe.workbench.access;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Browsers that are logged in to the workbench. Thread-safe. */
public final class Sessions {
    public static final String COOKIE = "lathe_session";
    public static final Duration LIFETIME = Duration.ofDays(7);

    /**
     * Cookies of one name that are looked at. A page of another project can put its own in front of ours, and browsers keep no more
     * than 180 for one domain: a lower bound would let it lock the person out.
     */
    static final int MOST_COOKIES = 200;

    private final Jdbi jdbi;
    private final Clock clock;

    public Sessions(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Opens a session; answers the cookie's value, shown only here. */
    public String open(String ownerId) {
        String secret = Secrets.fresh();
        long now = clock.millis();
        jdbi.useHandle(handle -> {
            handle.execute("DELETE FROM session WHERE expires_at <= ?", now);
            handle.execute(
                    "INSERT INTO session (id_sha256, owner_id, csrf, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
                    Secrets.sha256(secret),
                    ownerId,
                    Secrets.fresh(),
                    now,
                    now + LIFETIME.toMillis());
        });
        return secret;
    }

    /** The first of the cookie values that is a live session. */
    public Optional<BrowserSession> authenticate(List<String> cookieValues) {
        return cookieValues.stream()
                .limit(MOST_COOKIES)
                .flatMap(value -> find(Secrets.sha256(value)).stream())
                .findFirst();
    }

    private Optional<BrowserSession> find(String sha256) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT owner_id, csrf FROM session WHERE id_sha256 = :sha256 AND expires_at > :now")
                .bind("sha256", sha256)
                .bind("now", clock.millis())
                .map((row, context) -> new BrowserSession(sha256, row.getString("owner_id"), row.getString("csrf")))
                .findOne());
    }

    /** Logs the browser out, here and on every project's host it went to from here. */
    public void close(BrowserSession session) {
        jdbi.useHandle(handle -> handle.execute("DELETE FROM session WHERE id_sha256 = ?", session.sha256()));
    }
}
