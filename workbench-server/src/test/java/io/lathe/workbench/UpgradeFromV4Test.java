package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.workbench.access.Secrets;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a data folder of the Lathe that first gave projects addresses. */
class UpgradeFromV4Test {
    private static final String PUBLICATION = "13bf6226-604d-42e7-b878-86f784507d2a";
    private static final String ITS_BUNDLE = "197edffa9f24332ace420f66a99fc1186526d6ee0ff236a99b2d41f0f35fcc66.zip";

    @TempDir
    Path folder;

    private Path data = Path.of("");
    private Path home = Path.of("");

    @BeforeEach
    void layOut() {
        data = OldDataFolder.ofV4In(folder.resolve("data"));
        home = Checkout.in(folder.resolve("home"));
    }

    @Test
    void everythingIsThere() throws Exception {
        try (RunningWorkbench workbench = new RunningWorkbench(data, home)) {
            JsonNode model = workbench.get("/api/v1/models/penguins");
            assertThat(model.at("/aliases/production").asInt()).isEqualTo(2);
            assertThat(model.path("versions")).hasSize(2);
            assertThat(workbench
                            .get("/api/v1/publications/" + PUBLICATION)
                            .path("state")
                            .asText())
                    .isEqualTo("done");
            JsonNode routes = workbench.json(
                    200,
                    workbench
                            .request("/api/v1/routes")
                            .header("Authorization", "Bearer " + workbench.secret("run/serving-token")));
            assertThat(routes.path("consumers").findValuesAsText("tokenSha256"))
                    .contains(Secrets.sha256(workbench.secret("consumer-token")));
            HttpResponse<String> robot = workbench.send(workbench
                    .request("/api/v1/projects")
                    .header("Authorization", "Bearer " + workbench.secret("personal-token")));
            assertThat(robot.statusCode()).as(robot.body()).isEqualTo(200);
            assertThat(robot.body()).contains("f73ca21d-304b-49d8-9b3c-f930e4ad78a2");
        }
        assertThat(one("SELECT address FROM project")).isEqualTo("127.73.47.164");
        assertThat(one("SELECT newest FROM model")).isEqualTo("2");
        assertThat(data.resolve("lathe.db.before-V" + one("SELECT MAX(installed_rank) + 1 FROM flyway_schema_history")))
                .exists();
    }

    @Test
    void publicationThatWasKilledWhenItsVersionWasInProductionGoesOnThere() throws Exception {
        killedWhileDeploying();
        Files.copy(data.resolve("store/bundles").resolve(ITS_BUNDLE), uploaded());
        try (RunningWorkbench workbench = new RunningWorkbench(data, home)) {
            JsonNode publication = workbench.get("/api/v1/publications/" + PUBLICATION);
            assertThat(publication.path("state").asText()).isEqualTo("switching");
            assertThat(publication.path("version").asInt()).isEqualTo(2);
            assertThat(workbench
                            .get("/api/v1/models/penguins")
                            .at("/aliases/production")
                            .asInt())
                    .isEqualTo(2);
        }
    }

    @Test
    void publicationThatWasKilledBeforeItsVersionWasMadeMakesIt() throws Exception {
        killedWhileDeploying();
        execute("DELETE FROM alias_move WHERE to_version = 2");
        execute("UPDATE alias SET version = 1");
        execute("DELETE FROM model_version WHERE number = 2");
        Files.move(data.resolve("store/bundles").resolve(ITS_BUNDLE), uploaded());
        try (RunningWorkbench workbench = new RunningWorkbench(data, home)) {
            RunningWorkbench.await(
                    "the version is there",
                    () -> workbench
                            .get("/api/v1/publications/" + PUBLICATION)
                            .path("state")
                            .asText()
                            .equals("deploying"));
            JsonNode model = workbench.get("/api/v1/models/penguins");
            assertThat(model.at("/aliases/production").asInt())
                    .as("nothing is in production before it is loaded")
                    .isEqualTo(1);
            assertThat(data.resolve("store/bundles").resolve(ITS_BUNDLE)).exists();
        }
    }

    private void killedWhileDeploying() throws Exception {
        String it = " WHERE id = '" + PUBLICATION + "'";
        execute("UPDATE publication SET state = 'DEPLOYING', version = NULL" + it);
        execute("UPDATE job SET finished_at = NULL WHERE id = (SELECT job_id FROM publication" + it + ")");
    }

    private Path uploaded() throws Exception {
        return Files.createDirectories(data.resolve("uploads")).resolve(PUBLICATION + ".zip");
    }

    private String one(String sql) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("lathe.db"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private void execute(String sql) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("lathe.db"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
