package io.lathe.workbench.publication;

import io.lathe.workbench.event.JobId;
import io.lathe.workbench.json.Json;
import io.lathe.workbench.registry.ModelName;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The rows of publications, each method within the caller's transaction. */
final class PublicationTable {
    private static final String OVER = Arrays.stream(PublicationState.values())
            .filter(PublicationState::isOver)
            .map(state -> "'" + state.name() + "'")
            .collect(Collectors.joining(", "));

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
                row.getObject("cancel_asked_at") != null,
                Instant.ofEpochMilli(row.getLong("created_at")));
    };

    private PublicationTable() {}

    static void insert(Handle handle, Publication publication) {
        handle.execute(
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
                publication.createdAt().toEpochMilli());
    }

    static Optional<Publication> find(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM publication WHERE id = :id")
                .bind("id", id)
                .map(MAPPER)
                .findOne();
    }

    static List<Publication> open(Handle handle) {
        return handle.createQuery(
                        "SELECT * FROM publication WHERE state NOT IN (" + OVER + ") ORDER BY created_at, rowid")
                .map(MAPPER)
                .list();
    }

    static List<Publication> ofModel(Handle handle, String ownerId, ModelName model, int limit) {
        return handle.createQuery(
                        "SELECT * FROM publication WHERE model = :model AND owner_id = :owner ORDER BY created_at DESC, rowid DESC LIMIT :limit")
                .bind("owner", ownerId)
                .bind("model", model.value())
                .bind("limit", limit)
                .map(MAPPER)
                .list();
    }

    static Optional<Publication> ofVersion(Handle handle, String ownerId, ModelName model, int version) {
        return handle.createQuery("""
                        SELECT * FROM publication WHERE model = :model AND owner_id = :owner AND version = :version
                        AND report IS NOT NULL
                        ORDER BY created_at DESC, rowid DESC LIMIT 1""")
                .bind("model", model.value())
                .bind("version", version)
                .bind("owner", ownerId)
                .map(MAPPER)
                .findOne();
    }

    static int countAttempt(Handle handle, String id) {
        handle.execute("UPDATE publication SET attempts = attempts + 1 WHERE id = ?", id);
        return handle.createQuery("SELECT attempts FROM publication WHERE id = :id")
                .bind("id", id)
                .mapTo(Integer.class)
                .one();
    }

    static void state(Handle handle, String id, PublicationState state, long now) {
        handle.execute("UPDATE publication SET state = ?, updated_at = ? WHERE id = ?", state.name(), now, id);
    }

    static void report(Handle handle, String id, Report report) {
        handle.execute("UPDATE publication SET report = ? WHERE id = ?", Json.write(report), id);
    }

    static void version(Handle handle, String id, int version) {
        handle.execute("UPDATE publication SET version = ? WHERE id = ?", version, id);
    }

    /** The publication became no version after all. */
    static void noVersion(Handle handle, String id) {
        handle.execute("UPDATE publication SET version = NULL WHERE id = ?", id);
    }

    static void error(Handle handle, String id, String error) {
        handle.execute("UPDATE publication SET error = ? WHERE id = ?", error, id);
    }

    static void askToCancel(Handle handle, String id, long now) {
        handle.execute("UPDATE publication SET cancel_asked_at = COALESCE(cancel_asked_at, ?) WHERE id = ?", now, id);
    }
}
