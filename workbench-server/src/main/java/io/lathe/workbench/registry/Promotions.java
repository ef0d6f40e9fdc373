package io.lathe.workbench.registry;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import io.lathe.workbench.serving.Deployment;
import io.lathe.workbench.serving.RouteVersion;
import java.time.Clock;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * What people decide about versions. Production is what is served: a version goes there once the endpoint has loaded it, not before.
 * Thread-safe.
 */
public final class Promotions {
    /** Most characters (code points) of a reason. */
    public static final int LONGEST_REASON = 1_000;

    /** A reason says something, as a regular expression of the whole text. */
    public static final String REASON = "[\\s\\S]*\\S[\\s\\S]*";

    private final Jdbi jdbi;
    private final RouteVersion routes;
    private final Clock clock;
    private final Models models;
    private final Staging staging;
    private final Deployment deployment;

    public Promotions(
            Jdbi jdbi, RouteVersion routes, Clock clock, Models models, Staging staging, Deployment deployment) {
        this.jdbi = jdbi;
        this.routes = routes;
        this.clock = clock;
        this.models = models;
        this.staging = staging;
        this.deployment = deployment;
    }

    /**
     * Points an alias at a version.
     *
     * @param note why; may be empty
     * @param seen looks at the model before anything is begun and again within the transaction of the change; what it throws is thrown,
     *     and nothing is changed
     * @throws LatheException NOT_FOUND when there is no such model or version; CONFLICT when it is retired or cannot be served, or is to
     *     be the candidate and is in production; TIMEOUT when the endpoint does not load it in time
     */
    public AliasMove point(String ownerId, ModelName name, Alias alias, int version, String note, Consumer<Model> seen)
            throws InterruptedException {
        seen.accept(models.load(ownerId, name));
        Supplier<AliasMove> move = () -> move(ownerId, name, alias, "set", note, seen, (handle, id) -> {
            Models.requireServable(handle, id, name, version);
            if (alias == Alias.CANDIDATE) {
                requireNotServed(handle, id, name, version);
            }
            return version;
        });
        return alias == Alias.PRODUCTION ? onceServable(ownerId, name, version, move) : move.get();
    }

    /**
     * Puts the held candidate in production all the same.
     *
     * @param reason why: it is kept with who decided
     * @param seen as in {@link #point}
     * @throws LatheException BAD_REQUEST without a reason; CONFLICT when the candidate is another one, or cannot be served
     */
    public AliasMove promote(String ownerId, ModelName name, int version, String reason, Consumer<Model> seen)
            throws InterruptedException {
        Model model = models.load(ownerId, name);
        String why = require(reason);
        seen.accept(model);
        AliasMove moved = onceServable(
                ownerId,
                name,
                version,
                () -> jdbi.inTransaction(handle -> {
                    String id = seen(handle, ownerId, name, seen);
                    if (candidate(handle, id, name) != version) {
                        throw new LatheException(
                                ProblemCode.CONFLICT,
                                "Version " + version + " of model '" + name
                                        + "' is not the candidate any more. Look at the model again, then decide.");
                    }
                    ModelTable.decide(handle, id, ownerId, version, "promoted", why, clock.millis());
                    ModelTable.drop(handle, id, Alias.CANDIDATE);
                    return move(handle, id, ownerId, Alias.PRODUCTION, version, "promoted by hand", why);
                }));
        routes.announce();
        return moved;
    }

    /**
     * Takes the held candidate out of the way.
     *
     * @param seen as in {@link #point}
     * @return its number
     * @throws LatheException BAD_REQUEST without a reason; CONFLICT when no candidate waits
     */
    public int reject(String ownerId, ModelName name, String reason, Consumer<Model> seen) {
        models.load(ownerId, name);
        String why = require(reason);
        int rejected = jdbi.inTransaction(handle -> {
            String id = seen(handle, ownerId, name, seen);
            int candidate = candidate(handle, id, name);
            requireNotServed(handle, id, name, candidate);
            ModelTable.decide(handle, id, ownerId, candidate, "rejected", why, clock.millis());
            ModelTable.drop(handle, id, Alias.CANDIDATE);
            routes.bump(handle);
            return candidate;
        });
        routes.announce();
        return rejected;
    }

    /**
     * Retires a version: the endpoint lets go of it after its last request, and no alias can point at it.
     *
     * @param seen as in {@link #point}
     * @throws LatheException BAD_REQUEST without a reason; NOT_FOUND when there is no such version; CONFLICT while an alias points at it
     */
    public void retire(String ownerId, ModelName name, int version, String reason, Consumer<Model> seen) {
        models.load(ownerId, name);
        String why = require(reason);
        jdbi.useTransaction(handle -> {
            String id = seen(handle, ownerId, name, seen);
            Models.version(handle, id, name, version);
            ModelTable.aliases(handle, id).forEach((alias, number) -> {
                if (number == version) {
                    throw new LatheException(
                            ProblemCode.CONFLICT,
                            "Version " + version + " of model '" + name + "' has the alias '" + alias.wireName()
                                    + "'. Move that to another version first.");
                }
            });
            ModelTable.retire(handle, id, version, why, clock.millis());
            routes.bump(handle);
        });
        routes.announce();
    }

    /**
     * Puts the version back in production that was there before the present one.
     *
     * @param seen as in {@link #point}
     * @throws LatheException CONFLICT when there is nothing to go back to; NOT_FOUND when there is no such model
     */
    public AliasMove rollback(String ownerId, ModelName name, Consumer<Model> seen) {
        return move(
                ownerId,
                name,
                Alias.PRODUCTION,
                ModelTable.ROLLBACK,
                "",
                seen,
                (handle, id) -> ModelTable.previous(handle, id, ModelTable.aliases(handle, id))
                        .orElseThrow(
                                () -> new LatheException(
                                        ProblemCode.CONFLICT,
                                        "Model '" + name
                                                + "' has nothing to go back to: no version was in production before the present one.")));
    }

    /** Decides once the endpoint has loaded the version; it need not keep it loaded when the decision is refused. */
    private AliasMove onceServable(String ownerId, ModelName name, int version, Supplier<AliasMove> decision)
            throws InterruptedException {
        jdbi.useTransaction(handle -> Models.requireServable(handle, Models.id(handle, ownerId, name), name, version));
        deployment.requireServable(
                name.value(),
                version,
                () -> staging.stage(ownerId, name, version),
                () -> staging.unstage(ownerId, name, version));
        try {
            return decision.get();
        } catch (RuntimeException e) {
            staging.unstage(ownerId, name, version);
            throw e;
        }
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
        if (alias == Alias.PRODUCTION
                && Integer.valueOf(version)
                        .equals(ModelTable.aliases(handle, id).get(Alias.CANDIDATE))) {
            // What is in production waits for no decision.
            ModelTable.drop(handle, id, Alias.CANDIDATE);
        }
        routes.bump(handle);
        return new AliasMove(alias, before == null ? OptionalInt.empty() : OptionalInt.of(before), version);
    }

    /** The model's id, once it was looked at as it is for this transaction. */
    private static String seen(Handle handle, String ownerId, ModelName name, Consumer<Model> seen) {
        String id = Models.id(handle, ownerId, name);
        seen.accept(Models.load(handle, id, name));
        return id;
    }

    private static void requireNotServed(Handle handle, String id, ModelName name, int version) {
        if (Integer.valueOf(version).equals(ModelTable.aliases(handle, id).get(Alias.PRODUCTION))) {
            throw new LatheException(
                    ProblemCode.CONFLICT,
                    "Version " + version + " of model '" + name
                            + "' is in production and waits for no decision. Choose another version, or roll back first.");
        }
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

    private static String require(String reason) {
        if (reason.isBlank() || reason.codePointCount(0, reason.length()) > LONGEST_REASON) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "'" + Shown.of(reason) + "' is no reason: say why, in at most " + LONGEST_REASON + " characters.");
        }
        return reason.strip();
    }
}
