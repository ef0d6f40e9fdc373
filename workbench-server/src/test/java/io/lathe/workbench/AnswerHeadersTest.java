package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.lathe.workbench.DocumentedRoutes.Row;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What every answer tells a browser: run nothing, be framed by nobody, keep nothing. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswerHeadersTest {
    private final RunningWorkbench workbench;
    private final int port;
    private final Callers callers;

    AnswerHeadersTest(@TempDir Path folder) {
        workbench = new RunningWorkbench(folder.resolve("data"), Checkout.in(folder.resolve("home")));
        port = workbench.app.port();
        workbench.makeProject("mine");
        callers = new Callers(workbench);
    }

    @AfterAll
    void stop() {
        workbench.close();
    }

    private static void strict(SoftAssertions all, String what, Wire.Reply reply) {
        String policy = reply.header("Content-Security-Policy").orElse("none");
        all.assertThat(policy)
                .as(what)
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http:*", "data:");
        all.assertThat(reply.header("X-Content-Type-Options")).as(what).contains("nosniff");
        all.assertThat(reply.header("Cache-Control").orElse("none")).as(what).contains("no-store");
        all.assertThat(reply.header("Server")).as(what).isEmpty();
        all.assertThat(reply.header("X-Powered-By")).as(what).isEmpty();
    }

    @Test
    void everyRouteAnswersSoWhoeverAsks() {
        SoftAssertions all = new SoftAssertions();
        for (Row row : DocumentedRoutes.ofWorkbench()) {
            String path = row.path().replace("{file}", "lathe.css").replaceAll("[{<][A-Za-z0-9]+[>}]", "mine");
            for (Callers.Caller caller : List.of(
                    callers.ownerBrowser(), new Callers.Caller("nobody", "nobody", "", List.of("Accept: text/html")))) {
                boolean stream = path.endsWith("/events");
                if (!stream || caller.role().equals("nobody")) {
                    Wire.Reply reply =
                            caller.on(Wire.to(port, row.method(), path)).send();
                    if (path.startsWith("/assets/")) {
                        all.assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
                        all.assertThat(reply.header("Content-Security-Policy").orElse(""))
                                .contains("default-src 'none'");
                    } else {
                        strict(all, row + " by " + caller.name(), reply);
                    }
                }
            }
        }
        all.assertAll();
    }

    @Test
    void everyRefusalAnswersSo() {
        SoftAssertions all = new SoftAssertions();
        String host = "mine.notebooks.localhost:" + port;
        for (Wire refused : List.of(
                Wire.to(port, "GET", "/").host("evil.example"),
                Wire.to(port, "GET", "/nothing"),
                Wire.to(port, "GET", "/nothing").with("Accept: text/html"),
                Wire.to(port, "GET", "/%2e%2e/x"),
                Wire.to(port, "GET", "/%zz"),
                Wire.to(port, "GET", "/" + "x".repeat(40_000)),
                Wire.to(port, "GET", "/").with("X: " + "y".repeat(40_000)),
                Wire.to(port, "PROPFIND", "/"),
                Wire.to(port, "PUT", "/"),
                Wire.to(port, "GET", "/").host(host),
                Wire.to(port, "GET", "/nothing").host(host),
                Wire.to(port, "GET", "/projects/mine/lab").host(host),
                Wire.to(port, "GET", "/projects/mine/lab").host(host).with("Accept: text/html"),
                Wire.to(port, "GET", "/api/v1/project").host(host),
                Wire.to(port, "GET", "/lathe/enter?ticket=x").host(host),
                Wire.to(port, "POST", "/lathe/enter?ticket=x").host(host))) {
            Wire.Reply reply = refused.send();
            strict(
                    all,
                    refused.method() + " " + refused.host()
                            + refused.target()
                                    .substring(0, Math.min(40, refused.target().length())) + " " + reply.status(),
                    reply);
            all.assertThat(reply.all()).doesNotContainIgnoringCase("jetty", "javalin");
        }
        all.assertAll();
    }

    @Test
    void cookiesAreForTheBrowserAloneAndForOneHost() {
        String url = workbench.post(201, "/api/v1/login-links", "").path("url").asText();
        String login = Wire.to(port, "POST", "/login")
                .body("application/x-www-form-urlencoded", "code=" + url.substring(url.indexOf('=') + 1))
                .send()
                .header("Set-Cookie")
                .orElseThrow();
        String ticket = workbench
                .post(201, "/api/v1/projects/mine/tickets", "")
                .path("url")
                .asText();
        String project = Wire.to(port, "GET", ticket.substring(ticket.indexOf("/lathe/")))
                .host("mine.notebooks.localhost:" + port)
                .send()
                .header("Set-Cookie")
                .orElseThrow();
        for (String cookie : List.of(login, project)) {
            assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/").doesNotContainIgnoringCase("domain");
        }
    }
}
