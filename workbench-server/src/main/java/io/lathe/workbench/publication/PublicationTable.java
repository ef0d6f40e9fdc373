package io.lathe.workbench.publication;

import io.lathe.workbench.event.JobId;
import io.lathe.workbench.json.Json;
import io.lathe.workbench.registry.ModelName;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/** The rows of publications. Thread-safe; one publication's row is written by one thread at a time. */
final class PublicationTable {
    private static final RowMapper<Publication> MAPPER = (row, context) -> {
        int version = row.getInt("version");
        return new Publication(
                row.getString("id"),
                row.getString("owner_id"),
                row.getString("project_id"),
                new ModelName(row.getString("model")),
                row.getString("evaluate_on"),
                PublicationState.valueOf(row.getString("state")),
                new JobId(row.getString("job_id")),
                version == 0 ? OptionalInt.empty() : OptionalInt.of(version),
                Optional.ofNullable(row.getString("report")).map(report -> Json.read(report, Report.class)),
                Optional.ofNullable(row.getString("error")),
                Instant.ofEpochMilli(row.getLong("created_at")));
    };

    private final Jdbi jdbi;
    private final Clock clock;

    PublicationTable(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    void insert(Publication publication) {
        jdbi.useHandle(handle -> handle.execute(
                """
                INSERT INTO publication (id, owner_id, project_id, job_id, model, evaluate_on, state, attempts, created_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?)""",
                publication.id(),
                publication.ownerId(),
                publication.projectId(),
                publication.events().value(),
                publication.model().value(),
                publication.evaluateOn(),
                publication.state().name(),
                publication.createdAt().toEpochMilli(),
                publication.createdAt().toEpochMilli()));
    }

    Optional<Publication> find(String id) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM publication WHERE id = :id")
                .bind("id", id)
                .map(MAPPER)
                .findOne());
    }

    /** Those whose end has not been told, oldest first. */
    List<Publication> open() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT publication.* FROM publication JOIN job ON job.id = publication.job_id
                        WHERE job.finished_at IS NULL ORDER BY publication.created_at""").map(MAPPER).list());
    }

    /** The newest publications of a model, newest first. */
    List<Publication> ofModel(String ownerId, ModelName model, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT * FROM publication WHERE model = :model AND owner_id = :owner ORDER BY created_at DESC LIMIT :limit")
                .bind("owner", ownerId)
                .bind("model", model.value())
                .bind("limit", limit)
                .map(MAPPER)
                .list());
    }

    /** Counts one more start; answers how many there were. */
    int countAttempt(String id) {
        return jdbi.inTransaction(handle -> {
            handle.execute("UPDATE publication SET attempts = attempts + 1 WHERE id = ?", id);
            return handle.createQuery("SELECT attempts FROM publication WHERE id = :id")
                    .bind("id", id)
                    .mapTo(Integer.class)
                    .one();
        });
    }

    void state(String id, PublicationState state) {
        update(id, "state = ?", state.name());
    }

    void report(String id, Report report) {
        update(id, "report = ?", Json.write(report));
    }

    void version(String id, int version) {
        update(id, "version = ?", version);
    }

    void fail(String id, String error) {
        update(id, "state = 'FAILED', error = ?", error);
    }

    private void update(String id, String assignment, Object value) {
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE publication SET " + assignment + ", updated_at = ? WHERE id = ?", value, clock.millis(), id));
    }
}
