package io.lathe.workbench.registry;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.Nearest;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.workbench.serving.RouteVersion;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The model registry, for each account its own models. Names are one space all the same, since all models are called at one endpoint.
 * Every move of an alias is recorded and changes the route document. Thread-safe.
 */
public final class Models {
    private static final String ROLLBACK = "rollback";

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
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT name, (SELECT version FROM alias WHERE model_id = model.id AND alias.name = 'production') AS production,
                               (SELECT COUNT(*) FROM model_version WHERE model_id = model.id) AS versions
                        FROM model WHERE owner_id = :owner ORDER BY name""")
                .bind("owner", ownerId)
                .map((row, context) -> {
                    int production = row.getInt("production");
                    return new ModelSummary(
                            new ModelName(row.getString("name")),
                            row.wasNull() ? OptionalInt.empty() : OptionalInt.of(production),
                            row.getInt("versions"));
                })
                .list());
    }

    public Optional<Model> find(String ownerId, ModelName name) {
        return jdbi.inTransaction(handle -> ModelTable.id(handle, ownerId, name).map(id -> load(handle, id, name)));
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

    private static void requireFree(Handle handle, String ownerId, ModelName name) {
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

    /**
     * Makes a version and points an alias at it, both or neither; makes the model with its first version. A bundle that is a version
     * of the model already stays that version.
     *
     * @return the version's number
     * @throws LatheException NAME_TAKEN when another account has a model of this name
     */
    public int admit(NewVersion version, Alias alias) {
        int number = jdbi.inTransaction(handle -> {
            requireFree(handle, version.ownerId(), version.model());
            String id = ModelTable.id(handle, version.ownerId(), version.model())
                    .orElseGet(() -> {
                        String fresh = UUID.randomUUID().toString();
                        handle.execute(
                                "INSERT INTO model (id, owner_id, name, created_at) VALUES (?, ?, ?, ?)",
                                fresh,
                                version.ownerId(),
                                version.model().value(),
                                clock.millis());
                        return fresh;
                    });
            int admitted = ModelTable.numberOf(handle, id, version.bundle())
                    .orElseGet(() -> ModelTable.insert(handle, id, version, clock.millis()));
            move(
                    handle,
                    id,
                    version.ownerId(),
                    alias,
                    admitted,
                    version.verdict().outcome());
            return admitted;
        });
        routes.announce();
        return number;
    }

    /**
     * Points an alias at a version.
     *
     * @throws LatheException NOT_FOUND when there is no such model or version
     */
    public AliasMove point(ModelName name, Alias alias, int version, String ownerId) {
        return move(name, ownerId, alias, "set", (handle, id) -> {
            List<String> known = ModelTable.versions(handle, id).stream()
                    .map(each -> String.valueOf(each.number()))
                    .toList();
            if (!known.contains(String.valueOf(version))) {
                throw new LatheException(
                        ProblemCode.NOT_FOUND,
                        "Model '" + name + "' has no version " + version + "."
                                + Nearest.hintAndKnown(String.valueOf(version), known));
            }
            return version;
        });
    }

    /**
     * Puts the version back in production that was there before the present one.
     *
     * @throws LatheException CONFLICT when there is nothing to go back to; NOT_FOUND when there is no such model
     */
    public AliasMove rollback(ModelName name, String ownerId) {
        return move(
                name,
                ownerId,
                Alias.PRODUCTION,
                ROLLBACK,
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

    private AliasMove move(ModelName name, String ownerId, Alias alias, String reason, Target target) {
        AliasMove moved = jdbi.inTransaction(handle -> {
            String id = ModelTable.id(handle, ownerId, name).orElseThrow(() -> unknown(ownerId, name));
            return move(handle, id, ownerId, alias, target.version(handle, id), reason);
        });
        routes.announce();
        return moved;
    }

    private AliasMove move(Handle handle, String id, String ownerId, Alias alias, int version, String reason) {
        Integer before = ModelTable.aliases(handle, id).get(alias);
        if (before != null && before == version) {
            return new AliasMove(alias, OptionalInt.of(before), version);
        }
        ModelTable.move(handle, id, ownerId, alias, before, version, reason, clock.millis());
        routes.bump(handle);
        return new AliasMove(alias, before == null ? OptionalInt.empty() : OptionalInt.of(before), version);
    }

    // Rollbacks do not count as a way into production: going back twice must not bring back what was just left.
    private static OptionalInt previous(Handle handle, String id, Map<Alias, Integer> aliases) {
        Integer production = aliases.get(Alias.PRODUCTION);
        if (production == null) {
            return OptionalInt.empty();
        }
        return handle.createQuery("""
                        SELECT from_version FROM alias_move
                        WHERE model_id = :model AND name = 'production' AND to_version = :now AND reason <> :rollback
                        ORDER BY id DESC LIMIT 1""")
                .bind("model", id)
                .bind("now", production)
                .bind("rollback", ROLLBACK)
                .map((row, context) -> {
                    int from = row.getInt(1);
                    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(from);
                })
                .findOne()
                .orElse(OptionalInt.empty());
    }
}
