package io.lathe.workbench.serving;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.Nearest;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.workbench.access.Secrets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/**
 * The programs that may call models, for each account its own. Their names are one space all the same: the endpoint logs and limits by
 * them. Thread-safe.
 */
public final class Consumers {
    private static final int MOST = 1_000;

    /**
     * A consumer just made.
     *
     * @param token shown only here
     * @param routeVersion the endpoint accepts the token once it serves this route document
     */
    public record Added(Consumer consumer, String token, int routeVersion) {}

    private final Jdbi jdbi;
    private final RouteVersion routes;
    private final Clock clock;

    public Consumers(Jdbi jdbi, RouteVersion routes, Clock clock) {
        this.jdbi = jdbi;
        this.routes = routes;
        this.clock = clock;
    }

    /** @throws LatheException NAME_TAKEN; NOT_FOUND when there is no such model; BAD_REQUEST without models */
    public Added add(String ownerId, ConsumerName name, Set<String> models) {
        if (models.isEmpty()) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST, "Consumer '" + name + "' needs at least one model to call.");
        }
        String token = Secrets.fresh();
        Consumer consumer =
                new Consumer(name, Secrets.sha256(token), List.copyOf(new TreeSet<>(models)), clock.instant());
        int version = jdbi.inTransaction(handle -> {
            requireRoom(handle, name);
            requireModels(handle, ownerId, consumer.models());
            String id = UUID.randomUUID().toString();
            handle.execute(
                    "INSERT INTO consumer (id, owner_id, name, token_sha256, created_at) VALUES (?, ?, ?, ?, ?)",
                    id,
                    ownerId,
                    name.value(),
                    consumer.tokenSha256(),
                    consumer.createdAt().toEpochMilli());
            for (String model : consumer.models()) {
                handle.execute("INSERT INTO consumer_model (consumer_id, model) VALUES (?, ?)", id, model);
            }
            return routes.bump(handle);
        });
        routes.announce();
        return new Added(consumer, token, version);
    }

    private static void requireRoom(Handle handle, ConsumerName name) {
        List<String> names = handle.createQuery("SELECT name FROM consumer")
                .mapTo(String.class)
                .list();
        if (names.contains(name.value())) {
            throw new LatheException(
                    ProblemCode.NAME_TAKEN,
                    "There is a consumer '" + name + "' already. Remove it first, or choose another name.");
        }
        if (names.size() >= MOST) {
            throw new LatheException(
                    ProblemCode.LIMIT_REACHED,
                    "There are " + MOST + " consumers already; remove one that is not used.");
        }
    }

    private static void requireModels(Handle handle, String ownerId, List<String> models) {
        List<String> known = handle.createQuery("SELECT name FROM model WHERE owner_id = :owner ORDER BY name")
                .bind("owner", ownerId)
                .mapTo(String.class)
                .list();
        for (String model : models) {
            if (!known.contains(model)) {
                throw new LatheException(
                        ProblemCode.NOT_FOUND, "There is no model '" + model + "'." + Nearest.hint(model, known));
            }
        }
    }

    /** The account's consumers by name. */
    public List<Consumer> list(String ownerId) {
        return jdbi.withHandle(handle -> list(
                handle,
                handle.createQuery("SELECT * FROM consumer WHERE owner_id = :owner ORDER BY name")
                        .bind("owner", ownerId)));
    }

    /** Everybody's consumers as the transaction of {@code handle} sees them: whom the endpoint serves. */
    public static List<Consumer> all(Handle handle) {
        return list(handle, handle.createQuery("SELECT * FROM consumer ORDER BY name"));
    }

    private static List<Consumer> list(Handle handle, Query query) {
        return query.map((row, context) -> new Consumer(
                        new ConsumerName(row.getString("name")),
                        row.getString("token_sha256"),
                        models(handle, row.getString("id")),
                        Instant.ofEpochMilli(row.getLong("created_at"))))
                .list();
    }

    private static List<String> models(Handle handle, String consumerId) {
        return handle.createQuery("SELECT model FROM consumer_model WHERE consumer_id = :id ORDER BY model")
                .bind("id", consumerId)
                .mapTo(String.class)
                .list();
    }

    /** @throws LatheException NOT_FOUND, naming the nearest consumer the account has */
    public void remove(String ownerId, ConsumerName name) {
        jdbi.useTransaction(handle -> {
            if (handle.execute("DELETE FROM consumer WHERE name = ? AND owner_id = ?", name.value(), ownerId) == 0) {
                throw new LatheException(
                        ProblemCode.NOT_FOUND,
                        "There is no consumer '" + name + "'."
                                + Nearest.hint(
                                        name.value(),
                                        handle.createQuery("SELECT name FROM consumer WHERE owner_id = :owner")
                                                .bind("owner", ownerId)
                                                .mapTo(String.class)
                                                .list()));
            }
            routes.bump(handle);
        });
        routes.announce();
    }
}
