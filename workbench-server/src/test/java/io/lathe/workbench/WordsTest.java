package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.lathe.workbench.json.Json;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A name that is nearly right is answered with the one that is; one that is far off with those there are, or with nothing. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WordsTest {
    private final RunningWorkbench workbench;

    WordsTest(@TempDir Path folder) {
        workbench = new RunningWorkbench(folder.resolve("data"), Checkout.in(folder.resolve("home")));
        workbench.makeProject("penguins");
        workbench.post(201, "/api/v1/tokens", "{\"name\":\"nightly\",\"role\":\"viewer\"}");
        workbench.app.services().jdbi().useHandle(handle -> {
            handle.execute(
                    "INSERT INTO model (id, owner_id, name, created_at) SELECT 'm', id, 'penguins', 0 FROM account");
            handle.execute(
                    "INSERT INTO consumer (id, owner_id, name, token_sha256, created_at) SELECT 'c', id, 'dashboard', 'x', 0 FROM account");
        });
    }

    @AfterAll
    void stop() {
        workbench.close();
    }

    private String detail(String method, String path, String body) {
        HttpResponse<String> answer =
                workbench.send(workbench.operator(path).method(method, BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
        return Json.tree(answer.body()).path("detail").asText();
    }

    @Test
    void aSlipIsAnsweredWithTheNameThatWasMeant() {
        assertThat(detail("GET", "/api/v1/projects/penguisn", "")).contains("'penguisn'", "Did you mean 'penguins'?");
        assertThat(detail("POST", "/api/v1/projects", "{\"name\":\"x\",\"template\":\"tabluar\"}"))
                .contains("'tabluar'", "Did you mean 'tabular'?");
        assertThat(detail("GET", "/api/v1/models/penguin", "")).contains("'penguin'", "Did you mean 'penguins'?");
        assertThat(detail("PUT", "/api/v1/models/penguins/aliases/producton", "{\"version\":1}"))
                .contains("'producton'", "Did you mean 'production'?");
        assertThat(detail("DELETE", "/api/v1/consumers/dashbord", ""))
                .contains("'dashbord'", "Did you mean 'dashboard'?");
        assertThat(detail("DELETE", "/api/v1/tokens/nihgtly", "")).contains("'nihgtly'", "Did you mean 'nightly'?");
        assertThat(detail("POST", "/api/v1/tokens", "{\"name\":\"other\",\"role\":\"veiwer\"}"))
                .contains("'veiwer'", "Did you mean 'viewer'?");
        HttpResponse<String> published = workbench.send(workbench
                .kernel("penguins", "/api/v1/project/publications?model=penguins&evaluateOn=penguins-tset@v1")
                .header("Content-Type", "application/zip")
                .POST(BodyPublishers.ofString("a zip")));
        assertThat(published.body()).contains("'penguins-tset'", "Did you mean 'penguins-test'?");
        HttpResponse<String> version = workbench.send(workbench
                .kernel("penguins", "/api/v1/project/publications?model=penguins&evaluateOn=penguins-test@v7")
                .header("Content-Type", "application/zip")
                .POST(BodyPublishers.ofString("a zip")));
        assertThat(version.body()).contains("penguins-test@v7", "v1");
    }

    @Test
    void whatIsFarOffIsNotGuessed() {
        assertThat(detail("GET", "/api/v1/projects/zebra", ""))
                .contains("'zebra'")
                .doesNotContain("Did you mean");
        assertThat(detail("DELETE", "/api/v1/consumers/x", "")).doesNotContain("Did you mean");
    }

    @Test
    void whoMayNotSeeNamesIsToldNone() {
        for (String path : new String[] {"/api/v1/projects/penguisn", "/api/v1/models/penguin"}) {
            assertThat(workbench.send(workbench.request(path)).body()).doesNotContain("penguins");
        }
        assertThat(workbench
                        .send(workbench
                                .kernel("penguins", "/api/v1/consumers/dashbord")
                                .DELETE())
                        .body())
                .doesNotContain("dashboard");
    }
}
