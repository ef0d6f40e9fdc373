package io.lathe.workbench.registry;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.workbench.serving.RouteVersion;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * A version's way from a judged bundle into production: staged, that is loaded by the endpoint with no alias on it, then promoted or
 * taken back. What a publication changes belongs to the caller's transaction, so that a publication's state and what it says of the
 * registry are never apart; call {@link #announce} after its commit. Thread-safe.
 */
public final class Staging {
    private final Jdbi jdbi;
    private final RouteVersion routes;
    private final Clock clock;

    public Staging(Jdbi jdbi, RouteVersion routes, Clock clock) {
        this.jdbi = jdbi;
        this.routes = routes;
        this.clock = clock;
    }

    /**
     * Makes the version, and the model with its first one, and lets the endpoint load it; no alias points at it yet. A bundle that is
     * a version already stays that version; a retired one stays retired until a name points at it.
     *
     * @return the version's number
     * @throws LatheException NAME_TAKEN when another account has a model of this name
     */
    public int stage(Handle handle, NewVersion version) {
        String id = model(handle, version);
        int number = version(handle, id, version);
        ModelTable.stage(handle, id, number, clock.millis());
        routes.bump(handle);
        return number;
    }

    /** As {@link #stage}, but the version becomes the candidate that waits for a person's decision. */
    public int hold(Handle handle, NewVersion version) {
        String id = model(handle, version);
        int number = version(handle, id, version);
        ModelTable.revive(handle, id, number);
        Map<Alias, Integer> aliases = ModelTable.aliases(handle, id);
        Integer before = aliases.get(Alias.CANDIDATE);
        boolean served = Integer.valueOf(number).equals(aliases.get(Alias.PRODUCTION));
        if (!served && (before == null || before != number)) {
            ModelTable.move(handle, id, version.ownerId(), Alias.CANDIDATE, before, number, "held", "", clock.millis());
        }
        routes.bump(handle);
        return number;
    }

    private String model(Handle handle, NewVersion version) {
        Models.requireFree(handle, version.ownerId(), version.model());
        return ModelTable.id(handle, version.ownerId(), version.model()).orElseGet(() -> {
            String fresh = UUID.randomUUID().toString();
            handle.execute(
                    "INSERT INTO model (id, owner_id, name, created_at) VALUES (?, ?, ?, ?)",
                    fresh,
                    version.ownerId(),
                    version.model().value(),
                    clock.millis());
            return fresh;
        });
    }

    private int version(Handle handle, String id, NewVersion version) {
        return ModelTable.numberOf(handle, id, version.bundle())
                .orElseGet(() -> ModelTable.insert(handle, id, version, clock.millis()));
    }

    /**
     * Puts a version that the endpoint has loaded in production.
     *
     * @param judgedAgainst the version that was in production when this one was judged
     * @throws LatheException CONFLICT when another one is in production by now
     */
    public void promote(Handle handle, String ownerId, ModelName name, int version, OptionalInt judgedAgainst) {
        String id = load(handle, ownerId, name);
        Map<Alias, Integer> aliases = ModelTable.aliases(handle, id);
        Integer production = aliases.get(Alias.PRODUCTION);
        int now = production == null ? 0 : production;
        if (now != judgedAgainst.orElse(0) && now != version) {
            throw new LatheException(
                    ProblemCode.CONFLICT,
                    "Production of '" + name + "' moved to version " + now
                            + " while this was judged against another. Publish the model again.");
        }
        ModelTable.revive(handle, id, version);
        if (now != version) {
            ModelTable.move(handle, id, ownerId, Alias.PRODUCTION, production, version, "promoted", "", clock.millis());
        }
        if (Integer.valueOf(version).equals(aliases.get(Alias.CANDIDATE))) {
            ModelTable.drop(handle, id, Alias.CANDIDATE);
        }
        ModelTable.unstage(handle, id, version);
        routes.bump(handle);
    }

    /**
     * Takes back what a publication that cannot be carried through made. A version in production is retired and the one before returns;
     * one that this publication made and no name ever pointed at is removed; any other is only not loaded any more.
     *
     * @param reason why, as a sentence
     */
    public void withdraw(
            Handle handle, String ownerId, ModelName name, int version, String publicationId, String reason) {
        String id = load(handle, ownerId, name);
        Map<Alias, Integer> aliases = ModelTable.aliases(handle, id);
        if (Integer.valueOf(version).equals(aliases.get(Alias.PRODUCTION))) {
            OptionalInt previous = ModelTable.previous(handle, id, aliases);
            if (previous.isPresent()) {
                ModelTable.move(
                        handle,
                        id,
                        ownerId,
                        Alias.PRODUCTION,
                        version,
                        previous.getAsInt(),
                        ModelTable.ROLLBACK,
                        reason,
                        clock.millis());
            } else {
                ModelTable.drop(handle, id, Alias.PRODUCTION);
            }
            ModelTable.retire(handle, id, version, reason, clock.millis());
        } else if (!ModelTable.remove(handle, id, version, publicationId)) {
            ModelTable.unstage(handle, id, version);
        }
        handle.execute(
                "DELETE FROM model WHERE id = ? AND NOT EXISTS (SELECT 1 FROM model_version WHERE model_id = model.id)"
                        + " AND NOT EXISTS (SELECT 1 FROM alias_move WHERE model_id = model.id)",
                id);
        routes.bump(handle);
    }

    /**
     * Lets the endpoint load a version that there is, before a person's decision points a name at it.
     *
     * @throws LatheException NOT_FOUND when there is no such model or version; CONFLICT when it is retired
     */
    void stage(String ownerId, ModelName name, int version) {
        jdbi.useTransaction(handle -> {
            String id = Models.id(handle, ownerId, name);
            Models.requireServable(handle, id, name, version);
            ModelTable.stage(handle, id, version, clock.millis());
            routes.bump(handle);
        });
        routes.announce();
    }

    /** The endpoint need not keep the version loaded any more, unless a name points at it. */
    void unstage(String ownerId, ModelName name, int version) {
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

    /** Tells who waits for the route document that it may have changed. */
    public void announce() {
        routes.announce();
    }

    private static String load(Handle handle, String ownerId, ModelName name) {
        return ModelTable.id(handle, ownerId, name)
                .orElseThrow(() -> new IllegalStateException("Model '" + name + "' is gone"));
    }
}
