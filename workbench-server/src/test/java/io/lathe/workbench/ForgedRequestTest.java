package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page of another site can make a logged-in browser send, and what it can have put there before the login. */
@Tag("slow")
class ForgedRequestTest {
    private static final String NEW_PROJECT = "{\"name\":\"forged\",\"template\":\"" + Checkout.TEMPLATE + "\"}";
    private static final String FORM = "application/x-www-form-urlencoded";

    @TempDir
    Path folder;

    private RunningWorkbench workbench;
    private int port;
    private String cookie = "";

    @BeforeEach
    void start() {
        workbench = new RunningWorkbench(folder.resolve("data"), Checkout.in(folder.resolve("home")));
        port = workbench.app.port();
        workbench.makeProject("mine");
        cookie = "Cookie: " + workbench.logIn();
    }

    @AfterEach
    void stop() {
        workbench.close();
    }

    private Wire post(String path) {
        return Wire.to(port, "POST", path).with(cookie);
    }

    private void nothingWasMade() {
        assertThat(workbench.get("/api/v1/projects").toString()).doesNotContain("forged");
    }

    @Test
    void aRequestThatAPageOfAnotherSiteCanSendChangesNothing() {
        String form = "name=forged&template=" + Checkout.TEMPLATE;
        for (Wire forged : List.of(
                post("/projects").body(FORM, form),
                post("/projects").body("text/plain", form),
                post("/projects").body("multipart/form-data; boundary=b", multipart(form)),
                post("/projects?csrf=&" + form),
                post("/api/v1/projects").body("text/plain", NEW_PROJECT),
                post("/api/v1/projects").body("text/plain;charset=application/json", NEW_PROJECT),
                post("/api/v1/projects").body(FORM, NEW_PROJECT),
                post("/api/v1/projects").body("application/json", NEW_PROJECT),
                post("/api/v1/projects?csrf=guess").body("application/json", NEW_PROJECT),
                post("/api/v1/projects").body("application/json", NEW_PROJECT).with("X-CSRF-Token: "),
                post("/api/v1/projects").body("application/json", NEW_PROJECT).with("X-CSRF-Token: null"))) {
            assertThat(forged.send().status()).as(forged.toString()).isEqualTo(403);
            assertThat(forged.with("Origin: https://evil.example").send().status())
                    .as(forged.toString())
                    .isEqualTo(403);
        }
        nothingWasMade();
    }

    private static String multipart(String form) {
        StringBuilder parts = new StringBuilder();
        for (String field : form.split("&")) {
            String[] pair = field.split("=");
            parts.append(
                    "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(pair[0], pair[1]));
        }
        return parts + "--b--\r\n";
    }

    @Test
    void noHeaderFieldOrParameterTurnsAnotherMethodIntoAChange() {
        for (String method : List.of("GET", "HEAD", "OPTIONS", "POST")) {
            for (String header : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Method")) {
                Wire disguised = Wire.to(port, method, "/api/v1/projects/mine/server?_method=DELETE")
                        .with(cookie, header + ": DELETE");
                assertThat(disguised.send().status()).as(disguised.toString()).isIn(400, 403, 404, 405);
            }
        }
        for (String method : List.of("post", "Post", "PATCH", "TRACE", "PROPFIND", "GETX", "DELETE")) {
            Wire.Reply reply = Wire.to(port, method, "/api/v1/projects")
                    .with(cookie)
                    .body("application/json", NEW_PROJECT)
                    .send();
            assertThat(reply.status()).as(method).isIn(400, 403, 404, 405, 501);
        }
        nothingWasMade();
    }

    @Test
    void aPreflightAllowsNothing() {
        for (String host : List.of("localhost:" + port, "mine.notebooks.localhost:" + port)) {
            Wire.Reply reply = Wire.to(port, "OPTIONS", "/api/v1/project/datasets")
                    .host(host)
                    .with(
                            "Origin: https://evil.example",
                            "Access-Control-Request-Method: PUT",
                            "Access-Control-Request-Headers: authorization")
                    .send();
            assertThat(reply.all().toLowerCase(java.util.Locale.ROOT)).doesNotContain("access-control-allow");
        }
        assertThat(Wire.to(port, "GET", "/api/v1/health")
                        .with("Origin: https://evil.example")
                        .send()
                        .header("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void aSessionThatWasThereBeforeTheLoginIsNotTheOneAfterIt() {
        String planted = "lathe_session=plantedplantedplantedplantedplantedplanted1";
        String url = workbench.post(201, "/api/v1/login-links", "").path("url").asText();
        Wire.Reply login = Wire.to(port, "POST", "/login")
                .with("Cookie: " + planted)
                .body(FORM, "code=" + url.substring(url.indexOf('=') + 1))
                .send();
        assertThat(login.status()).isEqualTo(303);
        assertThat(login.header("Set-Cookie").orElseThrow()).doesNotContain("planted");
        assertThat(Wire.to(port, "GET", "/api/v1/projects")
                        .with("Cookie: " + planted)
                        .send()
                        .status())
                .isEqualTo(401);
    }

    @Test
    void loggingInTwiceGivesTwoSessionsAndLoggingOutEndsOne() {
        String other = workbench.logIn();
        String csrf = new Callers(workbench).csrf(other);
        assertThat(Wire.to(port, "POST", "/logout")
                        .with("Cookie: " + other, "X-CSRF-Token: " + csrf)
                        .send()
                        .status())
                .isEqualTo(303);
        assertThat(Wire.to(port, "GET", "/api/v1/projects")
                        .with("Cookie: " + other)
                        .send()
                        .status())
                .isEqualTo(401);
        assertThat(Wire.to(port, "GET", "/api/v1/projects").with(cookie).send().status())
                .isEqualTo(200);
    }

    @Test
    void aTossedCookieNeitherLocksOutNorLogsIn() {
        String tossed = "lathe_session=x; ".repeat(150);
        assertThat(Wire.to(port, "GET", "/api/v1/projects")
                        .with("Cookie: " + tossed + cookie.substring("Cookie: ".length()))
                        .send()
                        .status())
                .isEqualTo(200);
        assertThat(Wire.to(port, "GET", "/api/v1/projects")
                        .with("Cookie: " + tossed)
                        .send()
                        .status())
                .isEqualTo(401);
    }

    @Test
    void noParameterLeadsTheBrowserAwayFromHere() {
        String csrf = "X-CSRF-Token: " + new Callers(workbench).csrf(cookie.substring("Cookie: ".length()));
        for (String away : List.of("https://evil.example", "//evil.example", "/\\evil.example", "%2f%2fevil.example")) {
            for (String name : List.of("next", "url", "return", "redirect", "continue", "to")) {
                String query = "?" + name + "=" + away;
                for (Wire request : List.of(
                        Wire.to(port, "GET", "/login" + query),
                        Wire.to(port, "POST", "/logout" + query).with("Cookie: " + workbench.logIn()),
                        Wire.to(port, "GET", "/projects/mine/open" + query).with(cookie),
                        post("/projects/mine/open" + query).with(csrf),
                        Wire.to(port, "GET", "/lathe/enter" + query).host("mine.notebooks.localhost:" + port))) {
                    assertThat(request.send().header("Location").orElse("/"))
                            .as(request.toString())
                            .doesNotContain("evil");
                }
            }
        }
        for (String path : List.of("//evil.example", "/\\evil.example", "/%2fevil.example", "/.//evil.example")) {
            for (String host : List.of("localhost:" + port, "mine.notebooks.localhost:" + port)) {
                assertThat(Wire.to(port, "GET", path)
                                .host(host)
                                .with(cookie)
                                .send()
                                .header("Location")
                                .orElse("/"))
                        .as(host + path)
                        .doesNotStartWith("//")
                        .doesNotStartWith("/\\")
                        .doesNotContain("evil");
            }
        }
    }
}
