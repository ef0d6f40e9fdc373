package io.lathe.workbench;

import io.lathe.workbench.access.Role;
import io.lathe.workbench.access.Secrets;
import io.lathe.workbench.access.Sessions;
import io.lathe.workbench.access.TokenName;
import io.lathe.workbench.project.ProjectName;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Everybody who could call a workbench with the projects {@code mine} and {@code other}, each with what they carry. */
final class Callers {
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    private final RunningWorkbench workbench;
    private final int port;

    Callers(RunningWorkbench workbench) {
        this.workbench = workbench;
        this.port = workbench.app.port();
    }

    /**
     * A caller.
     *
     * @param name for messages
     * @param role as the document calls it; {@code nobody} for who proves nothing
     * @param refusedChanges why requests that change something are refused although the role may make them; empty when they are not
     * @param headers what the caller sends
     */
    record Caller(String name, String role, String refusedChanges, List<String> headers) {
        Wire on(Wire request) {
            return request.with(headers.toArray(String[]::new));
        }
    }

    /** Who calls the workbench's own host name. */
    List<Caller> ofWorkbench() {
        List<Caller> callers = new ArrayList<>();
        callers.add(known("nobody", "nobody"));
        callers.add(ownerBrowser());
        String cookie = workbench.logIn();
        String csrf = csrf(cookie);
        callers.add(careless("owner's browser without a CSRF token", "no token", "Cookie: " + cookie));
        callers.add(careless(
                "owner's browser with another session's CSRF token",
                "wrong token",
                "Cookie: " + cookie,
                "X-CSRF-Token: " + csrf(workbench.logIn())));
        for (String origin : List.of(
                "https://evil.example",
                "null",
                "http://mine.notebooks.localhost:" + port,
                "http://localhost:1",
                "https://localhost:" + port)) {
            callers.add(careless(
                    "owner's browser on a page of " + origin,
                    "foreign origin",
                    "Cookie: " + cookie,
                    "X-CSRF-Token: " + csrf,
                    "Origin: " + origin));
        }
        callers.add(bearer("operator token", "owner", workbench.secret("run/operator-token")));
        callers.add(bearer("serving token", "endpoint", workbench.secret("run/serving-token")));
        callers.add(bearer("kernel of mine", "project", kernelToken("mine")));
        callers.add(bearer("kernel of other", "project", kernelToken("other")));
        for (Role role : Role.values()) {
            callers.add(bearer(role + "'s token", role.wireName(), personalToken(role)));
        }
        callers.addAll(strangers());
        callers.add(known("project browser's cookie on the workbench", "nobody", "Cookie: " + projectCookie("mine")));
        return callers;
    }

    /** Who calls the host name of the project {@code mine}. */
    List<Caller> ofProjectMine() {
        String origin = "Origin: http://mine.notebooks.localhost:" + port;
        String cookie = "Cookie: " + projectCookie("mine");
        List<Caller> callers = new ArrayList<>();
        callers.add(known("nobody", "nobody"));
        callers.add(known("page of the project", "project", cookie, origin));
        callers.add(known("page of the project, old browser", "project", cookie, "Sec-Fetch-Site: same-origin"));
        callers.add(new Caller("project's cookie without an origin", "project", "no origin", List.of(cookie)));
        callers.add(bearer("kernel of mine", "project", kernelToken("mine")));
        callers.add(bearer("kernel of other", "nobody", kernelToken("other")));
        callers.add(bearer("personal token", "project", personalToken(Role.DEVELOPER)));
        callers.add(bearer("viewer's personal token", "nobody", personalToken(Role.VIEWER)));
        callers.add(bearer("operator token", "nobody", workbench.secret("run/operator-token")));
        callers.add(bearer("serving token", "nobody", workbench.secret("run/serving-token")));
        callers.add(known("cookie of another project", "nobody", "Cookie: " + projectCookie("other"), origin));
        callers.add(known("owner's session cookie", "nobody", "Cookie: " + workbench.logIn(), origin));
        callers.add(known(
                "owner's session under the project cookie's name",
                "nobody",
                "Cookie: " + workbench.logIn().replace(Sessions.COOKIE, "lathe_project"),
                origin));
        callers.addAll(strangers());
        return callers;
    }

    private List<Caller> strangers() {
        Services services = workbench.app.services();
        String revoked = services.projectTokens()
                .issue(
                        services.projects()
                                .load(services.ownerId(), new ProjectName("mine"))
                                .grant(),
                        "stopped-server");
        services.projectTokens().revoke("stopped-server");
        String ended = workbench.logIn();
        services.jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE session SET expires_at = 1 WHERE id_sha256 = ?",
                        Secrets.sha256(ended.substring(ended.indexOf('=') + 1))));
        String consumer = Secrets.fresh();
        services.jdbi()
                .useHandle(handle -> handle.execute(
                        "INSERT INTO consumer (id, owner_id, name, token_sha256, created_at) SELECT ?, id, ?, ?, 0 FROM account",
                        consumer,
                        consumer,
                        Secrets.sha256(consumer)));
        String taken = personalToken(Role.OWNER);
        services.jdbi()
                .useHandle(handle ->
                        handle.execute("UPDATE token SET revoked_at = 1 WHERE sha256 = ?", Secrets.sha256(taken)));
        String over = personalToken(Role.OWNER);
        services.jdbi()
                .useHandle(handle ->
                        handle.execute("UPDATE token SET expires_at = 1 WHERE sha256 = ?", Secrets.sha256(over)));
        return List.of(
                bearer("revoked personal token", "nobody", taken),
                bearer("expired personal token", "nobody", over),
                bearer("guessed token", "nobody", "guessed"),
                bearer("empty token", "nobody", ""),
                bearer("token of a server that has stopped", "nobody", revoked),
                bearer("consumer's token", "nobody", consumer),
                known("expired session", "nobody", "Cookie: " + ended),
                known(
                        "operator token as Basic",
                        "nobody",
                        "Authorization: Basic " + workbench.secret("run/operator-token")),
                known(
                        "wrong token beside a valid cookie",
                        "nobody",
                        "Authorization: Bearer guessed",
                        "Cookie: " + workbench.logIn()));
    }

    /** A person's browser that does everything right, with a session of its own: a call may end it. */
    Caller ownerBrowser() {
        String cookie = workbench.logIn();
        return known(
                "owner's browser",
                "owner",
                "Cookie: " + cookie,
                "X-CSRF-Token: " + csrf(cookie),
                "Origin: http://localhost:" + port);
    }

    String csrf(String cookie) {
        Matcher csrf = CSRF.matcher(
                workbench.send(workbench.request("/").header("Cookie", cookie)).body());
        if (!csrf.find()) {
            throw new AssertionError("no CSRF token on the page");
        }
        return csrf.group(1);
    }

    String projectCookie(String project) {
        String url = workbench
                .post(201, "/api/v1/projects/" + project + "/tickets", "")
                .path("url")
                .asText();
        String cookie = Wire.to(port, "GET", url.substring(url.indexOf("/lathe/")))
                .host(project + ".notebooks.localhost:" + port)
                .send()
                .header("Set-Cookie")
                .orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private String kernelToken(String project) {
        Services services = workbench.app.services();
        // Of another server for each project, so that revoking one leaves the other.
        return services.projectTokens()
                .issue(
                        services.projects()
                                .load(services.ownerId(), new ProjectName(project))
                                .grant(),
                        "server-" + System.nanoTime());
    }

    private String personalToken(Role role) {
        Services services = workbench.app.services();
        TokenName name = new TokenName(role.wireName() + "-" + System.nanoTime());
        return services.personalTokens()
                .issue(services.ownerId(), name, role, 1)
                .secret();
    }

    private static Caller known(String name, String role, String... headers) {
        return new Caller(name, role, "", List.of(headers));
    }

    private static Caller careless(String name, String refused, String... headers) {
        return new Caller(name, "owner", refused, List.of(headers));
    }

    private static Caller bearer(String name, String role, String token) {
        return known(name, role, "Authorization: Bearer " + token);
    }
}
