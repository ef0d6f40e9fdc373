package io.lathe.workbench.web;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import io.lathe.workbench.access.Identity;
import io.lathe.workbench.access.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Does a POST that is sent twice with one {@code Idempotency-Key} once (draft-ietf-httpapi-idempotency-key-header): the second is
 * answered as the first was. Answers are kept for a day, those with a secret without it. A request that is refused is not kept, since
 * nothing was done. Thread-safe.
 */
public final class KeptAnswers {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int MOST = 10_000;

    /** Which key of whom. */
    private record Slot(String ownerId, String scope, String key) {}

    /** A row; without a status while the request is being answered, or when that was never finished. */
    private record Row(
            String requestSha256,
            @Nullable Integer status,
            @Nullable String contentType,
            @Nullable String body) {}

    private final Jdbi jdbi;
    private final Clock clock;
    private final Set<Slot> running = ConcurrentHashMap.newKeySet();

    public KeptAnswers(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** The route, doing once what it is asked twice with one key. */
    public Route once(Route route) {
        boolean secret = route.answers().stream().anyMatch(answer -> answer.payload() instanceof Payload.Secret);
        return route.with(Parameter.header(
                        "Idempotency-Key",
                        Parameter.Need.OPTIONAL,
                        new Parameter.Values.Text(KEY.pattern(), "8e03978e-40d5-43dd-bc93-6894a57f9324"),
                        "New for each request that is meant; sent again with it, a request is done once. 24 hours."))
                .fails(
                        ProblemCode.IN_PROGRESS,
                        ProblemCode.KEY_REUSED,
                        ProblemCode.TOO_MANY_REQUESTS,
                        secret ? ProblemCode.SECRET_NOT_KEPT : ProblemCode.OUTCOME_UNKNOWN)
                .handledBy(
                        secret
                                ? ctx -> handle(ctx, route.handler(), this::withoutBody)
                                : ctx -> handle(ctx, route.handler(), this::withBody));
    }

    private interface Keep {
        void row(Slot slot, Context ctx);
    }

    private void handle(Context ctx, Handler handler, Keep keep) throws Exception {
        String key = ctx.header("Idempotency-Key");
        if (key == null) {
            handler.handle(ctx);
            return;
        }
        if (!KEY.matcher(key).matches()) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "'" + Shown.of(key)
                            + "' cannot be an Idempotency-Key: use 1 to 128 of A-Z, a-z, 0-9, '.', '_', ':' and '-'.");
        }
        Slot slot = new Slot(Gate.ownerId(ctx), scope(ctx), key);
        String request = Secrets.sha256(
                ctx.req().getMethod() + "\n" + ctx.path() + "\n" + ctx.queryString() + "\n" + ctx.body());
        if (!running.add(slot)) {
            throw new LatheException(
                    ProblemCode.IN_PROGRESS,
                    "A request with the Idempotency-Key '" + key + "' is being answered; send it again in a moment.");
        }
        try {
            Optional<Row> before = jdbi.inTransaction(handle -> take(handle, slot, request));
            if (before.isPresent()) {
                replay(ctx, before.get(), request);
            } else {
                run(ctx, handler, slot, keep);
            }
        } finally {
            running.remove(slot);
        }
    }

    private static String scope(Context ctx) {
        return Gate.identity(ctx) instanceof Identity.Account
                ? "account"
                : "project " + Gate.project(ctx).projectId();
    }

    private void run(Context ctx, Handler handler, Slot slot, Keep keep) throws Exception {
        try {
            handler.handle(ctx);
        } catch (LatheException e) {
            if (e.code().httpStatus() < 500) {
                forget(slot);
            }
            throw e;
        }
        keep.row(slot, ctx);
    }

    /** The row there is; when there is none, one that says that the request is being answered. */
    private Optional<Row> take(Handle handle, Slot slot, String request) {
        long now = clock.millis();
        handle.execute("DELETE FROM kept_answer WHERE created_at <= ?", now - KEPT.toMillis());
        Optional<Row> row = handle.createQuery("""
                        SELECT request_sha256, status, content_type, body FROM kept_answer
                        WHERE owner_id = :owner AND scope = :scope AND key = :key""")
                .bind("owner", slot.ownerId())
                .bind("scope", slot.scope())
                .bind("key", slot.key())
                .map((found, context) -> {
                    int number = found.getInt("status");
                    Integer status = found.wasNull() ? null : number;
                    return new Row(
                            found.getString("request_sha256"),
                            status,
                            found.getString("content_type"),
                            found.getString("body"));
                })
                .findOne();
        if (row.isEmpty()) {
            int kept = handle.createQuery("SELECT COUNT(*) FROM kept_answer WHERE owner_id = :owner")
                    .bind("owner", slot.ownerId())
                    .mapTo(Integer.class)
                    .one();
            if (kept >= MOST) {
                throw new LatheException(
                        ProblemCode.TOO_MANY_REQUESTS,
                        MOST
                                + " requests with an Idempotency-Key were sent within a day; send this one without, or wait.");
            }
            handle.execute(
                    "INSERT INTO kept_answer (owner_id, scope, key, request_sha256, created_at) VALUES (?, ?, ?, ?, ?)",
                    slot.ownerId(),
                    slot.scope(),
                    slot.key(),
                    request,
                    now);
        }
        return row;
    }

    private static void replay(Context ctx, Row row, String request) {
        if (!row.requestSha256().equals(request)) {
            throw new LatheException(
                    ProblemCode.KEY_REUSED,
                    "This Idempotency-Key belongs to another request; use a new key for what is new.");
        }
        Integer status = row.status();
        if (status == null) {
            throw new LatheException(
                    ProblemCode.OUTCOME_UNKNOWN,
                    "The first request with this Idempotency-Key was never finished: look whether it was done, then use a new key.");
        }
        String body = row.body();
        if (body == null) {
            throw new LatheException(
                    ProblemCode.SECRET_NOT_KEPT,
                    "This request was done already. Its answer held a secret, which is shown once and not kept; "
                            + "take back what it made and make another.");
        }
        ctx.status(status).header("Idempotent-Replayed", "true").result(body);
        if (row.contentType() != null) {
            ctx.contentType(row.contentType());
        }
    }

    private void withBody(Slot slot, Context ctx) {
        String body = ctx.result();
        keep(slot, ctx, body == null ? "" : body);
    }

    private void withoutBody(Slot slot, Context ctx) {
        keep(slot, ctx, null);
    }

    private void keep(Slot slot, Context ctx, @Nullable String body) {
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE kept_answer SET status = ?, content_type = ?, body = ? WHERE owner_id = ? AND scope = ? AND key = ?",
                ctx.statusCode(),
                ctx.res().getContentType(),
                body,
                slot.ownerId(),
                slot.scope(),
                slot.key()));
    }

    private void forget(Slot slot) {
        jdbi.useHandle(handle -> handle.execute(
                "DELETE FROM kept_answer WHERE owner_id = ? AND scope = ? AND key = ?",
                slot.ownerId(),
                slot.scope(),
                slot.key()));
    }
}
