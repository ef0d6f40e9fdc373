package io.lathe.workbench.access;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Browsers that may use one project's host name. Thread-safe. */
public final class ProjectSessions {
    /** The cookie on the project's host; set it {@code HttpOnly; SameSite=Lax; Path=/}, without a domain. */
    public static final String COOKIE = "lathe_project";

    private static final Duration LIFETIME = Duration.ofDays(7);

    private final Jdbi jdbi;
    private final Clock clock;

    public ProjectSessions(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Opens a session for who redeemed this ticket; answers the cookie's value, or nothing when the session or token that asked for it has ended meanwhile. */
    public Optional<String> open(Tickets.Ticket ticket) {
        String secret = Secrets.fresh();
        long now = clock.millis();
        int opened = jdbi.withHandle(handle -> {
            handle.execute("DELETE FROM project_session WHERE expires_at <= ?", now);
            return handle.createUpdate("""
                            INSERT INTO project_session (id_sha256, owner_id, project_id, session_sha256, token_id, created_at, expires_at)
                            SELECT :sha256, :owner, :project, :session, :token, :now, :expires
                            WHERE (:session IS NULL OR EXISTS (SELECT 1 FROM session WHERE id_sha256 = :session))
                                AND (:token IS NULL OR EXISTS (
                                    SELECT 1 FROM token WHERE id = :token AND revoked_at IS NULL AND expires_at > :now))""")
                    .bind("sha256", Secrets.sha256(secret))
                    .bind("owner", ticket.project().ownerId())
                    .bind("project", ticket.project().projectId())
                    .bind(
                            "session",
                            ticket.proof() instanceof Proof.Session(BrowserSession session) ? session.sha256() : null)
                    .bind("token", ticket.proof() instanceof Proof.Token(String tokenId) ? tokenId : null)
                    .bind("now", now)
                    .bind("expires", now + LIFETIME.toMillis())
                    .execute();
        });
        return opened == 1 ? Optional.of(secret) : Optional.empty();
    }

    /**
     * The project this browser may use, when one of the values is a live session of the project with that name. A browser may send
     * several cookies of one name in any order; the first valid one counts.
     */
    public Optional<ProjectGrant> authenticate(String project, List<String> cookieValues) {
        return cookieValues.stream()
                .limit(Sessions.MOST_COOKIES)
                .flatMap(value -> find(project, value).stream())
                .findFirst();
    }

    private Optional<ProjectGrant> find(String project, String cookieValue) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT project.id, project.name, project_session.owner_id
                        FROM project_session JOIN project ON project.id = project_session.project_id
                        LEFT JOIN token ON token.id = project_session.token_id
                        WHERE id_sha256 = :sha256 AND project.name = :project AND project_session.expires_at > :now
                            AND (token.id IS NULL OR (token.revoked_at IS NULL AND token.expires_at > :now))""")
                .bind("sha256", Secrets.sha256(cookieValue))
                .bind("project", project)
                .bind("now", clock.millis())
                .map((row, context) -> new ProjectGrant(row.getString(1), row.getString(2), row.getString(3)))
                .findOne());
    }
}
