package io.lathe.workbench.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import io.lathe.workbench.json.Json;
import java.nio.file.Path;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place that turns errors into answers: a problem document for programs, a page for people. */
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    /** What the framework reads of a body that goes into memory; its own default. */
    public static final long MOST_BODY_BYTES = 1_000_000;

    /** Shows an error to a person. */
    @FunctionalInterface
    public interface ErrorPage {
        void show(Context ctx, ProblemCode code, String title, String detail);
    }

    private final FullDisk disk;
    private final ErrorPage page;

    /** @param data the folder that answers are kept in */
    public Problems(Path data, ErrorPage page) {
        this.disk = new FullDisk(data);
        this.page = page;
    }

    public void install(RoutesConfig routes) {
        routes.exception(LatheException.class, (e, ctx) -> {
            if (FullDisk.causes(e)) {
                answer(ctx, ProblemCode.INSUFFICIENT_STORAGE, disk.words());
            } else {
                answer(ctx, e.code(), String.valueOf(e.getMessage()));
            }
        });
        routes.exception(HttpResponseException.class, (e, ctx) -> {
            String allowed = e.getDetails().get("availableMethods");
            if (allowed != null) {
                ctx.header("Allow", allowed);
            }
            answer(ctx, codeOf(e.getStatus()), words(e, ctx));
        });
        routes.exception(EofException.class, (e, ctx) -> {
            LOG.info(
                    "{} {}: the caller broke off",
                    ctx.req().getMethod(),
                    ctx.req().getRequestURI());
            answer(ctx, ProblemCode.BAD_REQUEST, "The body is not whole. Send it again.");
        });
        routes.exception(Exception.class, (e, ctx) -> {
            if (FullDisk.causes(e)) {
                LOG.error("{} {} failed: {}", ctx.req().getMethod(), ctx.req().getRequestURI(), disk.words());
                answer(ctx, ProblemCode.INSUFFICIENT_STORAGE, disk.words());
                return;
            }
            LOG.error("{} {} failed", ctx.req().getMethod(), ctx.req().getRequestURI(), e);
            answer(
                    ctx,
                    ProblemCode.INTERNAL,
                    "Something in Lathe broke; workbench.log in the data folder's logs/ has the details.");
        });
    }

    private static String words(HttpResponseException e, Context ctx) {
        return switch (e.getStatus()) {
            case 404 ->
                "There is nothing at " + Shown.of(ctx.path()) + ". GET /api/v1/openapi.json lists what there is.";
            case 405 ->
                Shown.of(ctx.path()) + " cannot be called with " + ctx.req().getMethod() + "; it has "
                        + e.getDetails().getOrDefault("availableMethods", "no method") + ".";
            case 413 -> "The body has more than " + MOST_BODY_BYTES + " bytes; send less in one request.";
            default -> String.valueOf(e.getMessage());
        };
    }

    private void answer(Context ctx, ProblemCode code, String detail) {
        if (ctx.res().isCommitted()) {
            return;
        }
        Problem problem = Problem.of(code, detail);
        ctx.status(problem.status());
        if (wantsPage(ctx)) {
            page.show(ctx, code, problem.title(), detail);
        } else {
            ctx.result(Json.write(problem)).contentType("application/problem+json");
        }
    }

    private static boolean wantsPage(Context ctx) {
        String accept = ctx.header("Accept");
        return !ctx.path().startsWith("/api/") && accept != null && accept.contains("text/html");
    }

    private static ProblemCode codeOf(int status) {
        return status == 404
                ? ProblemCode.NO_SUCH_ROUTE
                : ProblemCode.findByStatus(status)
                        .orElse(status < 500 ? ProblemCode.BAD_REQUEST : ProblemCode.INTERNAL);
    }
}
