package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectsTest {
    @TempDir
    Path folder;

    private Path data;
    private Path home;
    private RunningWorkbench workbench;

    @BeforeEach
    void start() {
        data = folder.resolve("data");
        home = Checkout.in(folder.resolve("home"));
        workbench = new RunningWorkbench(data, home);
    }

    @AfterEach
    void stop() {
        workbench.close();
    }

    @Test
    void projectHasItsTemplatesFilesAndData() throws Exception {
        JsonNode made = workbench.post(201, "/api/v1/projects", "{\"name\":\"mine\",\"template\":\"tabular\"}");
        assertThat(made.path("name").asText()).isEqualTo("mine");
        assertThat(made.path("server").isNull()).isTrue();
        assertThat(data.resolve("projects/mine/first.ipynb")).hasContent("{}");
        assertThat(data.resolve("projects/mine/src/Code.java")).exists();
        assertThat(data.resolve("projects/mine/template.json")).doesNotExist();

        JsonNode datasets = workbench.get("/api/v1/datasets");
        assertThat(datasets.get(0).path("name").asText()).isEqualTo("penguins-test");
        assertThat(datasets.get(0).path("latest").asInt()).isEqualTo(1);

        workbench.makeProject("second");
        assertThat(workbench.get("/api/v1/datasets").get(0).path("latest").asInt())
                .as("a dataset that is there is left alone")
                .isEqualTo(1);
    }

    @Test
    void withoutAValidTokenNoServerStarts() {
        workbench.makeProject("mine");
        String server = "/api/v1/projects/mine/server";

        assertThat(workbench
                        .send(workbench.request(server).POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(401);
        assertThat(workbench
                        .send(workbench
                                .request(server)
                                .header("Authorization", "Bearer guessed")
                                .POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(401);

        assertThat(workbench.get("/api/v1/projects/mine").path("server").isNull())
                .isTrue();
    }

    @Test
    void damagedDatasetIsNamedAndHidesNothingElse() throws Exception {
        workbench.makeProject("mine");
        Files.writeString(data.resolve("store/refs/datasets/broken.json"), "{");

        JsonNode datasets = workbench.get("/api/v1/datasets");
        assertThat(datasets.get(0).path("name").asText()).isEqualTo("broken");
        assertThat(datasets.get(0).path("error").asText()).contains("damaged");
        assertThat(datasets.get(1).path("latest").asInt()).isEqualTo(1);
        assertThat(datasets.get(1).has("error")).isFalse();

        var home = workbench.send(workbench.request("/").header("Cookie", workbench.logIn()));
        assertThat(home.statusCode()).isEqualTo(200);
        assertThat(home.body())
                .contains("/datasets/penguins-test/versions/1", "The reference of 'broken' is damaged", "mine");
    }

    @Test
    void takenNameIsAConflictAndChangesNothing() throws Exception {
        workbench.makeProject("mine");
        Files.writeString(data.resolve("projects/mine/first.ipynb"), "work");
        JsonNode problem = workbench.post(409, "/api/v1/projects", "{\"name\":\"mine\",\"template\":\"tabular\"}");
        assertThat(problem.path("detail").asText()).contains("mine");
        assertThat(data.resolve("projects/mine/first.ipynb")).hasContent("work");
    }

    @Test
    void hostileNamesMakeNothing() throws Exception {
        for (String name : List.of(
                "",
                "../up",
                "a/b",
                "A",
                "1a",
                "a.b",
                "a".repeat(31),
                "a b",
                "a\\u0000",
                "ä",
                "%2e%2e",
                "a-",
                "xn--a")) {
            workbench.post(400, "/api/v1/projects", "{\"name\":\"" + name + "\",\"template\":\"tabular\"}");
        }
        workbench.post(404, "/api/v1/projects", "{\"name\":\"mine\",\"template\":\"../templates/tabular\"}");
        workbench.post(400, "/api/v1/projects", "{\"template\":\"tabular\"}");
        workbench.post(400, "/api/v1/projects", "[]");
        workbench.post(400, "/api/v1/projects", "not json");
        try (Stream<Path> projects = Files.list(data.resolve("projects"))) {
            assertThat(projects).isEmpty();
        }
    }

    @Test
    void unknownTemplateNamesTheNearest() {
        JsonNode problem = workbench.post(404, "/api/v1/projects", "{\"name\":\"mine\",\"template\":\"tabulär\"}");
        assertThat(problem.path("detail").asText()).contains("'tabular'");
    }

    @Test
    void missingDataFileLeavesNoProjectBehind() throws Exception {
        Files.delete(home.resolve(".build/python/lib/python3.11/site-packages/sample/data/penguins.csv"));
        JsonNode problem = workbench.post(503, "/api/v1/projects", "{\"name\":\"mine\",\"template\":\"tabular\"}");
        assertThat(problem.path("detail").asText()).contains("sample", "./lathe up");
        assertThat(workbench.get("/api/v1/projects")).isEmpty();
        try (Stream<Path> projects = Files.list(data.resolve("projects"))) {
            assertThat(projects).isEmpty();
        }
    }

    @Test
    void projectsOutliveARestart() {
        workbench.makeProject("mine");
        JsonNode before = workbench.get("/api/v1/projects");
        workbench.close();
        workbench = new RunningWorkbench(data, home);
        assertThat(workbench.get("/api/v1/projects")).isEqualTo(before);
    }

    @Test
    void pagesShowProjectsAndEscapeWhatTheyShow() {
        workbench.makeProject("mine");
        String cookie = workbench.logIn();
        assertThat(page(cookie, "/")).contains("href=\"/projects/mine\"");
        assertThat(page(cookie, "/projects/new"))
                .contains("Tabular &lt;classification&gt;", "Rows &amp; columns")
                .doesNotContain("<classification>");
        assertThat(page(cookie, "/projects/mine"))
                .contains("Notebook server", "first.ipynb", "action=\"/projects/mine/start\"");
        assertThat(page(cookie, "/models")).contains("Nothing published yet");
        assertThat(page(cookie, "/consumers")).contains("no model to call yet");
        var missing = workbench.send(
                workbench.request("/projects/mime").header("Cookie", cookie).header("Accept", "text/html"));
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).contains("Did you mean");
    }

    private String page(String cookie, String path) {
        var answer = workbench.send(workbench.request(path).header("Cookie", cookie));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        return answer.body();
    }
}
