package io.lathe.workbench.web;

import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.workbench.access.Authenticator;
import io.lathe.workbench.access.BrowserSession;
import io.lathe.workbench.access.Hosts;
import io.lathe.workbench.access.Identity;
import io.lathe.workbench.access.ProjectGrant;
import io.lathe.workbench.access.ProjectSessions;
import io.lathe.workbench.access.SameOrigin;
import io.lathe.workbench.access.Secrets;
import io.lathe.workbench.access.Sessions;

/**
 * Stands before every route: finds out who calls, lets through whom the route allows, and refuses requests that another site's page
 * could have sent. Thread-safe.
 */
public final class Gate {
    private static final String IDENTITY = "lathe.identity";

    /** Javalin routes by it: what comes as a GET, and so without a token of the session, would reach a POST's handler. */
    private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

    private final Hosts hosts;
    private final Authenticator authenticator;

    public Gate(Hosts hosts, Authenticator authenticator) {
        this.hosts = hosts;
        this.authenticator = authenticator;
    }

    /** Who sent this request, as the gate found out. */
    public static Identity identity(Context ctx) {
        Identity identity = ctx.attribute(IDENTITY);
        return identity == null ? new Identity.Nobody() : identity;
    }

    /** The account that sent this request; only for routes that allow nobody else. */
    public static Identity.Account account(Context ctx) {
        if (identity(ctx) instanceof Identity.Account account) {
            return account;
        }
        throw new LatheException(ProblemCode.FORBIDDEN, "Only a person's login or token may do this.");
    }

    /** The account whose things this request is about: the person's, or the project's owner. */
    public static String ownerId(Context ctx) {
        return identity(ctx) instanceof Identity.Account account
                ? account.accountId()
                : project(ctx).ownerId();
    }

    /** The project that this request is bound to; only for routes that allow nobody else. */
    public static ProjectGrant project(Context ctx) {
        return switch (identity(ctx)) {
            case Identity.ProjectBrowser(ProjectGrant project) -> project;
            case Identity.ProjectKernel(ProjectGrant project) -> project;
            case Identity.ProjectProgram(ProjectGrant project) -> project;
            default -> throw new LatheException(ProblemCode.FORBIDDEN, "Only a project may do this.");
        };
    }

    /** Lets the request pass or throws; runs before the matched route's handler. */
    public void check(Context ctx) {
        if (ctx.header(METHOD_OVERRIDE) != null) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "The header " + METHOD_OVERRIDE + " is not obeyed here; send the method itself.");
        }
        Identity identity = identify(ctx);
        ctx.attribute(IDENTITY, identity);
        if (!isAdmitted(ctx, identity)) {
            throw identity instanceof Identity.Nobody
                    ? new LatheException(
                            ProblemCode.UNAUTHENTICATED,
                            "This needs a login or a token: open the link that ./lathe login prints, or send Authorization: Bearer.")
                    : new LatheException(ProblemCode.FORBIDDEN, refusal(ctx, identity));
        }
        if (!SameOrigin.isSafe(ctx.req().getMethod())) {
            requireOwnPage(ctx, identity);
        }
    }

    /** Whether who sent the request, which passed, is still who it was then: not logged out, expired, revoked or given another role. */
    public boolean holds(Context ctx) {
        return identify(ctx).equals(identity(ctx));
    }

    private Identity identify(Context ctx) {
        Hosts.Host host = hosts.resolve(ctx.header("Host"));
        String cookie = host instanceof Hosts.Host.OfProject ? ProjectSessions.COOKIE : Sessions.COOKIE;
        return authenticator.identify(host, ctx.header("Authorization"), Cookies.values(ctx.header("Cookie"), cookie));
    }

    private static boolean isAdmitted(Context ctx, Identity identity) {
        for (RouteRole role : ctx.routeRoles()) {
            if (role instanceof Allow allow && allow.admits(identity)) {
                return true;
            }
        }
        return false;
    }

    private static String refusal(Context ctx, Identity identity) {
        if (identity instanceof Identity.Account account) {
            for (RouteRole role : ctx.routeRoles()) {
                if (role instanceof Allow allow && allow.role().isPresent()) {
                    return "This token has role '" + account.role().wireName() + "'; it needs '"
                            + allow.role().get().wireName()
                            + "' to do that. ./lathe token add NAME --role ROLE makes another.";
                }
            }
        }
        return "This login or token may not do that.";
    }

    private void requireOwnPage(Context ctx, Identity identity) {
        String origin = ctx.header("Origin");
        String site = ctx.header("Sec-Fetch-Site");
        switch (identity) {
            case Identity.Account account
            when account.session().isPresent() -> {
                requireOrigin(origin == null || isWorkbenchOrigin(ctx, origin));
                requireCsrf(ctx, account.session().get());
            }
            case Identity.ProjectBrowser(ProjectGrant project) ->
                requireOrigin(SameOrigin.holds(origin, site, hosts.projectOrigin(project.project())));
            // Logging in is the one unsafe request without an identity: another site must not log a browser in either.
            case Identity.Nobody() -> requireOrigin(origin == null || isWorkbenchOrigin(ctx, origin));
            // A bearer token is sent by programs on purpose, never by a browser on its own.
            case Identity.Account account -> {}
            case Identity.ProjectKernel kernel -> {}
            case Identity.ProjectProgram program -> {}
            case Identity.ServingEndpoint endpoint -> {}
        }
    }

    private static boolean isWorkbenchOrigin(Context ctx, String origin) {
        return origin.equals("http://" + ctx.header("Host"));
    }

    private static void requireOrigin(boolean own) {
        if (!own) {
            throw new LatheException(
                    ProblemCode.CROSS_SITE,
                    "The request was sent by a page of another site. Send it from a page of this workbench.");
        }
    }

    private static void requireCsrf(Context ctx, BrowserSession session) {
        String sent = ctx.header("X-CSRF-Token");
        if (sent == null && ctx.isFormUrlencoded()) {
            BodyForm.check(ctx);
            sent = ctx.formParam("csrf");
        }
        if (sent == null || !Secrets.same(sent, session.csrf())) {
            throw new LatheException(
                    ProblemCode.CROSS_SITE,
                    "The request lacks this session's CSRF token; reload the page and try again.");
        }
    }
}
