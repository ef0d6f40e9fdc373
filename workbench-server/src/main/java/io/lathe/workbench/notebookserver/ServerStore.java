package io.lathe.workbench.notebookserver;

import io.lathe.workbench.event.JobId;
import io.lathe.workbench.notebookserver.NotebookServer.Phase;
import io.lathe.workbench.notebookserver.NotebookServer.State;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The table of notebook servers: one row for each start, changed only by who supervises it. Thread-safe. */
final class ServerStore {
    private static final String SELECT = """
            SELECT notebook_server.*, project.name AS project
            FROM notebook_server JOIN project ON project.id = notebook_server.project_id
            """;

    private static final String NEWEST = """
            WHERE NOT EXISTS (
                SELECT 1 FROM notebook_server newer
                WHERE newer.project_id = notebook_server.project_id
                    AND (newer.created_at, newer.id) > (notebook_server.created_at, notebook_server.id))
            """;

    /** A row, with what only a supervisor may see. */
    record Entry(NotebookServer server, Optional<Placement> placement) {}

    private final Jdbi jdbi;
    private final Clock clock;

    ServerStore(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    void insert(NotebookServer server, String ownerId) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO notebook_server (id, owner_id, project_id, job_id, state, phase, created_at, updated_at)
                        VALUES (:id, :owner, :project, :job, :state, :phase, :now, :now)""")
                .bind("id", server.id())
                .bind("owner", ownerId)
                .bind("project", server.projectId())
                .bind("job", server.events().value())
                .bind("state", server.state().wireName())
                .bind("phase", server.phase().wireName())
                .bind("now", clock.millis())
                .execute());
    }

    /** Records where it is, before anybody relies on it. */
    void place(String id, Placement placement) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE notebook_server SET pid = :pid, url = :url, secret = :secret, details = :details, updated_at = :now
                        WHERE id = :id""")
                .bind("pid", placement.pid().isPresent() ? placement.pid().getAsLong() : null)
                .bind("url", placement.url().toString())
                .bind("secret", placement.secret())
                .bind("details", placement.details())
                .bind("now", clock.millis())
                .bind("id", id)
                .execute());
    }

    /** Records a step; a server that has ended keeps neither pid nor secret. */
    void move(String id, State state, Phase phase, Optional<String> error) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE notebook_server SET state = :state, phase = :phase, error = :error, updated_at = :now,
                            pid = CASE WHEN :live THEN pid END, secret = CASE WHEN :live THEN secret END
                        WHERE id = :id""")
                .bind("state", state.wireName())
                .bind("phase", phase.wireName())
                .bind("error", error.orElse(null))
                .bind("live", state.isLive())
                .bind("now", clock.millis())
                .bind("id", id)
                .execute());
    }

    Optional<NotebookServer> findNewest(String ownerId, String projectId) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + NEWEST
                        + " AND notebook_server.project_id = :project AND notebook_server.owner_id = :owner")
                .bind("owner", ownerId)
                .bind("project", projectId)
                .map((row, context) -> entry(row).server())
                .findOne());
    }

    List<NotebookServer> listNewest(String ownerId) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        SELECT + NEWEST + " AND notebook_server.owner_id = :owner ORDER BY project.name")
                .bind("owner", ownerId)
                .map((row, context) -> entry(row).server())
                .list());
    }

    /** Every row whose server may still be alive. */
    List<Entry> listLive() {
        return jdbi.withHandle(
                handle -> handle.createQuery(SELECT + "WHERE notebook_server.state NOT IN ('stopped', 'failed')")
                        .map((row, context) -> entry(row))
                        .list());
    }

    private static Entry entry(ResultSet row) throws SQLException {
        String url = row.getString("url");
        String secret = row.getString("secret");
        OptionalLong pid = optionalLong(row, "pid");
        Optional<Placement> placement = url == null || secret == null
                ? Optional.empty()
                : Optional.of(new Placement(URI.create(url), secret, pid, text(row, "details")));
        return new Entry(
                new NotebookServer(
                        text(row, "id"),
                        text(row, "project_id"),
                        text(row, "project"),
                        State.valueOf(text(row, "state").toUpperCase(Locale.ROOT)),
                        Phase.valueOf(text(row, "phase").toUpperCase(Locale.ROOT)),
                        pid,
                        placement.isPresent()
                                ? OptionalInt.of(placement.get().url().getPort())
                                : OptionalInt.empty(),
                        new JobId(text(row, "job_id")),
                        Optional.ofNullable(row.getString("error")),
                        List.of()),
                placement);
    }

    private static String text(ResultSet row, String column) throws SQLException {
        @Nullable String value = row.getString(column);
        if (value == null) {
            throw new IllegalStateException("Column " + column + " of notebook_server is empty");
        }
        return value;
    }

    private static OptionalLong optionalLong(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
