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

/** The model registry. Every move of an alias is recorded and changes the route document. Thread-safe. */
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

    /** All models by name. */
    public List<ModelSummary> list() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT name, (SELECT version FROM alias WHERE model_id = model.id AND alias.name = 'production') AS production,
                               (SELECT COUNT(*) FROM model_version WHERE model_id = model.id) AS versions
                        FROM model ORDER BY name""")
                .map((row, context) -> {
                    int production = row.getInt("production");
                    return new ModelSummary(
                            new ModelName(row.getString("name")),
                            row.wasNull() ? OptionalInt.empty() : OptionalInt.of(production),
                            row.getInt("versions"));
                })
                .list());
    }

    public Optional<Model> find(ModelName name) {
        return jdbi.inTransaction(handle -> find(handle, name));
    }

    private static Optional<Model> find(Handle handle, ModelName name) {
        return ModelTable.id(handle, name).map(id -> {
            Map<Alias, Integer> aliases = ModelTable.aliases(handle, id);
            return new Model(name, aliases, ModelTable.versions(handle, id), previous(handle, id, aliases));
        });
    }

    /** @throws LatheException NOT_FOUND, naming the nearest model there is */
    public Model load(ModelName name) {
        return find(name).orElseThrow(() -> unknown(name));
    }

    private LatheException unknown(ModelName name) {
        return new LatheException(
                ProblemCode.NOT_FOUND,
                "There is no model '" + name + "'."
                        + Nearest.hint(
                                name.value(),
                                list().stream()
                                        .map(model -> model.name().value())
                                        .toList()));
    }

    /** All models as the transaction of {@code handle} sees them, by name. */
    public static List<Model> all(Handle handle) {
        return handle.createQuery("SELECT name FROM model ORDER BY name").mapTo(String.class).list().stream()
                .flatMap(name -> find(handle, new ModelName(name)).stream())
                .toList();
    }

    /**
     * Makes a version and points an alias at it, both or neither; makes the model with its first version. A bundle that is a version
     * of the model already stays that version.
     *
     * @return the version's number
     */
    public int admit(NewVersion version, Alias alias) {
        int number = jdbi.inTransaction(handle -> {
            String id = ModelTable.id(handle, version.model()).orElseGet(() -> {
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
            String id = ModelTable.id(handle, name).orElseThrow(() -> unknown(name));
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
