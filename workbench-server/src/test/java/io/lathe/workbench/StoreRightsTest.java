package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.datasets.store.Content;
import io.lathe.datasets.store.ObjectKey;
import io.lathe.datasets.store.Sha256;
import io.lathe.datasets.version.VersionRef;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreRightsTest {
    private static final String OBJECTS = "/api/v1/project/store/objects/";

    @TempDir
    Path folder;

    private RunningWorkbench workbench;

    @BeforeEach
    void start() {
        workbench = new RunningWorkbench(folder.resolve("data"), Checkout.in(folder.resolve("home")));
        workbench.makeProject("mine");
        workbench
                .app
                .services()
                .store()
                .putIfAbsent(new ObjectKey("bundles/secret.zip"), Content.of("x".getBytes(StandardCharsets.UTF_8)));
    }

    @AfterEach
    void stop() {
        workbench.close();
    }

    private HttpResponse<String> put(String key, String condition, String value) {
        return put(key, condition, value, "x");
    }

    private HttpResponse<String> put(String key, String condition, String value, String content) {
        return workbench.send(workbench
                .kernel("mine", OBJECTS + key)
                .header(condition, value)
                .PUT(HttpRequest.BodyPublishers.ofString(content)));
    }

    private static String sha256(String content) {
        return Sha256.of(content.getBytes(StandardCharsets.UTF_8));
    }

    private static String file(String content) {
        return "objects/" + sha256(content).substring(0, 2) + "/" + sha256(content);
    }

    @Test
    void projectWritesDataAndNeverBundles() {
        assertThat(put(file("x"), "If-None-Match", "*").statusCode()).isEqualTo(201);
        assertThat(put(file("x"), "If-None-Match", "*").statusCode()).isEqualTo(412);
        for (String key : new String[] {
            "bundles/x.zip",
            "config",
            "refs/datasets/UP.json",
            "refs/datasets/a/b.json",
            "refs/models/x.json",
            "other/x",
            "derived/x/y",
            "derived/x/statistics-1.json",
            "derived/" + "0".repeat(64) + "/other.json",
            "manifests/x",
            "objects/ab/" + sha256("x"),
            "schemas/" + sha256("x")
        }) {
            assertThat(put(key, "If-None-Match", "*").statusCode()).as(key).isEqualTo(403);
        }
        assertThat(put("derived/../bundles/x", "If-None-Match", "*").statusCode())
                .isBetween(400, 404);
    }

    @Test
    void writingWithoutAConditionIsRefused() {
        HttpRequest.Builder plain =
                workbench.kernel("mine", OBJECTS + file("x")).PUT(HttpRequest.BodyPublishers.ofString("x"));
        assertThat(workbench.send(plain).statusCode()).isEqualTo(428);
    }

    @Test
    void whatIsNotWhatItsKeyNamesIsNotKept() {
        String version = workbench
                .app
                .services()
                .datasets()
                .load(VersionRef.parse("penguins-test@v1"))
                .id();
        for (String[] object : new String[][] {
            {file("x"), "y"},
            {"manifests/" + sha256("x"), "x"},
            {"manifests/" + sha256("{}"), "{}"},
            {"manifests/" + sha256("["), "["},
            {"schemas/" + sha256("feature {") + ".pbtxt", "feature {"},
            {"schemas/" + sha256("x") + ".pbtxt", ""},
            {"derived/" + version + "/statistics-7.json", "{}"},
            {"derived/" + "0".repeat(64) + "/statistics-1.json", "{\"profilerVersion\":1}"}
        }) {
            HttpResponse<String> refused = put(object[0], "If-None-Match", "*", object[1]);
            assertThat(refused.statusCode()).as(object[0]).isEqualTo(400);
            assertThat(refused.body()).contains("cannot be kept", object[0]);
        }
        String tooLong = " ".repeat((16 << 20) + 1);
        assertThat(put("manifests/" + sha256(tooLong), "If-None-Match", "*", tooLong)
                        .statusCode())
                .isEqualTo(413);
        assertThat(folder.resolve("data/uploads")).isEmptyDirectory();
    }

    private HttpResponse<String> move(String dataset, String condition, String value, String content) {
        return workbench.send(workbench
                .kernel("mine", OBJECTS + "refs/datasets/" + dataset + ".json")
                .header(condition, value)
                .PUT(HttpRequest.BodyPublishers.ofString(content)));
    }

    @Test
    void movingAReferenceNeedsItsTag() {
        HttpResponse<String> there =
                workbench.send(workbench.kernel("mine", OBJECTS + "refs/datasets/penguins-test.json"));
        String tag = there.headers().firstValue("ETag").orElseThrow();
        assertThat(move("penguins-test", "If-Match", "\"stale\"", there.body()).statusCode())
                .isEqualTo(412);
        assertThat(move("penguins-test", "If-None-Match", "*", there.body()).statusCode())
                .isEqualTo(412);
        assertThat(move("penguins-test", "If-Match", tag, there.body()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void referenceThatNobodyCouldReadOrThatLosesVersionsIsRefused() {
        HttpResponse<String> there =
                workbench.send(workbench.kernel("mine", OBJECTS + "refs/datasets/penguins-test.json"));
        String tag = there.headers().firstValue("ETag").orElseThrow();
        for (String content : new String[] {
            "",
            "rubbish",
            "{}",
            "{\"versions\":{\"1\":\"../x\"}}",
            "{\"versions\":{\"1\":\"" + "0".repeat(64) + "\"}}",
            "{\"versions\":" + "[".repeat(5_000)
        }) {
            assertThat(move("evil", "If-None-Match", "*", content).statusCode())
                    .as(content)
                    .isEqualTo(400);
            assertThat(move("penguins-test", "If-Match", tag, content).statusCode())
                    .as(content)
                    .isEqualTo(400);
        }
        assertThat(workbench.get("/api/v1/datasets").toString())
                .contains("penguins")
                .doesNotContain("evil");
    }

    @Test
    void bundlesAreNeitherReadNorListed() {
        assertThat(workbench
                        .send(workbench.kernel("mine", OBJECTS + "bundles/secret.zip"))
                        .statusCode())
                .isEqualTo(403);
        JsonNode all = workbench.json(200, workbench.kernel("mine", "/api/v1/project/store/list?prefix="));
        assertThat(all.path("keys")).isNotEmpty();
        assertThat(all.toString()).doesNotContain("bundles");
        JsonNode asked = workbench.json(200, workbench.kernel("mine", "/api/v1/project/store/list?prefix=bundles/"));
        assertThat(asked.path("keys")).isEmpty();
    }

    @Test
    void listIsReadInPagesAcrossRoots() {
        StringBuilder seen = new StringBuilder();
        String after = "";
        boolean more = true;
        while (more) {
            JsonNode page =
                    workbench.json(200, workbench.kernel("mine", "/api/v1/project/store/list?limit=1&after=" + after));
            after = page.path("keys").get(0).asText();
            seen.append(after).append('\n');
            more = page.path("more").asBoolean();
        }
        assertThat(seen.toString().lines()).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(3);
    }

    @Test
    void partOfAnObjectIsAnsweredAsAPart() {
        HttpResponse<String> part =
                workbench.send(workbench.kernel("mine", OBJECTS + "config").header("Range", "bytes=1-8"));
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).hasSize(8);
        assertThat(part.headers().firstValue("Content-Range").orElseThrow()).startsWith("bytes 1-8/");
        assertThat(workbench
                        .send(workbench.kernel("mine", OBJECTS + "config").header("Range", "bytes=999-"))
                        .statusCode())
                .isEqualTo(416);
        assertThat(workbench
                        .send(workbench.kernel("mine", OBJECTS + "derived/nothing"))
                        .statusCode())
                .isEqualTo(404);
    }
}
