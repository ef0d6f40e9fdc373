package io.lathe.workbench.api;

import io.javalin.http.Context;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import io.lathe.datasets.store.ByteRange;
import io.lathe.datasets.store.ObjectKey;
import io.lathe.datasets.store.ObjectStore;
import io.lathe.workbench.route.RouteDocument;
import io.lathe.workbench.route.RouteDocuments;
import io.lathe.workbench.web.Body;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the serving endpoint asks for. */
public final class EndpointRoutes {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final RouteDocuments routes;
    private final ObjectStore store;

    public EndpointRoutes(RouteDocuments routes, ObjectStore store) {
        this.routes = routes;
        this.store = store;
    }

    public void routes(Context ctx) throws InterruptedException {
        int after = Body.query(ctx, "after", -1, -1, Integer.MAX_VALUE);
        int wait = Body.query(ctx, "wait", 0, 0, 30);
        Optional<RouteDocument> document = routes.await(after, Duration.ofSeconds(wait));
        if (document.isPresent()) {
            Body.answer(ctx, document.get());
        } else {
            ctx.status(304);
        }
    }

    public void bundle(Context ctx) {
        String id = ctx.pathParam("sha256");
        if (!SHA256.matcher(id).matches()) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "'" + Shown.of(id) + "' is no bundle's id: it must have 64 hexadecimal digits.");
        }
        ctx.contentType("application/zip").result(store.open(new ObjectKey("bundles/" + id + ".zip"), ByteRange.ALL));
    }
}
