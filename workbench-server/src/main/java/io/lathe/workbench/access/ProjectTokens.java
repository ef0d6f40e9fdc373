package io.lathe.workbench.access;

import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Tokens with which a kernel calls the project-scoped API. One is issued for each start of a notebook server. Thread-safe. */
public final class ProjectTokens {
    private final Jdbi jdbi;
    private final Clock clock;

    public ProjectTokens(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** A new token, shown only here. It is good until {@link #revoke} is called for its server. */
    public String issue(ProjectGrant project, String serverId) {
        String token = Secrets.fresh();
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO project_token (token_sha256, owner_id, project_id, server_id, created_at) VALUES (?, ?, ?, ?, ?)",
                Secrets.sha256(token),
                project.ownerId(),
                project.projectId(),
                serverId,
                clock.millis()));
        return token;
    }

    /** Ends the tokens of a server that has stopped. */
    public void revoke(String serverId) {
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE project_token SET revoked_at = ? WHERE server_id = ? AND revoked_at IS NULL",
                clock.millis(),
                serverId));
    }

    public Optional<ProjectGrant> find(String token) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT project.id, project.name, project_token.owner_id
                        FROM project_token JOIN project ON project.id = project_token.project_id
                        WHERE token_sha256 = :sha256 AND revoked_at IS NULL""")
                .bind("sha256", Secrets.sha256(token))
                .map((row, context) -> new ProjectGrant(row.getString(1), row.getString(2), row.getString(3)))
                .findOne());
    }
}
