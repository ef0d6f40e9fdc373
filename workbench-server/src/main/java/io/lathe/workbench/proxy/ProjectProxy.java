package io.lathe.workbench.proxy;

import io.lathe.datasets.problem.ProblemCode;
import io.lathe.workbench.access.Hosts;
import io.lathe.workbench.access.ProjectGrant;
import io.lathe.workbench.access.ProjectSessions;
import io.lathe.workbench.access.Tickets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/**
 * The first handler that looks at what a request says. {@code Host} decides: the workbench's own names go on to the next handler; a project's name is
 * served here, except for the project-scoped API, which goes on once a browser's cookie and origin are found in order, or with a
 * header {@code Authorization}, which the next handler must check; any other name is answered 421.
 *
 * <p>On a project's name: {@code /lathe/enter?ticket=} lets a browser in, {@code /projects/<project>/*} is its JupyterLab. Everything
 * else does not exist there, so that code in a notebook's page finds nothing of the workbench on its own origin. Thread-safe.
 */
public final class ProjectProxy extends Handler.Wrapper {
    /** Most bytes of a request's or an answer's headers. */
    static final int HEADER_BYTES = 32 * 1024;

    /** Most bytes that are moved at once; no larger, or Jetty's pool would not keep the buffer. A connection that is idle has none. */
    static final int BUFFER_BYTES = 64 * 1024;

    private static final String API = "/api/v1/project";

    /**
     * Paths that every reader of a URL understands alike: no escapes, parameters, dot or empty segments. It never steps back, since
     * stepping back takes a frame of the stack for each segment of a path that anybody may send.
     */
    private static final Pattern PLAIN_PATH = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~@:+,=-]++)++/?+|/");

    /** File names in notebooks may hold any character, a slash or percent sign too: an escaped one must reach JupyterLab as it is. */
    private static final UriCompliance NOTEBOOK_FILES = UriCompliance.RFC3986.with(
            "notebook-files",
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
            UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
            UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS);

    private final Hosts hosts;
    private final ProjectSessions sessions;
    private final Tickets tickets;
    private final Programs programs;
    private final Upstreams upstreams;
    private final Admissions admissions;
    private final HttpForwarder forwarder;
    private final Tunnels tunnels;

    public ProjectProxy(
            Hosts hosts,
            ProjectSessions sessions,
            Tickets tickets,
            Programs programs,
            Upstreams upstreams,
            ProxyLimits limits) {
        this.hosts = hosts;
        this.sessions = sessions;
        this.tickets = tickets;
        this.programs = programs;
        this.upstreams = upstreams;
        this.admissions = new Admissions(this::holds, System::nanoTime);
        this.forwarder = new HttpForwarder(limits, admissions::admits);
        this.tunnels = new Tunnels(limits, admissions::admits, this::recheck);
        installBean(forwarder);
        installBean(tunnels);
    }

    /** What a connector needs, so that requests arrive here as they were sent. */
    public static void harden(HttpConfiguration configuration) {
        configuration.setRequestHeaderSize(HEADER_BYTES);
        configuration.setResponseHeaderSize(HEADER_BYTES);
        configuration.setSendServerVersion(false);
        configuration.setUriCompliance(NOTEBOOK_FILES);
    }

    /** What a connector also needs, so that uploads pass in large pieces; counts from the next connection on. */
    public static void widen(HttpConnectionFactory http) {
        http.setInputBufferSize(BUFFER_BYTES);
    }

    /** The open WebSockets, to be closed when a project stops. */
    public Tunnels tunnels() {
        return tunnels;
    }

    /**
     * Ends at once the WebSockets and the requests under way of those who are not signed in any more: logged out, session over, token
     * revoked. Who makes somebody so calls this when it is done; it also happens by itself now and then.
     */
    public void recheck() {
        admissions.forget();
        tunnels.recheck();
        forwarder.recheck();
    }

    @Override
    protected void doStart() throws Exception {
        forwarder.setServer(getServer());
        super.doStart();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return switch (hosts.resolve(request.getHeaders().get(HttpHeader.HOST))) {
            case Hosts.Host.Workbench() -> super.handle(request, response, callback);
            case Hosts.Host.OfProject(String project) -> serveProject(project, request, response, callback);
            case Hosts.Host.Unknown() -> {
                Answers.problem(
                        response,
                        callback,
                        ProblemCode.MISDIRECTED,
                        "Unknown host",
                        "This workbench answers at " + hosts.workbenchOrigin() + "; open that.");
                yield true;
            }
        };
    }

    private boolean serveProject(String project, Request request, Response response, Callback callback)
            throws Exception {
        String path = Objects.requireNonNullElse(request.getHttpURI().getPath(), "");
        String base = "/projects/" + project;
        if (path.startsWith(base + "/")
                && Objects.requireNonNullElse(request.getHttpURI().getCanonicalPath(), "")
                        .startsWith(base + "/")) {
            serveNotebooks(project, request, response, callback);
            return true;
        }
        if (!PLAIN_PATH.matcher(path).matches()) {
            notFound(response, callback);
            return true;
        }
        if (path.equals(API) || path.startsWith(API + "/")) {
            return serveApi(project, request, response, callback);
        }
        if (path.equals("/lathe/enter")) {
            enter(project, request, response, callback);
        } else if (path.equals("/") || path.equals(base)) {
            Answers.seeOther(response, callback, base + "/lab");
        } else {
            notFound(response, callback);
        }
        return true;
    }

    private void enter(String project, Request request, Response response, Callback callback) {
        // A browser that fetches ahead of the person must not use the ticket up.
        if (!request.getMethod().equals("GET") || request.getHeaders().contains("Sec-Purpose")) {
            Answers.problem(
                    response,
                    callback,
                    ProblemCode.METHOD_NOT_ALLOWED,
                    "Only GET",
                    "Open the link in a browser, or send a GET.");
            return;
        }
        Optional<Tickets.Ticket> ticket = ticketParameter(request).flatMap(secret -> tickets.redeem(project, secret));
        Optional<String> cookie = ticket.flatMap(sessions::open);
        if (cookie.isPresent()) {
            response.getHeaders()
                    .add(
                            HttpHeader.SET_COOKIE,
                            ProjectSessions.COOKIE + "=" + cookie.get() + "; Path=/; HttpOnly; SameSite=Lax");
            Answers.seeOther(response, callback, ticket.get().landing());
        } else if (browser(project, request).isPresent()) {
            Answers.seeOther(response, callback, "/projects/" + project + "/lab");
        } else {
            Answers.page(
                    response,
                    callback,
                    403,
                    new Answers.Page(
                            "This link is used up",
                            "A link into a project works once, for half a minute.",
                            openPage(project),
                            "Open project " + project + " again"));
        }
    }

    private static Optional<String> ticketParameter(Request request) {
        Fields parameters = Request.extractQueryParameters(request);
        return Optional.ofNullable(parameters.getValue("ticket")).filter(ticket -> ticket.length() <= 128);
    }

    private boolean serveApi(String project, Request request, Response response, Callback callback) throws Exception {
        if (isOfProgram(request.getHeaders())) {
            return super.handle(request, response, callback);
        }
        if (browser(project, request).isEmpty()) {
            unauthenticated(project, response, callback);
            return true;
        }
        Optional<String> refusal = refusal(project, request);
        if (refusal.isPresent()) {
            forbidden(response, callback, refusal.get());
            return true;
        }
        return super.handle(request, response, callback);
    }

    private void serveNotebooks(String project, Request request, Response response, Callback callback) {
        Credential credential = Credential.of(project, request);
        if (!admissions.admits(credential)) {
            if (credential.isOfProgram()) {
                Answers.problem(
                        response,
                        callback,
                        ProblemCode.UNAUTHENTICATED,
                        "The token is not good for this project",
                        "Make one of role developer or more: ./lathe token add NAME --role developer.");
            } else if (Answers.isNavigation(request) && !isWebSocket(request)) {
                Answers.seeOther(response, callback, openPage(project));
            } else {
                unauthenticated(project, response, callback);
            }
            return;
        }
        // A page of another origin has the browser send its cookie, but knows no token.
        Optional<String> refusal = credential.isOfProgram() ? Optional.empty() : refusal(project, request);
        if (refusal.isPresent()) {
            forbidden(response, callback, refusal.get());
            return;
        }
        if (isWebSocket(request) && (!request.getMethod().equals("GET") || hasBody(request.getHeaders()))) {
            Answers.problem(
                    response,
                    callback,
                    ProblemCode.BAD_REQUEST,
                    "Not a WebSocket",
                    "An upgrade is a GET without a body.");
            return;
        }
        switch (upstreams.find(project)) {
            case Upstream.Running running
            when isWebSocket(request) -> tunnels.open(request, response, callback, credential, running);
            case Upstream.Running running -> forwarder.forward(request, response, callback, credential, running);
            case Upstream.Absent(Upstream.Reason reason) -> absent(project, reason, request, response, callback);
        }
    }

    private Optional<ProjectGrant> browser(String project, Request request) {
        return sessions.authenticate(project, CookieHeader.values(request.getHeaders(), ProjectSessions.COOKIE));
    }

    private boolean holds(Credential credential) {
        return credential.isOfProgram()
                ? programs.admits(credential.project(), credential.authorization(), credential.token())
                : sessions.authenticate(credential.project(), credential.cookies())
                        .isPresent();
    }

    private Optional<String> refusal(String project, Request request) {
        String ownOrigin = hosts.projectOrigin(project);
        return isWebSocket(request)
                ? EdgeRules.refusalOfWebSocket(request.getHeaders(), ownOrigin)
                : EdgeRules.refusal(request.getMethod(), request.getHeaders(), ownOrigin);
    }

    private void absent(String project, Upstream.Reason reason, Request request, Response response, Callback callback) {
        if (!Answers.isNavigation(request) || isWebSocket(request)) {
            Answers.problem(
                    response,
                    callback,
                    ProblemCode.UNAVAILABLE,
                    "The notebook server " + reason.words(),
                    "Start it on the project's page, " + projectPage(project) + ".");
            return;
        }
        if (reason == Upstream.Reason.STARTING) {
            response.getHeaders().put("Refresh", "2");
        }
        Answers.page(
                response,
                callback,
                503,
                new Answers.Page(
                        "The notebook server of " + project + " " + reason.words(),
                        reason == Upstream.Reason.STARTING
                                ? "This page goes on by itself as soon as it is ready."
                                : "Files and notebooks are kept; running variables are not.",
                        projectPage(project),
                        "Go to the project's page"));
    }

    private void unauthenticated(String project, Response response, Callback callback) {
        Answers.problem(
                response,
                callback,
                ProblemCode.UNAUTHENTICATED,
                "Not signed in to this project",
                "Open the project from the workbench, " + projectPage(project) + ".");
    }

    private static void forbidden(Response response, Callback callback, String reason) {
        Answers.problem(response, callback, ProblemCode.CROSS_SITE, "Request from another origin", reason);
    }

    private static void notFound(Response response, Callback callback) {
        Answers.problem(
                response,
                callback,
                ProblemCode.NOT_FOUND,
                "No such page",
                "On a project's host name there are only its notebooks and its own API.");
    }

    private String openPage(String project) {
        return projectPage(project) + "/open";
    }

    private String projectPage(String project) {
        return hosts.workbenchOrigin() + "/projects/" + project;
    }

    private static boolean isWebSocket(Request request) {
        return request.getHeaders().getCSV(HttpHeader.UPGRADE, false).stream()
                .anyMatch(protocol -> protocol.toLowerCase(Locale.ROOT).equals("websocket"));
    }

    private static boolean hasBody(HttpFields headers) {
        return headers.contains(HttpHeader.TRANSFER_ENCODING) || headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0;
    }

    /** Whether the next handler must say who it is: then cookies count for nothing. */
    private static boolean isOfProgram(HttpFields headers) {
        return headers.contains(HttpHeader.AUTHORIZATION);
    }
}
