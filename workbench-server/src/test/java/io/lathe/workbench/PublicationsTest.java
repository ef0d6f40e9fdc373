package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.models.SampleModels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow") // a quarantine process or an endpoint in each
class PublicationsTest {
    private static final String PUBLICATIONS = "/api/v1/project/publications";

    @TempDir
    Path folder;

    private RunningWorkbench workbench;

    @BeforeEach
    void start() {
        open(Checkout.in(folder.resolve("home")));
        workbench.makeProject("mine");
    }

    private void open(Path home) {
        workbench = new RunningWorkbench(folder.resolve("data"), home);
    }

    @AfterEach
    void stop() {
        workbench.close();
    }

    private HttpResponse<String> upload(String query, byte[] bundle) {
        return workbench.send(workbench
                .kernel("mine", PUBLICATIONS + query)
                .header("Content-Type", "application/zip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bundle)));
    }

    private String submit(String model, byte[] bundle) {
        HttpResponse<String> answer = upload("?model=" + model + "&evaluateOn=penguins-test@v1", bundle);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        JsonNode submitted = io.lathe.workbench.json.Json.tree(answer.body());
        assertThat(submitted.path("state").asText()).isEqualTo("uploaded");
        return submitted.path("id").asText();
    }

    /** Publishes and follows the live feed to its end; answers the publication. */
    private JsonNode publish(String model, byte[] bundle) {
        String id = submit(model, bundle);
        String events = workbench
                .send(workbench.kernel("mine", PUBLICATIONS + "/" + id + "/events"))
                .body();
        assertThat(events)
                .contains("id: 1\nevent: step\n", "\"state\":\"uploaded\"")
                .endsWith("event: end\ndata: {}\n\n");
        JsonNode publication = workbench.json(200, workbench.kernel("mine", PUBLICATIONS + "/" + id));
        assertThat(events).contains("\"state\":\"" + publication.path("state").asText() + "\"");
        return publication;
    }

    private JsonNode model() {
        return workbench.get("/api/v1/models/penguins");
    }

    @Test
    void goodFirstVersionGoesLiveAndShowsHowItIsCalled() {
        JsonNode publication = publish("penguins", SampleModels.goodBundle("penguins"));

        assertThat(publication.path("state").asText())
                .as(publication.toString())
                .isEqualTo("done");
        assertThat(publication.path("version").asInt()).isEqualTo(1);
        assertThat(publication.path("verdict").path("outcome").asText()).isEqualTo("promoted");
        assertThat(publication.path("endpoint").path("url").asText()).endsWith("/v1/models/penguins:predict");
        assertThat(publication.path("endpoint").path("curl").asText()).contains("$LATHE_CONSUMER_TOKEN");

        JsonNode model = model();
        assertThat(model.path("aliases").path("production").asInt()).isEqualTo(1);
        JsonNode version = model.path("versions").get(0);
        assertThat(version.path("trainedOn").asText()).isEqualTo("penguins@v1");
        assertThat(version.path("evaluatedOn").asText()).isEqualTo("penguins-test@v1");
        assertThat(version.path("project").asText()).isEqualTo("mine");
        assertThat(version.path("metrics").path("accuracy").asDouble()).isGreaterThan(0.9);
        assertThat(model.path("sampleRequest")
                        .path("body")
                        .path("instances")
                        .get(0)
                        .path("bill_length_mm")
                        .isNumber())
                .isTrue();

        String page = workbench
                .send(workbench.request("/models/penguins").header("Cookie", workbench.logIn()))
                .body();
        assertThat(page).contains("Version 1", "First version", "Accuracy", "curl -s", "$LATHE_CONSUMER_TOKEN");
        assertThat(workbench.get("/api/v1/models").get(0).path("production").asInt())
                .isEqualTo(1);
    }

    @Test
    void worseVersionIsHeldAsCandidateAndMayBePromotedByHandAndRolledBack() {
        publish("penguins", SampleModels.goodBundle("penguins"));
        JsonNode worse = publish("penguins", SampleModels.fairBundle("penguins"));

        assertThat(worse.path("state").asText()).isEqualTo("done");
        assertThat(worse.path("verdict").path("outcome").asText()).isEqualTo("held");
        assertThat(worse.path("verdict").path("reasons").get(0).asText()).contains("Worse than production");
        assertThat(worse.path("production").path("version").asInt()).isEqualTo(1);
        assertThat(worse.has("endpoint")).isFalse();
        assertThat(model().path("aliases").toString()).isEqualTo("{\"candidate\":2,\"production\":1}");

        workbench.json(
                409, workbench.operator("/api/v1/models/penguins/rollback").POST(HttpRequest.BodyPublishers.noBody()));
        JsonNode moved = workbench.json(
                200,
                workbench
                        .operator("/api/v1/models/penguins/aliases/production")
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"version\":2}")));
        assertThat(moved.toString()).isEqualTo("{\"alias\":\"production\",\"from\":1,\"to\":2}");
        JsonNode back = workbench.post(200, "/api/v1/models/penguins/rollback", "");
        assertThat(back.toString()).isEqualTo("{\"alias\":\"production\",\"from\":2,\"to\":1}");
        workbench.post(409, "/api/v1/models/penguins/rollback", "");
        workbench.json(
                404,
                workbench
                        .operator("/api/v1/models/penguins/aliases/production")
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"version\":9}")));
    }

    @Test
    void publishingTheSameBundleAgainStaysTheSameVersion() {
        byte[] bundle = SampleModels.goodBundle("penguins");
        publish("penguins", bundle);
        JsonNode again = publish("penguins", bundle);
        assertThat(again.path("state").asText()).isEqualTo("done");
        assertThat(again.path("version").asInt()).isEqualTo(1);
        assertThat(model().path("versions")).hasSize(1);
    }

    @Test
    void aRequestWithoutABundleIsRefusedAtOnce() {
        HttpResponse<String> refused = upload("?model=penguins&evaluateOn=penguins-test@v1", new byte[0]);
        assertThat(refused.statusCode()).isEqualTo(415);
        assertThat(refused.body()).contains("'penguins' has no body", "send the bundle's zip");
        assertThat(folder.resolve("data/uploads")).isEmptyDirectory();
    }

    @Test
    void hostileFilesAreRefusedAndLeaveNothing() throws Exception {
        byte[] escaping = zip("../../evil.txt", "x");
        byte[] noZip = "this is no zip".getBytes(StandardCharsets.UTF_8);
        for (byte[] hostile : new byte[][] {escaping, noZip, zip("bundle.json", "{}")}) {
            JsonNode refused = publish("penguins", hostile);
            assertThat(refused.path("state").asText()).isEqualTo("failed");
            assertThat(refused.path("error").asText()).startsWith("The candidate was not accepted. ");
        }
        assertThat(workbench.get("/api/v1/models")).isEmpty();
        assertThat(folder.resolve("data/store/bundles")).doesNotExist();
        assertThat(folder.resolve("data/uploads")).isEmptyDirectory();
        RunningWorkbench.await(
                "the scratch folder is empty", () -> RunningWorkbench.isEmpty(folder.resolve("data/scratch")));
    }

    private static byte[] zip(String name, String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    @Test
    void bundleOfAnotherModelIsRefusedByName() {
        JsonNode refused = publish("walruses", SampleModels.goodBundle("penguins"));
        assertThat(refused.path("state").asText()).isEqualTo("failed");
        assertThat(refused.path("error").asText()).contains("penguins", "walruses");
    }

    @Test
    void whatCannotBeAskedForIsRefusedAtOnce() {
        byte[] any = {1};
        assertThat(upload("?model=../x&evaluateOn=penguins-test@v1", any).statusCode())
                .isEqualTo(400);
        assertThat(upload("?evaluateOn=penguins-test@v1", any).statusCode()).isEqualTo(400);
        assertThat(upload("?model=penguins", any).statusCode()).isEqualTo(400);
        assertThat(upload("?model=penguins&evaluateOn=penguins-test@v7", any).statusCode())
                .isEqualTo(404);
        assertThat(upload("?model=penguins&evaluateOn=penguin-test@v1", any).body())
                .contains("penguins-test");
        assertThat(folder.resolve("data/uploads")).isEmptyDirectory();
    }

    @Test
    void publicationBelongsToItsProject() {
        workbench.makeProject("other");
        String id = submit("penguins", SampleModels.goodBundle("penguins"));
        workbench.json(404, workbench.kernel("other", PUBLICATIONS + "/" + id));
        workbench.json(404, workbench.kernel("other", PUBLICATIONS + "/" + id + "/events"));
    }

    @Test
    void versionThatCannotBeServedNeverGetsIntoProduction() throws Exception {
        publish("penguins", SampleModels.fairBundle("penguins"));
        Files.writeString(folder.resolve("data/serving/cannot-serve"), "2");
        JsonNode failed = publish("penguins", SampleModels.goodBundle("penguins"));
        assertThat(failed.path("state").asText()).isEqualTo("failed");
        assertThat(failed.path("error").asText()).contains("cannot serve version 2", "it is broken");
        assertThat(model().path("versions")).hasSize(1);
        assertThat(model().path("aliases").path("production").asInt()).isEqualTo(1);
    }

    @Test
    void interruptedPublicationGoesOnWithTheNextStart() throws Exception {
        publish("penguins", SampleModels.fairBundle("penguins"));
        String id = submit("penguins", SampleModels.goodBundle("penguins"));
        workbench.close();
        // What a killed workbench leaves, since nothing tidies up after it.
        Path left = Files.createDirectories(folder.resolve("data/scratch").resolve(id));
        Files.writeString(left.resolve("production.zip"), "half");
        Files.writeString(Files.createDirectories(left.resolve("data")).resolve("penguins.csv"), "half");
        open(folder.resolve("home"));
        String events = workbench
                .send(workbench.kernel("mine", PUBLICATIONS + "/" + id + "/events"))
                .body();
        assertThat(events).contains("goes on", "\"state\":\"done\"");
        assertThat(model().path("aliases").path("production").asInt()).isEqualTo(2);
    }

    @Test
    void feedStartsAfterTheLastEventThatWasSeen() {
        publish("penguins", SampleModels.goodBundle("penguins"));
        String id = submit("penguins", SampleModels.goodBundle("penguins"));
        String path = PUBLICATIONS + "/" + id + "/events";
        String all = workbench.send(workbench.kernel("mine", path)).body();
        String rest = workbench
                .send(workbench.kernel("mine", path).header("Last-Event-ID", "2"))
                .body();
        assertThat(all).contains("id: 1\n", "id: 2\n", "id: 3\n");
        assertThat(rest).doesNotContain("id: 1\n", "id: 2\n").contains("id: 3\n");
        assertThat(workbench
                        .send(workbench.kernel("mine", path).header("Last-Event-ID", "x"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void everythingOutlivesARestart() {
        publish("penguins", SampleModels.goodBundle("penguins"));
        JsonNode before = model().path("versions");
        workbench.close();
        open(folder.resolve("home"));
        assertThat(model().path("versions")).isEqualTo(before);
        assertThat(model().path("aliases").path("production").asInt()).isEqualTo(1);
    }
}
