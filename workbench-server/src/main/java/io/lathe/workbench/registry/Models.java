package io.lathe.workbench.registry;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.Nearest;
import io.lathe.datasets.problem.ProblemCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The model registry as it is, for each account its own models. Names are one space all the same, since all models are called at one
 * endpoint. What changes it: a publication by {@link Staging}, people by {@link Promotions}. Thread-safe.
 */
public final class Models {
    private final Jdbi jdbi;

    public Models(Jdbi jdbi) {
        this.jdbi = jdbi;
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

    /** @throws LatheException NOT_FOUND, naming the nearest model the account has */
    public Model load(String ownerId, ModelName name) {
        return jdbi.inTransaction(handle -> load(handle, id(handle, ownerId, name), name));
    }

    static Model load(Handle handle, String id, ModelName name) {
        Map<Alias, Integer> aliases = ModelTable.aliases(handle, id);
        return new Model(name, aliases, ModelTable.versions(handle, id), ModelTable.previous(handle, id, aliases));
    }

    /** @throws LatheException NOT_FOUND, naming the nearest model the account has */
    static String id(Handle handle, String ownerId, ModelName name) {
        return ModelTable.id(handle, ownerId, name)
                .orElseThrow(() -> new LatheException(
                        ProblemCode.NOT_FOUND,
                        "There is no model '" + name + "'."
                                + Nearest.hint(name.value(), ModelTable.names(handle, ownerId))));
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

    /** @throws LatheException NOT_FOUND, naming the versions there are */
    static ModelVersion version(Handle handle, String id, ModelName name, int number) {
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

    /** @throws LatheException NOT_FOUND when there is no such version; CONFLICT when it is retired */
    static void requireServable(Handle handle, String id, ModelName name, int version) {
        version(handle, id, name, version).retired().ifPresent(reason -> {
            throw new LatheException(
                    ProblemCode.CONFLICT,
                    "Version " + version + " of model '" + name + "' is retired ('" + reason
                            + "'). Publish its model again to bring it back.");
        });
    }
}
