package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.workbench.access.Identity;
import io.lathe.workbench.access.PersonalTokens;
import io.lathe.workbench.access.Role;
import io.lathe.workbench.access.TokenName;
import io.lathe.workbench.web.Route;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
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

    private String add(String name, Role role) {
        String body = "{\"name\":\"" + name + "\",\"role\":\"" + role.wireName() + "\"}";
        return workbench.post(201, "/api/v1/tokens", body).path("token").asText();
    }

    private HttpRequest.Builder with(String token, String path) {
        return workbench.request(path).header("Authorization", "Bearer " + token);
    }

    private int status(String token, String path) {
        return workbench.send(with(token, path)).statusCode();
    }

    @Test
    void eachRoleMayDoWhatTheRolesBelowMayAndNothingMore() {
        for (Role role : Role.values()) {
            String token = add(role.wireName(), role);
            for (Route route : workbench.app.routes()) {
                Optional<Role> least = route.allow().role();
                if (least.isPresent() && !role.includes(least.get())) {
                    HttpRequest.Builder request = with(token, route.path().replaceAll("[{<][a-z0-9]+[>}]", "x"))
                            .method(route.method().name(), BodyPublishers.noBody());
                    assertThat(workbench.json(403, request).path("detail").asText())
                            .as(role + " " + route.title())
                            .contains(
                                    "'" + role.wireName() + "'",
                                    "'" + least.get().wireName() + "'");
                }
            }
            assertThat(status(token, "/api/v1/projects")).isEqualTo(200);
        }
        HttpRequest.Builder made = with(
                        workbench
                                .post(201, "/api/v1/tokens", "{\"name\":\"standard\"}")
                                .path("token")
                                .asText(),
                        "/api/v1/projects")
                .POST(BodyPublishers.ofString("{\"name\":\"mine\",\"template\":\"" + Checkout.TEMPLATE + "\"}"));
        workbench.json(201, made);
    }

    @Test
    void tokenIsShownOnceKeptAsHashAndCanBeToldFromOtherText() {
        String token = add("laptop", Role.VIEWER);
        assertThat(token).startsWith("lathe_").hasSizeGreaterThan(40);
        JsonNode shown = workbench.get("/api/v1/tokens/laptop");
        assertThat(shown.path("role").asText()).isEqualTo("viewer");
        assertThat(shown.toString() + workbench.get("/api/v1/tokens")).doesNotContain(token);
        assertThat(workbench
                        .app
                        .services()
                        .jdbi()
                        .withHandle(handle -> handle.createQuery("SELECT * FROM token")
                                .mapToMap()
                                .list())
                        .toString())
                .doesNotContain(token, token.substring(PersonalTokens.PREFIX.length()));
    }

    @Test
    void revokedTokenIsRefusedAtOnceAndSoIsTheBrowserItLetIn() {
        workbench.makeProject("mine");
        String token = add("laptop", Role.DEVELOPER);
        String url = workbench
                .json(201, with(token, "/api/v1/projects/mine/tickets").POST(BodyPublishers.noBody()))
                .path("url")
                .asText();
        String host = "mine.notebooks.localhost:" + workbench.app.port();
        String entered = workbench.raw(host, "GET " + url.substring(url.indexOf("/lathe/")));
        String cookie = "Cookie: "
                + entered.lines()
                        .filter(line -> line.startsWith("Set-Cookie: "))
                        .findFirst()
                        .orElseThrow()
                        .replaceFirst("Set-Cookie: ([^;]+);.*", "$1");
        assertThat(workbench.raw(host, "GET /api/v1/project", cookie)).contains(" 200 ");

        assertThat(workbench
                        .send(workbench.operator("/api/v1/tokens/laptop").DELETE())
                        .statusCode())
                .isEqualTo(204);

        assertThat(status(token, "/api/v1/projects")).isEqualTo(401);
        assertThat(workbench.raw(host, "GET /api/v1/project", cookie)).contains(" 401 ");
        assertThat(workbench.raw(host, "GET /api/v1/project", "Authorization: Bearer " + token))
                .contains(" 401 ");
        assertThat(workbench.get("/api/v1/tokens")).isEmpty();
        assertThat(add("laptop", Role.VIEWER)).isNotEqualTo(token);
    }

    @Test
    void expiredTokenIsRefused() {
        Services services = workbench.app.services();
        Clock earlier = Clock.offset(Clock.systemUTC(), Duration.ofDays(-2));
        PersonalTokens past = new PersonalTokens(services.jdbi(), earlier);
        String token = past.issue(services.ownerId(), new TokenName("old"), Role.OWNER, 1)
                .secret();
        assertThat(past.find(token)).isPresent();
        assertThat(status(token, "/api/v1/projects")).isEqualTo(401);
    }

    @Test
    void developersTokenOpensItsOwnersProjectsOnTheirHosts() {
        workbench.makeProject("mine");
        String developer = add("laptop", Role.DEVELOPER);
        String viewer = add("screen", Role.VIEWER);
        String host = "mine.notebooks.localhost:" + workbench.app.port();
        assertThat(workbench.raw(host, "GET /api/v1/project", "Authorization: Bearer " + developer))
                .contains(" 200 ", "\"name\":\"mine\"");
        assertThat(workbench.raw(host, "GET /api/v1/project", "Authorization: Bearer " + viewer))
                .contains(" 401 ");
        assertThat(workbench.raw(
                        "other.notebooks.localhost:" + workbench.app.port(),
                        "GET /api/v1/project",
                        "Authorization: Bearer " + developer))
                .contains(" 401 ");

        var authenticator = workbench.app.services().authenticator();
        assertThat(authenticator
                        .program("mine", "token " + developer, null)
                        .map(Identity.ProjectProgram::project)
                        .orElseThrow()
                        .project())
                .isEqualTo("mine");
        assertThat(authenticator.program("mine", null, developer)).isPresent();
        assertThat(authenticator.program("mine", "Bearer wrong", developer))
                .as("a header counts before the query")
                .isEmpty();
        assertThat(authenticator.program("other", null, developer)).isEmpty();
        assertThat(authenticator.program("mine", null, viewer)).isEmpty();
        assertThat(authenticator.program("mine", null, null)).isEmpty();
    }

    @Test
    void useIsNoted() {
        String token = add("laptop", Role.VIEWER);
        assertThat(workbench.get("/api/v1/tokens/laptop").has("lastUsedAt")).isFalse();
        status(token, "/api/v1/projects");
        assertThat(workbench.get("/api/v1/tokens/laptop").has("lastUsedAt")).isTrue();
    }

    @Test
    void wrongNamesAndRolesAreNamedWithTheNearest() {
        add("laptop", Role.VIEWER);
        assertThat(workbench
                        .json(404, workbench.operator("/api/v1/tokens/labtop").DELETE())
                        .path("detail")
                        .asText())
                .contains("'labtop'", "Did you mean 'laptop'?");
        assertThat(workbench
                        .post(400, "/api/v1/tokens", "{\"name\":\"b\",\"role\":\"devloper\"}")
                        .path("detail")
                        .asText())
                .contains("'devloper'", "Did you mean 'developer'?");
        workbench.post(409, "/api/v1/tokens", "{\"name\":\"laptop\"}");
        workbench.post(400, "/api/v1/tokens", "{\"name\":\"La ptop\"}");
        workbench.post(400, "/api/v1/tokens", "{\"name\":\"b\",\"days\":0}");
        workbench.post(400, "/api/v1/tokens", "{\"name\":\"b\",\"days\":4000}");
    }
}
