package io.lathe.workbench.registry;

import io.lathe.workbench.json.Json;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The registry's rows, each method within the caller's transaction. */
final class ModelTable {
    /** Why an alias moved, where it moved back. */
    static final String ROLLBACK = "rollback";

    private ModelTable() {}

    static Optional<String> id(Handle handle, String ownerId, ModelName name) {
        return handle.createQuery("SELECT id FROM model WHERE name = :name AND owner_id = :owner")
                .bind("name", name.value())
                .bind("owner", ownerId)
                .mapTo(String.class)
                .findOne();
    }

    static List<String> names(Handle handle, String ownerId) {
        return handle.createQuery("SELECT name FROM model WHERE owner_id = :owner ORDER BY name")
                .bind("owner", ownerId)
                .mapTo(String.class)
                .list();
    }

    static Optional<Integer> numberOf(Handle handle, String modelId, String bundle) {
        return handle.createQuery("SELECT number FROM model_version WHERE model_id = :model AND bundle = :bundle")
                .bind("model", modelId)
                .bind("bundle", bundle)
                .mapTo(Integer.class)
                .findOne();
    }

    static Map<Alias, Integer> aliases(Handle handle, String modelId) {
        Map<Alias, Integer> aliases = new EnumMap<>(Alias.class);
        handle.createQuery("SELECT name, version FROM alias WHERE model_id = :model")
                .bind("model", modelId)
                .map((row, context) -> Map.entry(Alias.parse(row.getString("name")), row.getInt("version")))
                .forEach(entry -> aliases.put(entry.getKey(), entry.getValue()));
        return aliases;
    }

    /** Newest first. */
    static List<ModelVersion> versions(Handle handle, String modelId) {
        return handle.createQuery("""
                        SELECT model_version.*, project.name AS project FROM model_version
                        JOIN project ON project.id = model_version.project_id
                        WHERE model_id = :model ORDER BY number DESC""")
                .bind("model", modelId)
                .map((row, context) -> new ModelVersion(
                        row.getInt("number"),
                        row.getString("bundle"),
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        row.getString("project"),
                        row.getString("evaluated_on"),
                        Optional.ofNullable(row.getString("trained_on")),
                        row.getString("metrics"),
                        Json.read(row.getString("verdict"), Judgement.class),
                        row.getString("sample"),
                        row.getObject("staged_at") != null,
                        Optional.ofNullable(row.getString("retired_reason"))))
                .list();
    }

    static int insert(Handle handle, String modelId, NewVersion version, long now) {
        handle.execute("UPDATE model SET newest = newest + 1 WHERE id = ?", modelId);
        int number = handle.createQuery("SELECT newest FROM model WHERE id = :model")
                .bind("model", modelId)
                .mapTo(Integer.class)
                .one();
        handle.execute(
                """
                INSERT INTO model_version (model_id, number, owner_id, project_id, publication_id, bundle, evaluated_on, trained_on,
                                           metrics, verdict, sample, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                modelId,
                number,
                version.ownerId(),
                version.projectId(),
                version.publicationId(),
                version.bundle(),
                version.evaluatedOn(),
                version.trainedOn().orElse(null),
                version.metrics(),
                Json.write(version.verdict()),
                version.sampleRow(),
                now);
        return number;
    }

    /**
     * The version that a rollback would put in production. Rollbacks do not count as a way there: going back twice must not bring back
     * what was just left.
     */
    static OptionalInt previous(Handle handle, String modelId, Map<Alias, Integer> aliases) {
        Integer production = aliases.get(Alias.PRODUCTION);
        if (production == null) {
            return OptionalInt.empty();
        }
        return handle.createQuery("""
                        SELECT from_version, (SELECT COUNT(*) FROM model_version WHERE model_id = :model AND number = from_version
                                              AND retired_at IS NULL) AS servable
                        FROM alias_move
                        WHERE model_id = :model AND name = 'production' AND to_version = :now AND reason <> :rollback
                        ORDER BY id DESC LIMIT 1""")
                .bind("model", modelId)
                .bind("now", production)
                .bind("rollback", ROLLBACK)
                .map((row, context) ->
                        row.getInt("servable") == 0 ? OptionalInt.empty() : OptionalInt.of(row.getInt("from_version")))
                .findOne()
                .orElse(OptionalInt.empty());
    }

    static void move(
            Handle handle,
            String modelId,
            String ownerId,
            Alias alias,
            @Nullable Integer from,
            int to,
            String reason,
            String note,
            long now) {
        handle.execute("""
                INSERT INTO alias (model_id, name, owner_id, version, moved_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (model_id, name) DO UPDATE SET version = excluded.version, moved_at = excluded.moved_at""", modelId, alias.wireName(), ownerId, to, now);
        handle.execute("""
                INSERT INTO alias_move (model_id, owner_id, name, from_version, to_version, reason, note, moved_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""", modelId, ownerId, alias.wireName(), from, to, reason, note, now);
    }

    static void drop(Handle handle, String modelId, Alias alias) {
        handle.execute("DELETE FROM alias WHERE model_id = ? AND name = ?", modelId, alias.wireName());
    }

    static void stage(Handle handle, String modelId, int number, long now) {
        handle.execute(
                "UPDATE model_version SET staged_at = ? WHERE model_id = ? AND number = ?", now, modelId, number);
    }

    static void unstage(Handle handle, String modelId, int number) {
        handle.execute("UPDATE model_version SET staged_at = NULL WHERE model_id = ? AND number = ?", modelId, number);
    }

    /** Answers how many were staged. */
    static int unstageAll(Handle handle) {
        return handle.execute("UPDATE model_version SET staged_at = NULL WHERE staged_at IS NOT NULL");
    }

    static void retire(Handle handle, String modelId, int number, String reason, long now) {
        handle.execute(
                "UPDATE model_version SET retired_at = ?, retired_reason = ?, staged_at = NULL WHERE model_id = ? AND number = ?",
                now,
                reason,
                modelId,
                number);
    }

    static void revive(Handle handle, String modelId, int number) {
        handle.execute(
                "UPDATE model_version SET retired_at = NULL, retired_reason = NULL WHERE model_id = ? AND number = ?",
                modelId,
                number);
    }

    /** Removes a version that this publication made and that no name ever pointed at; answers whether there was one. */
    static boolean remove(Handle handle, String modelId, int number, String publicationId) {
        int removed = handle.execute("""
                DELETE FROM model_version WHERE model_id = ? AND number = ? AND publication_id = ?
                AND NOT EXISTS (SELECT 1 FROM alias_move WHERE alias_move.model_id = model_version.model_id
                                AND alias_move.to_version = model_version.number)""", modelId, number, publicationId);
        return removed > 0;
    }

    static boolean isUsed(Handle handle, String bundle) {
        return handle.createQuery("SELECT COUNT(*) > 0 FROM model_version WHERE bundle = :bundle")
                .bind("bundle", bundle)
                .mapTo(Boolean.class)
                .one();
    }

    static void decide(
            Handle handle, String modelId, String ownerId, int version, String decision, String reason, long now) {
        handle.execute(
                "INSERT INTO decision (model_id, owner_id, version, decision, reason, decided_at) VALUES (?, ?, ?, ?, ?, ?)",
                modelId,
                ownerId,
                version,
                decision,
                reason,
                now);
    }

    static List<ProductionMove> productionMoves(Handle handle, String modelId, int limit) {
        return handle.createQuery("""
                        SELECT to_version, reason, note, moved_at, account.name AS who FROM alias_move
                        JOIN account ON account.id = alias_move.owner_id
                        WHERE model_id = :model AND alias_move.name = 'production' ORDER BY alias_move.id DESC LIMIT :limit""")
                .bind("model", modelId)
                .bind("limit", limit)
                .map((row, context) -> new ProductionMove(
                        row.getInt("to_version"),
                        row.getString("reason"),
                        row.getString("note"),
                        row.getString("who"),
                        Instant.ofEpochMilli(row.getLong("moved_at"))))
                .list();
    }

    static List<Decision> decisions(Handle handle, String modelId, int limit) {
        return handle.createQuery("""
                        SELECT version, decision, reason, decided_at, account.name AS who FROM decision
                        JOIN account ON account.id = decision.owner_id
                        WHERE model_id = :model ORDER BY decision.id DESC LIMIT :limit""")
                .bind("model", modelId)
                .bind("limit", limit)
                .map((row, context) -> new Decision(
                        row.getInt("version"),
                        row.getString("decision"),
                        row.getString("reason"),
                        row.getString("who"),
                        Instant.ofEpochMilli(row.getLong("decided_at"))))
                .list();
    }
}
