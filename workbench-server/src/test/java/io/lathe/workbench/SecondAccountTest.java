package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.lathe.workbench.access.Role;
import io.lathe.workbench.access.TokenName;
import io.lathe.workbench.event.JobId;
import io.lathe.workbench.project.ProjectName;
import io.lathe.workbench.serving.ConsumerName;
import io.lathe.workbench.web.Payload;
import io.lathe.workbench.web.Route;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A second account, made in the database: it finds nothing of the first one's things, as if they were not there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecondAccountTest {
    private static final String PUBLICATION = "11111111-1111-4111-8111-111111111111";

    private final RunningWorkbench workbench;
    private final Services services;
    private final String stranger;
    private final String strangersKernel;

    SecondAccountTest(@TempDir Path folder) {
        workbench = new RunningWorkbench(folder.resolve("data"), Checkout.in(folder.resolve("home")));
        services = workbench.app.services();
        workbench.makeProject("mine");
        Published.version(services, "mine", PUBLICATION, '0');
        services.consumers().add(services.ownerId(), new ConsumerName("first"), Set.of("penguins"));
        services.personalTokens().issue(services.ownerId(), new TokenName("first"), Role.VIEWER, 1);
        services.jdbi()
                .useHandle(handle -> handle.execute(
                        "INSERT INTO account (id, name, created_at) VALUES ('second', 'second', ?)", Long.MAX_VALUE));
        stranger = services.personalTokens()
                .issue("second", new TokenName("second"), Role.OWNER, 1)
                .secret();
        strangersKernel = services.projectTokens()
                .issue(
                        services.projects()
                                .create("second", new ProjectName("theirs"), Checkout.TEMPLATE)
                                .grant(),
                        "server");
    }

    @AfterAll
    void stop() {
        workbench.close();
    }

    private HttpRequest.Builder call(Route route, String token) {
        String path = route.path()
                .replace("{name}", route.path().contains("/projects/") ? "mine" : "first")
                .replace("{model}", "penguins")
                .replace("{alias}", "production")
                .replace("{version}", "1")
                .replace("{id}", PUBLICATION)
                .replace("<key>", "refs/datasets/penguins-test.json");
        return workbench
                .request(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", route.isApi() ? "application/json" : "application/x-www-form-urlencoded")
                .method(
                        route.method().name(),
                        BodyPublishers.ofString(route.isApi() ? "{\"version\":1}" : "version=1"));
    }

    @Test
    void whatIsNamedIsNotThereOnAnyRoute() {
        int asked = 0;
        for (Route route : workbench.app.routes()) {
            boolean named = route.path().matches(".*\\{(name|model|id)}.*");
            Optional<String> token = switch (route.allow()) {
                case VIEWER, DEVELOPER, MAINTAINER, OWNER -> Optional.of(stranger);
                case PROJECT -> Optional.of(strangersKernel);
                case EVERYBODY, SERVING_ENDPOINT -> Optional.empty();
            };
            if (named && token.isPresent()) {
                HttpResponse<String> answer = workbench.send(call(route, token.get()));
                assertThat(answer.statusCode())
                        .as("%s answered %s", route.title(), answer.body())
                        .isEqualTo(404);
                assertThat(answer.body()).as(route.title()).doesNotContain("Did you mean");
                asked++;
            }
        }
        assertThat(asked).isGreaterThan(20);
        assertThat(workbench
                        .get("/api/v1/models/penguins")
                        .at("/aliases/production")
                        .asInt())
                .isEqualTo(1);
        assertThat(workbench.get("/api/v1/consumers")).hasSize(1);
    }

    @Test
    void listsAndPagesShowNothingOfTheFirstAccount() {
        for (Route route : workbench.app.routes()) {
            boolean list = route.answers().stream().anyMatch(answer -> answer.payload() instanceof Payload.Many)
                    || (!route.isApi() && route.method().name().equals("GET"));
            // The API's page shows what its document has: examples, the same to everybody.
            boolean data = !route.path().equals("/api");
            if (list
                    && data
                    && !route.path().contains("{")
                    && route.allow().role().isPresent()) {
                HttpResponse<String> answer = workbench.send(call(route, stranger));
                assertThat(answer.statusCode()).as(route.title()).isEqualTo(200);
                if (!route.path().equals("/projects/new") && !route.path().endsWith("/templates")) {
                    assertThat(answer.body())
                            .as(route.title())
                            .doesNotContain("mine", "penguins", "\"first\"", ">first<");
                }
            }
        }
        for (String path : List.of("/api/v1/project/models", "/api/v1/project/datasets")) {
            assertThat(workbench.json(
                            200, workbench.request(path).header("Authorization", "Bearer " + strangersKernel)))
                    .isEmpty();
        }
    }

    @Test
    void theStoresDatasetsAreNotReadWrittenOrListed() {
        for (Route route : workbench.app.routes()) {
            if (route.path().contains("<key>")) {
                HttpRequest.Builder request = call(route, strangersKernel).header("If-None-Match", "*");
                assertThat(workbench.send(request).statusCode())
                        .as(route.title())
                        .isEqualTo(403);
            }
        }
        assertThat(workbench
                        .json(
                                200,
                                workbench
                                        .request("/api/v1/project/store/list")
                                        .header("Authorization", "Bearer " + strangersKernel))
                        .path("keys"))
                .hasSize(1);
        assertThat(workbench
                        .send(workbench
                                .request("/api/v1/project/publications?model=other&evaluateOn=penguins-test@v1")
                                .header("Authorization", "Bearer " + strangersKernel)
                                .POST(BodyPublishers.ofString("zip")))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void namesOfHostsModelsAndConsumersAreOneSpace() {
        HttpRequest.Builder project = workbench
                .request("/api/v1/projects")
                .header("Authorization", "Bearer " + stranger)
                .POST(BodyPublishers.ofString("{\"name\":\"mine\",\"template\":\"" + Checkout.TEMPLATE + "\"}"));
        workbench.json(409, project);
    }

    @Test
    void tokenOfTheSecondOpensNoProjectOfTheFirst() {
        String mine = "mine.notebooks.localhost:" + workbench.app.port();
        assertThat(workbench.raw(mine, "GET /api/v1/project", "Authorization: Bearer " + stranger))
                .contains(" 401 ");
        assertThat(services.authenticator().program("mine", null, stranger)).isEmpty();
        assertThat(services.authenticator().program("theirs", null, stranger)).isPresent();
    }

    @Test
    void eventsOfAJobAreReadByItsOwnerAlone() throws InterruptedException {
        JobId job = services.jobs().start(services.ownerId(), "publication", "penguins");
        services.jobs().append(job, "step", "{}");

        assertThat(services.jobs().read(services.ownerId(), job, 0, 10)).hasSize(1);
        assertThat(services.jobs().read("second", job, 0, 10)).isEmpty();
        // It neither waits for what is not the stranger's nor says whether it goes on.
        assertThat(services.jobs().await("second", job, 0, 10, Duration.ofMinutes(10)))
                .isEmpty();
        assertThat(services.jobs().isFinished("second", job)).isTrue();
    }
}
