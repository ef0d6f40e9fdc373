package io.lathe.workbench.registry;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.Nearest;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.workbench.serving.RouteVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The model registry, for each account its own models. Names are one space all the same, since all models are called at one endpoint.
 * Every move of an alias is recorded and changes the route document. Thread-safe.
 */
public final class Models {
    static final String ROLLBACK = "rollback";

    private final Jdbi jdbi;
    private final RouteVersion routes;
    private final Clock clock;

    public Models(Jdbi jdbi, RouteVersion routes, Clock clock) {
        this.jdbi = jdbi;
        this.routes = routes;
        this.clock = clock;
    }

    /** The account's models by name. */
    public List<ModelSummary> list(String ownerId) {
        return list(ownerId, "", Integer.MAX_VALUE);
    }

    /** At most {@code limit} of the account's models whose names follow {@code after}, by name. */
    public List<ModelSummary> list(String ownerId, String after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT name, (SELECT version FROM alias WHERE model_id = model.id AND alias.name = 'production') AS production,
                               (SELECT version FROM alias WHERE model_id = model.id AND alias.name = 'candidate') AS candidate,
                               (SELECT COUNT(*) FROM model_version WHERE model_id = model.id) AS versions
                        FROM model WHERE owner_id = :owner AND name > :after ORDER BY name LIMIT :limit""")
                .bind("owner", ownerId)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new ModelSummary(
                        new ModelName(row.getString("name")),
                        version(row, "production"),
                        version(row, "candidate"),
                        row.getInt("versions")))
                .list());
    }

    private static OptionalInt version(ResultSet row, String column) throws SQLException {
        int version = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(version);
    }

    /**
     * The model versions that were trained or evaluated on a version of this dataset, by model and newest first, at most 1,000.
     *
     * @param dataset its name
     */
    public List<DatasetUse> uses(String ownerId, String dataset) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT model.name, number, trained_on, evaluated_on FROM model_version JOIN model ON model.id = model_id
                        WHERE model.owner_id = :owner
                          AND (SUBSTR(trained_on, 1, LENGTH(:prefix)) = :prefix OR SUBSTR(evaluated_on, 1, LENGTH(:prefix)) = :prefix)
                        ORDER BY model.name, number DESC LIMIT 1000""")
                .bind("owner", ownerId)
                .bind("prefix", dataset + "@v")
                .map((row, context) -> new DatasetUse(
                        new ModelName(row.getString("name")),
                        row.getInt("number"),
                        Optional.ofNullable(row.getString("trained_on")),
                        row.getString("evaluated_on")))
                .list());
    }

    public Optional<Model> find(String ownerId, ModelName name) {
        return jdbi.inTransaction(handle -> ModelTable.id(handle, ownerId, name).map(id -> load(handle, id, name)));
    }

    /** The number of the version in production, if there is one. */
    public OptionalInt production(String ownerId, ModelName name) {
        return jdbi.withHandle(handle -> ModelTable.id(handle, ownerId, name)
                .map(id -> ModelTable.aliases(handle, id).get(Alias.PRODUCTION))
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty));
    }

    private static Model load(Handle handle, String id, ModelName name) {
        Map<Alias, Integer> aliases = ModelTable.aliases(handle, id);
        return new Model(name, aliases, ModelTable.versions(handle, id), previous(handle, id, aliases));
    }

    /** @throws LatheException NOT_FOUND, naming the nearest model the account has */
    public Model load(String ownerId, ModelName name) {
        return find(ownerId, name).orElseThrow(() -> unknown(ownerId, name));
    }

    private LatheException unknown(String ownerId, ModelName name) {
        return new LatheException(
                ProblemCode.NOT_FOUND,
                "There is no model '" + name + "'."
                        + Nearest.hint(
                                name.value(),
                                list(ownerId).stream()
                                        .map(model -> model.name().value())
                                        .toList()));
    }

    /** Everybody's models as the transaction of {@code handle} sees them, by name: what the endpoint serves. */
    public static List<Model> all(Handle handle) {
        return handle
                .createQuery("SELECT id, name FROM model ORDER BY name")
                .map((row, context) -> Map.entry(row.getString("id"), new ModelName(row.getString("name"))))
                .list()
                .stream()
                .map(model -> load(handle, model.getKey(), model.getValue()))
                .toList();
    }

    /** @throws LatheException NAME_TAKEN when another account has a model of this name */
    public void requireFree(String ownerId, ModelName name) {
        jdbi.useHandle(handle -> requireFree(handle, ownerId, name));
    }

    static void requireFree(Handle handle, String ownerId, ModelName name) {
        boolean taken = handle.createQuery("SELECT COUNT(*) > 0 FROM model WHERE name = :name AND owner_id <> :owner")
                .bind("name", name.value())
                .bind("owner", ownerId)
                .mapTo(Boolean.class)
                .one();
        if (taken) {
            throw new LatheException(
                    ProblemCode.NAME_TAKEN, "The model name '" + name + "' is taken; choose another name.");
        }
    }

    /** Whether any version of any model is made of this bundle. */
    public boolean isUsed(String bundle) {
        return jdbi.withHandle(handle -> ModelTable.isUsed(handle, bundle));
    }

    /** The changes that a publication makes, each within its transaction. Call {@link RouteVersion#announce} after the commit. */
    public Admission admission() {
        return new Admission(routes, clock);
    }

    /** Tells who waits for the route document that it may have changed. */
    public void announce() {
        routes.announce();
    }

    /**
     * Lets the endpoint load a version before any name points at it.
     *
     * @throws LatheException NOT_FOUND when there is no such model or version; CONFLICT when it is retired
     */
    public void stage(String ownerId, ModelName name, int version) {
        jdbi.useTransaction(handle -> {
            String id = ModelTable.id(handle, ownerId, name).orElseThrow(() -> unknown(ownerId, name));
            requireServable(handle, id, name, version);
            ModelTable.stage(handle, id, version, clock.millis());
            routes.bump(handle);
        });
        routes.announce();
    }

    /** @throws LatheException NOT_FOUND when there is no such model or version; CONFLICT when it is retired */
    public void requireServable(String ownerId, ModelName name, int version) {
        jdbi.useTransaction(handle -> requireServable(
                handle, ModelTable.id(handle, ownerId, name).orElseThrow(() -> unknown(ownerId, name)), name, version));
    }

    /** The endpoint need not keep the version loaded any more, unless a name points at it. */
    public void unstage(String ownerId, ModelName name, int version) {
        jdbi.useTransaction(handle -> ModelTable.id(handle, ownerId, name).ifPresent(id -> {
            ModelTable.unstage(handle, id, version);
            routes.bump(handle);
        }));
        routes.announce();
    }

    /** Takes back what a workbench that was killed had staged. */
    public void unstageAll() {
        jdbi.useTransaction(handle -> {
            if (ModelTable.unstageAll(handle) > 0) {
                routes.bump(handle);
            }
        });
    }

    /**
     * Retires a version: it is served no more, once the requests on it are answered, and no alias can point at it.
     *
     * @param seen looks at the model within the transaction; what it throws is thrown, and nothing is changed
     * @throws LatheException NOT_FOUND when there is no such model or version; CONFLICT while an alias points at it
     */
    public void retire(String ownerId, ModelName name, int version, String reason, Consumer<Model> seen) {
        jdbi.useTransaction(handle -> {
            String id = seen(handle, ownerId, name, seen);
            version(handle, id, name, version);
            ModelTable.aliases(handle, id).forEach((alias, number) -> {
                if (number == version) {
                    throw new LatheException(
                            ProblemCode.CONFLICT,
                            "Version " + version + " of model '" + name + "' has the alias '" + alias.wireName()
                                    + "'. Move that to another version first.");
                }
            });
            ModelTable.retire(handle, id, version, reason, clock.millis());
            routes.bump(handle);
        });
        routes.announce();
    }

    /**
     * Takes a held candidate out of the way; production is as it was.
     *
     * @param reason why, kept with who decided
     * @param seen as in {@link #retire}
     * @throws LatheException CONFLICT when no candidate waits
     */
    public int reject(String ownerId, ModelName name, String reason, Consumer<Model> seen) {
        int rejected = jdbi.inTransaction(handle -> {
            String id = seen(handle, ownerId, name, seen);
            int candidate = candidate(handle, id, name);
            ModelTable.decide(handle, id, ownerId, candidate, "rejected", reason, clock.millis());
            ModelTable.drop(handle, id, Alias.CANDIDATE);
            routes.bump(handle);
            return candidate;
        });
        routes.announce();
        return rejected;
    }

    /**
     * Puts the held candidate in production all the same.
     *
     * @param reason why, kept with who decided
     * @param seen as in {@link #retire}
     * @throws LatheException CONFLICT when the candidate that waits is not {@code version}
     */
    public AliasMove promote(String ownerId, ModelName name, int version, String reason, Consumer<Model> seen) {
        AliasMove moved = jdbi.inTransaction(handle -> {
            String id = seen(handle, ownerId, name, seen);
            if (candidate(handle, id, name) != version) {
                throw new LatheException(
                        ProblemCode.CONFLICT,
                        "Version " + version + " of model '" + name
                                + "' is not the candidate any more. Look at the model again, then decide.");
            }
            ModelTable.decide(handle, id, ownerId, version, "promoted", reason, clock.millis());
            ModelTable.drop(handle, id, Alias.CANDIDATE);
            return move(handle, id, ownerId, Alias.PRODUCTION, version, "promoted by hand", reason);
        });
        routes.announce();
        return moved;
    }

    private static int candidate(Handle handle, String id, ModelName name) {
        Integer candidate = ModelTable.aliases(handle, id).get(Alias.CANDIDATE);
        if (candidate == null) {
            throw new LatheException(
                    ProblemCode.CONFLICT,
                    "No candidate of model '" + name + "' waits for a decision. Look at the model again.");
        }
        return candidate;
    }

    /** What took production over, newest first, at most {@code limit}. */
    public List<ProductionMove> productionMoves(String ownerId, ModelName name, int limit) {
        return jdbi.withHandle(handle -> ModelTable.id(handle, ownerId, name)
                .map(id -> ModelTable.productionMoves(handle, id, limit))
                .orElse(List.of()));
    }

    /** What people decided about candidates of the model, newest first, at most {@code limit}. */
    public List<Decision> decisions(String ownerId, ModelName name, int limit) {
        return jdbi.withHandle(handle -> ModelTable.id(handle, ownerId, name)
                .map(id -> ModelTable.decisions(handle, id, limit))
                .orElse(List.of()));
    }

    /** The model's id, once it was looked at as it is for this transaction. */
    private String seen(Handle handle, String ownerId, ModelName name, Consumer<Model> seen) {
        String id = ModelTable.id(handle, ownerId, name).orElseThrow(() -> unknown(ownerId, name));
        seen.accept(load(handle, id, name));
        return id;
    }

    private static ModelVersion version(Handle handle, String id, ModelName name, int number) {
        List<ModelVersion> versions = ModelTable.versions(handle, id);
        return versions.stream()
                .filter(version -> version.number() == number)
                .findFirst()
                .orElseThrow(() -> new LatheException(
                        ProblemCode.NOT_FOUND,
                        "Model '" + name + "' has no version " + number + "."
                                + Nearest.hintAndKnown(
                                        String.valueOf(number),
                                        versions.stream()
                                                .map(version -> String.valueOf(version.number()))
                                                .toList())));
    }

    private static void requireServable(Handle handle, String id, ModelName name, int version) {
        version(handle, id, name, version).retired().ifPresent(reason -> {
            throw new LatheException(
                    ProblemCode.CONFLICT,
                    "Version " + version + " of model '" + name + "' is retired: " + reason
                            + " Publish its model again to bring it back.");
        });
    }

    /**
     * Points an alias at a version.
     *
     * @param note why, for people; may be empty
     * @param seen as in {@link #retire}
     * @throws LatheException NOT_FOUND when there is no such model or version; CONFLICT when it is retired
     */
    public AliasMove point(
            String ownerId, ModelName name, Alias alias, int version, String note, Consumer<Model> seen) {
        return move(ownerId, name, alias, "set", note, seen, (handle, id) -> {
            requireServable(handle, id, name, version);
            return version;
        });
    }

    /**
     * Puts the version back in production that was there before the present one.
     *
     * @param seen as in {@link #retire}
     * @throws LatheException CONFLICT when there is nothing to go back to; NOT_FOUND when there is no such model
     */
    public AliasMove rollback(String ownerId, ModelName name, Consumer<Model> seen) {
        return move(
                ownerId,
                name,
                Alias.PRODUCTION,
                ROLLBACK,
                "",
                seen,
                (handle, id) -> previous(handle, id, ModelTable.aliases(handle, id))
                        .orElseThrow(
                                () -> new LatheException(
                                        ProblemCode.CONFLICT,
                                        "Model '" + name
                                                + "' has nothing to go back to: no version was in production before the present one.")));
    }

    private interface Target {
        int version(Handle handle, String modelId);
    }

    private AliasMove move(
            String ownerId,
            ModelName name,
            Alias alias,
            String reason,
            String note,
            Consumer<Model> seen,
            Target target) {
        AliasMove moved = jdbi.inTransaction(handle -> {
            String id = seen(handle, ownerId, name, seen);
            return move(handle, id, ownerId, alias, target.version(handle, id), reason, note);
        });
        routes.announce();
        return moved;
    }

    private AliasMove move(
            Handle handle, String id, String ownerId, Alias alias, int version, String reason, String note) {
        Integer before = ModelTable.aliases(handle, id).get(alias);
        ModelTable.unstage(handle, id, version);
        if (before == null || before != version) {
            ModelTable.move(handle, id, ownerId, alias, before, version, reason, note, clock.millis());
        }
        routes.bump(handle);
        return new AliasMove(alias, before == null ? OptionalInt.empty() : OptionalInt.of(before), version);
    }

    // Rollbacks do not count as a way into production: going back twice must not bring back what was just left.
    static OptionalInt previous(Handle handle, String id, Map<Alias, Integer> aliases) {
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
                .bind("model", id)
                .bind("now", production)
                .bind("rollback", ROLLBACK)
                .map((row, context) ->
                        row.getInt("servable") == 0 ? OptionalInt.empty() : OptionalInt.of(row.getInt("from_version")))
                .findOne()
                .orElse(OptionalInt.empty());
    }
}
