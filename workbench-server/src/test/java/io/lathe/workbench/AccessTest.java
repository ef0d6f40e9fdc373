package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.lathe.workbench.access.Sessions;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow") // a workbench for each of many
class AccessTest {
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    @TempDir
    Path folder;

    private RunningWorkbench workbench;

    @BeforeEach
    void start() {
        workbench = new RunningWorkbench(folder.resolve("data"), Checkout.in(folder.resolve("home")));
    }

    @AfterEach
    void stop() {
        workbench.close();
    }

    private String freshCode() {
        String url = workbench.post(201, "/api/v1/login-links", "").path("url").asText();
        assertThat(url).startsWith("http://localhost:" + workbench.app.port() + "/login?code=");
        return url.substring(url.indexOf('=') + 1);
    }

    private String csrf(String cookie) {
        Matcher csrf = CSRF.matcher(
                workbench.send(workbench.request("/").header("Cookie", cookie)).body());
        assertThat(csrf.find()).isTrue();
        return csrf.group(1);
    }

    @Test
    void lookingAtALoginLinkDoesNotUseItUp() {
        String code = freshCode();
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> page = workbench.send(workbench.request("/login?code=" + code));
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("<form method=\"post\" action=\"/login\">", code);
            assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
        }
        assertThat(workbench.send(workbench.form("/login", "code=" + code)).statusCode())
                .isEqualTo(303);
    }

    @Test
    void loginLinkWorksOnceAndThenSaysHowToGetAnother() {
        String code = freshCode();
        HttpResponse<String> first = workbench.send(workbench.form("/login", "code=" + code));
        assertThat(first.headers().firstValue("Location")).contains("/");
        assertThat(first.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("HttpOnly", "SameSite=Lax", "Path=/")
                .doesNotContain("Domain");

        HttpResponse<String> second = workbench.send(workbench.form("/login", "code=" + code));
        assertThat(second.statusCode()).isEqualTo(410);
        assertThat(second.body())
                .contains("./lathe login --data " + workbench.data)
                .doesNotContain("logged in already");
        String session = first.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        assertThat(workbench
                        .send(workbench.request("/login?code=" + code).header("Cookie", session))
                        .body())
                .contains("This browser is logged in already");
        assertThat(second.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(workbench.send(workbench.request("/login?code=" + code)).statusCode())
                .isEqualTo(410);
        assertThat(workbench.send(workbench.form("/login", "code=guessed")).statusCode())
                .isEqualTo(410);
    }

    @Test
    void pageWithoutLoginShowsHowToLogInAndApiAnswersAProblem() {
        HttpResponse<String> page = workbench.send(workbench.request("/").header("Accept", "text/html"));
        assertThat(page.statusCode()).isEqualTo(401);
        assertThat(page.body()).contains("./lathe login");

        HttpResponse<String> api = workbench.send(workbench.request("/api/v1/projects"));
        assertThat(api.statusCode()).isEqualTo(401);
        assertThat(api.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(api.body()).contains("\"type\":\"/problems/unauthenticated\"");
    }

    @Test
    void formWithoutTheSessionsTokenChangesNothing() {
        String cookie = workbench.logIn();
        String fields = "name=mine&template=" + Checkout.TEMPLATE;

        assertThat(workbench
                        .send(workbench.form("/projects", fields).header("Cookie", cookie))
                        .statusCode())
                .isEqualTo(403);
        assertThat(workbench
                        .send(workbench
                                .form("/projects", fields + "&csrf=wrong")
                                .header("Cookie", cookie))
                        .statusCode())
                .isEqualTo(403);
        assertThat(workbench
                        .send(workbench
                                .form("/projects", fields + "&csrf=" + csrf(workbench.logIn()))
                                .header("Cookie", cookie))
                        .statusCode())
                .as("another session's token")
                .isEqualTo(403);
        assertThat(workbench.get("/api/v1/projects")).isEmpty();

        HttpResponse<String> made = workbench.send(
                workbench.form("/projects", fields + "&csrf=" + csrf(cookie)).header("Cookie", cookie));
        assertThat(made.statusCode()).isEqualTo(303);
        assertThat(made.headers().firstValue("Location")).contains("/projects/mine");
    }

    @Test
    void postFromAnotherSiteIsRefusedEvenWithCookieAndToken() {
        String cookie = workbench.logIn();
        String csrf = csrf(cookie);
        for (String origin : new String[] {
            "https://evil.example",
            "null",
            "http://mine.notebooks.localhost:" + workbench.app.port(),
            "http://127.0.0.1:1"
        }) {
            HttpRequest.Builder request = workbench
                    .request("/api/v1/projects")
                    .header("Cookie", cookie)
                    .header("X-CSRF-Token", csrf)
                    .header("Origin", origin)
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"name\":\"mine\",\"template\":\"" + Checkout.TEMPLATE + "\"}"));
            assertThat(workbench.send(request).statusCode()).as(origin).isEqualTo(403);
        }
        assertThat(workbench.get("/api/v1/projects")).isEmpty();
        HttpRequest.Builder login =
                workbench.form("/login", "code=" + freshCode()).header("Origin", "https://evil.example");
        assertThat(workbench.send(login).statusCode())
                .as("logging somebody else in")
                .isEqualTo(403);
    }

    @Test
    void headerThatNamesAnotherMethodIsRefused() {
        HttpRequest.Builder disguised = workbench
                .request("/api/v1/login-links")
                .header("Cookie", workbench.logIn())
                .header("X-HTTP-Method-Override", "POST");
        assertThat(workbench.send(disguised).statusCode()).isEqualTo(400);
    }

    @Test
    void refusalOfTheWebServerItselfTellsNothingAndAllowsNothing() {
        HttpResponse<String> refused = workbench.send(workbench.operator("/api/v1/models/%2e%2e"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(refused.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'");
        assertThat(refused.body()).doesNotContain("<", "jetty", "java.");
    }

    @Test
    void ticketOfASessionThatHasEndedOpensNothing() {
        workbench.makeProject("mine");
        String cookie = workbench.logIn();
        HttpRequest.Builder asked = workbench
                .request("/api/v1/projects/mine/tickets")
                .header("Cookie", cookie)
                .header("X-CSRF-Token", csrf(cookie))
                .POST(HttpRequest.BodyPublishers.noBody());
        String ticket = workbench.json(201, asked).path("url").asText().replaceFirst("^.*(/lathe/)", "$1");
        workbench.send(workbench.form("/logout", "csrf=" + csrf(cookie)).header("Cookie", cookie));

        assertThat(workbench.raw("mine.notebooks.localhost:" + workbench.app.port(), "GET " + ticket))
                .startsWith("HTTP/1.1 403")
                .doesNotContain("Set-Cookie");
    }

    @Test
    void loggingOutEndsTheSession() {
        String cookie = workbench.logIn();
        HttpResponse<String> out =
                workbench.send(workbench.form("/logout", "csrf=" + csrf(cookie)).header("Cookie", cookie));
        assertThat(out.statusCode()).isEqualTo(303);
        assertThat(workbench
                        .send(workbench.request("/api/v1/projects").header("Cookie", cookie))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void sessionOutlivesARestart() {
        String cookie = workbench.logIn();
        workbench.close();
        workbench = new RunningWorkbench(folder.resolve("data"), folder.resolve("home"));
        assertThat(workbench
                        .send(workbench.request("/api/v1/projects").header("Cookie", cookie))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void wrongBearerTokenIsNotSavedByAValidCookie() {
        HttpRequest.Builder request = workbench
                .request("/api/v1/projects")
                .header("Cookie", workbench.logIn())
                .header("Authorization", "Bearer wrong");
        assertThat(workbench.send(request).statusCode()).isEqualTo(401);
    }

    @Test
    void cookiesOfOneNameMayComeInAnyOrder() {
        String cookie = workbench.logIn();
        HttpRequest.Builder request = workbench
                .request("/api/v1/projects")
                .header("Cookie", Sessions.COOKIE + "=stale; " + cookie + "; " + Sessions.COOKIE + "=other");
        assertThat(workbench.send(request).statusCode()).isEqualTo(200);
    }

    @Test
    void everyTokenMayDoItsOwnWorkAndNothingElse() {
        workbench.makeProject("mine");
        String serving = workbench.secret("run/serving-token");
        HttpRequest.Builder servingReads =
                workbench.request("/api/v1/projects").header("Authorization", "Bearer " + serving);
        assertThat(workbench.send(servingReads).statusCode()).isEqualTo(403);
        assertThat(workbench.send(workbench.kernel("mine", "/api/v1/projects")).statusCode())
                .isEqualTo(403);
        assertThat(workbench.send(workbench.kernel("mine", "/api/v1/routes")).statusCode())
                .isEqualTo(403);
        assertThat(workbench.send(workbench.kernel("mine", "/api/v1/project")).statusCode())
                .isEqualTo(200);
        assertThat(workbench.send(workbench.operator("/api/v1/project")).statusCode())
                .isEqualTo(403);
        assertThat(workbench.send(workbench.operator("/api/v1/routes")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void secretsAreReadableByTheirOwnerOnly() throws Exception {
        for (String file : new String[] {"run/operator-token", "run/serving-token"}) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("data").resolve(file))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void pagesForbidWhatTheyDoNotNeed() {
        HttpResponse<String> page = workbench.send(workbench.request("/").header("Cookie", workbench.logIn()));
        String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertThat(policy).contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
        assertThat(policy).doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("same-origin");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.body())
                .doesNotContain("<style", " style=", "javascript:")
                .doesNotContainPattern(" on[a-z]+=\"");
        assertThat(page.body()).doesNotContainPattern("<script(?! src=)");
    }

    @Test
    void ticketOpensItsProjectOnceAndNoOther() {
        workbench.makeProject("mine");
        workbench.makeProject("other");
        String port = ":" + workbench.app.port();
        String url = workbench
                .post(201, "/api/v1/projects/mine/tickets", "")
                .path("url")
                .asText();
        assertThat(url).startsWith("http://mine.notebooks.localhost" + port + "/lathe/enter?ticket=");
        String path = url.substring(url.indexOf("/lathe/"));

        assertThat(workbench.raw("other.notebooks.localhost" + port, "GET " + path))
                .doesNotContain("Set-Cookie");
        assertThat(workbench.raw("mine.notebooks.localhost" + port, "GET " + path))
                .as("a ticket shown to the wrong project is used up")
                .doesNotContain("Set-Cookie");

        String fresh = workbench
                .post(201, "/api/v1/projects/mine/tickets", "")
                .path("url")
                .asText();
        path = fresh.substring(fresh.indexOf("/lathe/"));
        String entered = workbench.raw("mine.notebooks.localhost" + port, "GET " + path);
        assertThat(entered).contains("303", "lathe_project=", "HttpOnly", "/projects/mine/lab");
        assertThat(workbench.raw("mine.notebooks.localhost" + port, "GET " + path))
                .doesNotContain("Set-Cookie");

        String cookie = "Cookie: " + cookie(entered);
        assertThat(workbench.raw("mine.notebooks.localhost" + port, "GET /api/v1/project", cookie))
                .contains(" 200 ", "\"name\":\"mine\"");
        assertThat(workbench.raw("other.notebooks.localhost" + port, "GET /api/v1/project", cookie))
                .contains(" 401 ");
        assertThat(workbench.raw("localhost" + port, "GET /api/v1/projects", cookie))
                .contains(" 401 ");
    }

    @Test
    void browserWhoseWayIntoJupyterLabHasEndedArrivesAtTheProjectsPage() {
        workbench.makeProject("mine");
        HttpRequest.Builder request = workbench.request("/projects/mine/open").header("Cookie", workbench.logIn());
        HttpResponse<String> answer = workbench.send(request.GET());
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/projects/mine");
    }

    @Test
    void unsafeRequestOfAProjectsPageNeedsItsOwnOrigin() {
        workbench.makeProject("mine");
        String port = ":" + workbench.app.port();
        String host = "mine.notebooks.localhost" + port;
        String url = workbench
                .post(201, "/api/v1/projects/mine/tickets", "")
                .path("url")
                .asText();
        String cookie = "Cookie: " + cookie(workbench.raw(host, "GET " + url.substring(url.indexOf("/lathe/"))));
        String post = "POST /api/v1/project/publications?model=m&evaluateOn=d@v1";

        assertThat(workbench.raw(host, post, cookie)).contains(" 403 ");
        assertThat(workbench.raw(host, post, cookie, "Origin: http://evil.example"))
                .contains(" 403 ");
        assertThat(workbench.raw(host, post, cookie, "Origin: http://localhost" + port))
                .contains(" 403 ");
        assertThat(workbench.raw(host, post, cookie, "Origin: http://" + host))
                .as("let through, and only then refused for what it sends")
                .contains(" 415 ");
    }

    private static String cookie(String response) {
        Matcher cookie = Pattern.compile("(lathe_project=[^;\\s]+)").matcher(response);
        assertThat(cookie.find()).as(response).isTrue();
        return cookie.group(1);
    }
}
