package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.datasets.store.SmallDisk;
import io.lathe.models.SampleModels;
import io.lathe.workbench.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends around a publication, and what a person does while it runs. */
@Tag("slow") // each test starts an endpoint and quarantines
class InterruptedPublicationTest {
    private static final String PUBLICATIONS = "/api/v1/project/publications";

    /** Trained once: a model trained again is another bundle. */
    private static final byte[] FAIR = SampleModels.fairBundle("penguins");

    private static final byte[] GOOD = SampleModels.goodBundle("penguins");

    @TempDir
    Path folder;

    private RunningWorkbench workbench;

    @BeforeEach
    void publishTheFirstVersion() {
        workbench = new RunningWorkbench(folder.resolve("data"), Checkout.in(folder.resolve("home")));
        workbench.makeProject("mine");
        assertThat(end(submit(FAIR))).isEqualTo("done");
    }

    @AfterEach
    void stop() {
        workbench.close();
    }

    private HttpResponse<String> upload(String key, String type, byte[] bundle) {
        return workbench.send(workbench
                .kernel("mine", PUBLICATIONS + "?model=penguins&evaluateOn=penguins-test@v1")
                .header("Content-Type", type)
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofByteArray(bundle)));
    }

    private String submit(byte[] bundle) {
        HttpResponse<String> answer = upload(UUID.randomUUID().toString(), "application/zip", bundle);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return Json.tree(answer.body()).path("id").asText();
    }

    private JsonNode publication(String id) {
        return workbench.json(200, workbench.kernel("mine", PUBLICATIONS + "/" + id));
    }

    private String events(String id) {
        return workbench
                .send(workbench.kernel("mine", PUBLICATIONS + "/" + id + "/events"))
                .body();
    }

    /** The state it ends in. */
    private String end(String id) {
        events(id);
        return publication(id).path("state").asText();
    }

    private void awaitState(String id, String state) throws InterruptedException {
        RunningWorkbench.await(
                "the publication is '" + state + "'",
                () -> publication(id).path("state").asText().equals(state));
    }

    private void assertOnlyTheFirstVersionIsThere() throws Exception {
        JsonNode model = workbench.get("/api/v1/models/penguins");
        assertThat(model.path("versions")).hasSize(1);
        assertThat(model.path("aliases").toString()).isEqualTo("{\"production\":1}");
        try (Stream<Path> bundles = Files.list(folder.resolve("data/store/bundles"))) {
            assertThat(bundles).hasSize(1);
        }
        RunningWorkbench.await("no upload is left", () -> RunningWorkbench.isEmpty(folder.resolve("data/uploads")));
    }

    private static Optional<ProcessHandle> quarantine() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("quarantine.Quarantine"))
                .findFirst();
    }

    private static void killQuarantine() throws InterruptedException {
        RunningWorkbench.await("a quarantine runs", () -> quarantine().isPresent());
        ProcessHandle process = quarantine().orElseThrow();
        process.destroyForcibly();
        RunningWorkbench.await("it is gone", () -> !process.isAlive());
    }

    @Test
    void aQuarantineThatWasKilledIsTriedAgain() throws Exception {
        String id = submit(GOOD);
        killQuarantine();
        assertThat(events(id)).contains("killed from outside", "Trying again (2 of 3)");
        assertThat(publication(id).path("state").asText()).isEqualTo("done");
        assertThat(publication(id).path("version").asInt()).isEqualTo(2);
    }

    @Test
    void aQuarantineThatIsKilledEachTimeFailsThePublication() throws Exception {
        String id = submit(GOOD);
        for (int i = 0; i < 3; i++) {
            killQuarantine();
        }
        assertThat(end(id)).isEqualTo("failed");
        assertThat(publication(id).path("error").asText()).contains("killed from outside", "Publish the model again");
        assertOnlyTheFirstVersionIsThere();
    }

    @Test
    void anEndpointKilledWhileItLoadsIsWaitedFor() throws Exception {
        Path loading = Files.writeString(folder.resolve("data/serving/loading"), "2");
        String id = submit(GOOD);
        awaitState(id, "deploying");
        assertThat(workbench
                        .get("/api/v1/models/penguins")
                        .path("aliases")
                        .path("production")
                        .asInt())
                .isEqualTo(1);
        long pid = workbench.get("/api/v1/status").path("serving").path("pid").asLong();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        Files.delete(loading);
        assertThat(end(id)).isEqualTo("done");
        assertThat(events(id)).contains("\"state\":\"switching\"", "Version 2 is in production");
    }

    private ProcessHandle endpoint() {
        long pid = workbench.get("/api/v1/status").path("serving").path("pid").asLong();
        return ProcessHandle.of(pid).orElseThrow();
    }

    private String aliases() {
        return workbench.get("/api/v1/models/penguins").path("aliases").toString();
    }

    @Test
    void anEndpointKilledWhileTheAliasMovesIsWaitedFor() throws Exception {
        Path stale = Files.createFile(folder.resolve("data/serving/keeps-aliases"));
        String id = submit(GOOD);
        awaitState(id, "switching");
        assertThat(aliases()).isEqualTo("{\"production\":2}");
        workbench.json(409, workbench.kernel("mine", PUBLICATIONS + "/" + id).DELETE());
        endpoint().destroyForcibly();
        Files.delete(stale);
        assertThat(end(id)).isEqualTo("done");
        assertThat(events(id)).contains("Version 2 is in production");
        assertThat(aliases()).isEqualTo("{\"production\":2}");
    }

    @Test
    void anEndpointThatNeverMovesTheAliasGivesProductionBack() throws Exception {
        Path stale = Files.createFile(folder.resolve("data/serving/keeps-aliases"));
        String id = submit(GOOD);
        awaitState(id, "switching");
        for (int i = 0; i < 2; i++) {
            RunningWorkbench.await(
                    "the endpoint runs",
                    () -> workbench
                                    .get("/api/v1/status")
                                    .path("serving")
                                    .path("pid")
                                    .asLong(0)
                            > 0);
            ProcessHandle process = endpoint();
            process.destroyForcibly();
            RunningWorkbench.await("it is gone", () -> !process.isAlive());
            RunningWorkbench.await(
                    "its end is seen",
                    () -> workbench
                                    .get("/api/v1/status")
                                    .path("serving")
                                    .path("pid")
                                    .asLong(0)
                            != process.pid());
        }
        assertThat(end(id)).isEqualTo("failed");
        assertThat(publication(id).path("error").asText()).contains("cannot serve version 2", "ended 2 times");
        assertThat(aliases()).isEqualTo("{\"production\":1}");
        Files.delete(stale);
    }

    @Test
    void aRollbackWhileTheEndpointLoadsEndsThePublicationAndStands() throws Exception {
        assertThat(end(submit(GOOD))).isEqualTo("done");
        Path loading = Files.writeString(folder.resolve("data/serving/loading"), "3");
        String id = submit(SampleModels.goodBundle("penguins", 1));
        awaitState(id, "deploying");
        assertThat(workbench
                        .post(200, "/api/v1/models/penguins/rollback", "")
                        .path("to")
                        .asInt())
                .isEqualTo(1);
        Files.delete(loading);
        assertThat(end(id)).isEqualTo("failed");
        assertThat(publication(id).path("error").asText()).contains("moved to version 1", "Publish the model again");
        assertThat(aliases()).isEqualTo("{\"production\":1}");
        assertThat(workbench.get("/api/v1/models/penguins").path("versions")).hasSize(2);
    }

    @Test
    void aRollbackWhileTheAliasMovesStandsAndThePublicationSaysSo() throws Exception {
        Files.createFile(folder.resolve("data/serving/keeps-aliases"));
        String id = submit(GOOD);
        awaitState(id, "switching");
        assertThat(workbench
                        .post(200, "/api/v1/models/penguins/rollback", "")
                        .path("to")
                        .asInt())
                .isEqualTo(1);
        assertThat(end(id)).isEqualTo("done");
        assertThat(events(id)).contains("Version 2 went into production", "replaced by version 1");
        assertThat(aliases()).isEqualTo("{\"production\":1}");
        assertThat(workbench.get("/api/v1/models/penguins").path("versions")).hasSize(2);
    }

    @Test
    void publicationsOfOneModelAtOnceAreJudgedOneAfterAnother() throws Exception {
        List<byte[]> bundles = List.of(GOOD, GOOD, SampleModels.goodBundle("penguins", 1), FAIR);
        List<Future<String>> ids = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (byte[] bundle : bundles) {
                ids.add(threads.submit(() -> submit(bundle)));
            }
        }
        Set<Integer> versions = new TreeSet<>();
        for (Future<String> id : ids) {
            assertThat(end(id.get())).isEqualTo("done");
            versions.add(publication(id.get()).path("version").asInt());
        }
        // One bundle is one version, however often it is published.
        assertThat(publication(ids.get(0).get()).path("version"))
                .isEqualTo(publication(ids.get(1).get()).path("version"));
        assertThat(versions).containsExactly(1, 2, 3);
        assertThat(workbench
                        .get("/api/v1/models/penguins")
                        .path("aliases")
                        .path("production")
                        .asInt())
                .isBetween(2, 3);
    }

    @Test
    void aKernelThatDiesWhileItSendsLeavesNothing() throws Exception {
        String key = UUID.randomUUID().toString();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), workbench.app.port())) {
            String head = "POST " + PUBLICATIONS
                    + "?model=penguins&evaluateOn=penguins-test@v1 HTTP/1.1\r\nHost: localhost:" + workbench.app.port()
                    + "\r\nContent-Type: application/zip\r\nIdempotency-Key: " + key + "\r\nAuthorization: Bearer "
                    + workbench.kernelToken("mine") + "\r\nContent-Length: " + GOOD.length + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(GOOD, 0, GOOD.length / 2);
            socket.getOutputStream().flush();
            RunningWorkbench.await(
                    "the upload has begun", () -> !RunningWorkbench.isEmpty(folder.resolve("data/uploads")));
        }
        assertOnlyTheFirstVersionIsThere();
        workbench.json(404, workbench.kernel("mine", PUBLICATIONS + "/" + key));
    }

    @Test
    void aDiskThatIsFullWhileABundleComesIsSaidAndTakesTheNextOneOnceThereIsRoom() throws Exception {
        try (SmallDisk disk = SmallDisk.at(folder.resolve("data/uploads"), 256)) {
            disk.fill();
            HttpResponse<String> full = upload(UUID.randomUUID().toString(), "application/zip", GOOD);
            assertThat(full.statusCode()).as(full.body()).isEqualTo(507);
            assertThat(full.body()).contains("insufficient-storage", "is full", "Free some space");
            disk.makeRoom();
            assertThat(folder.resolve("data/uploads")).isEmptyDirectory();
            assertThat(end(submit(GOOD))).isEqualTo("done");
        }
    }

    @Test
    void aModelThatTakesTheEndpointDownIsWithdrawn() throws Exception {
        Path deadly = Files.writeString(folder.resolve("data/serving/dies-of"), "2");
        String id = submit(GOOD);
        assertThat(end(id)).isEqualTo("failed");
        assertThat(publication(id).path("error").asText()).contains("cannot serve version 2", "ended 2 times");
        assertThat(publication(id).has("version")).isFalse();
        assertOnlyTheFirstVersionIsThere();

        Files.delete(deadly);
        assertThat(end(submit(GOOD))).isEqualTo("done");
        assertThat(workbench
                        .get("/api/v1/models/penguins")
                        .path("aliases")
                        .path("production")
                        .asInt())
                .as("a withdrawn version's number is not used again")
                .isEqualTo(3);
    }

    @Test
    void aPublicationIsCancelledWhileTheEndpointLoads() throws Exception {
        Files.writeString(folder.resolve("data/serving/loading"), "2");
        String id = submit(GOOD);
        awaitState(id, "deploying");
        String waiting = submit(GOOD);
        assertThat(publication(id).path("mayBeCancelled").asBoolean()).isTrue();

        workbench.json(
                202, workbench.kernel("mine", PUBLICATIONS + "/" + waiting).DELETE());
        assertThat(end(waiting)).isEqualTo("cancelled");
        workbench.json(202, workbench.operator("/api/v1/publications/" + id).DELETE());
        assertThat(end(id)).isEqualTo("cancelled");
        assertThat(events(id)).contains("Cancelled; production is as it was");
        assertOnlyTheFirstVersionIsThere();
        workbench.json(409, workbench.kernel("mine", PUBLICATIONS + "/" + id).DELETE());
    }

    @Test
    void aPublicationIsCancelledOnItsPageWhileItIsJudged() throws Exception {
        String id = submit(GOOD);
        RunningWorkbench.await("a quarantine runs", () -> quarantine().isPresent());
        String cookie = workbench.logIn();
        String page = workbench
                .send(workbench.request("/models/penguins").header("Cookie", cookie))
                .body();
        String action = "/models/penguins/publications/" + id + "/cancel";
        assertThat(page).contains("action=\"" + action + "\"");
        String csrf = page.replaceFirst("(?s).*?name=\"csrf\" value=\"([^\"]+)\".*", "$1");
        HttpResponse<String> answer =
                workbench.send(workbench.form(action, "csrf=" + csrf).header("Cookie", cookie));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(end(id)).isEqualTo("cancelled");
        assertThat(quarantine()).isEmpty();
        assertOnlyTheFirstVersionIsThere();
    }

    @Test
    void whoLostTheAnswerSubmitsAgainAndGetsTheSamePublication() {
        String key = UUID.randomUUID().toString();
        byte[] bundle = GOOD;
        assertThat(upload(key, "application/zip", bundle).statusCode()).isEqualTo(202);
        HttpResponse<String> again = upload(key, "application/zip", bundle);
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(Json.tree(again.body()).path("id").asText()).isEqualTo(key);
        assertThat(end(key)).isEqualTo("done");
        assertThat(Json.tree(upload(key, "application/zip", bundle).body())
                        .path("state")
                        .asText())
                .isEqualTo("done");
        assertThat(workbench.get("/api/v1/models/penguins").path("versions")).hasSize(2);

        HttpResponse<String> other = workbench.send(workbench
                .kernel("mine", PUBLICATIONS + "?model=walruses&evaluateOn=penguins-test@v1")
                .header("Content-Type", "application/zip")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofByteArray(bundle)));
        assertThat(other.statusCode()).isEqualTo(422);
    }

    @Test
    void anotherBundleUnderTheKeyOfTheFirstIsRefusedWhileThatIsInWorkAndAfterIt() {
        String key = UUID.randomUUID().toString();
        assertThat(upload(key, "application/zip", GOOD).statusCode()).isEqualTo(202);
        byte[] another = GOOD.clone();
        another[another.length - 1] ^= 1;

        for (String moment : List.of("in work", "over")) {
            HttpResponse<String> refused = upload(key, "application/zip", another);
            assertThat(refused.statusCode()).as(moment).isEqualTo(422);
            assertThat(refused.body()).contains("/problems/key-reused", "under a fresh one");
            assertThat(end(key)).isEqualTo("done");
        }
        assertThat(upload(key, "application/zip", GOOD).statusCode()).isEqualTo(202);
        assertThat(workbench.get("/api/v1/models/penguins").path("versions")).hasSize(2);
    }

    @Test
    void whatIsNoBundleIsRefusedBeforeItIsKept() throws Exception {
        byte[] bundle = GOOD;
        String key = UUID.randomUUID().toString();
        assertThat(upload(key, "text/plain", bundle).statusCode()).isEqualTo(415);
        assertThat(upload("not-a-key", "application/zip", bundle).statusCode()).isEqualTo(400);
        assertThat(announce((64 << 20) + 1)).contains(" 413 ", "at most 64 MiB");
        assertThat(folder.resolve("data/uploads")).isEmptyDirectory();
    }

    /** What is answered to who announces so large a bundle, before it is sent. */
    private String announce(int bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), workbench.app.port())) {
            socket.setSoTimeout(20_000);
            String head = "POST " + PUBLICATIONS
                    + "?model=penguins&evaluateOn=penguins-test@v1 HTTP/1.1\r\nHost: localhost:" + workbench.app.port()
                    + "\r\nConnection: close\r\nContent-Type: application/zip\r\nAuthorization: Bearer "
                    + workbench.kernelToken("mine") + "\r\nContent-Length: " + bytes + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aHeldCandidateIsShownBesideProductionAndPromotedWithAReason() {
        assertThat(end(submit(GOOD))).isEqualTo("done");
        String id = submit(FAIR);
        assertThat(end(id)).isEqualTo("done");
        JsonNode held = publication(id);
        assertThat(held.path("verdict").path("outcome").asText()).isEqualTo("held");
        assertThat(held.path("comparison").path("onlyProduction").asInt()).isPositive();
        assertThat(held.path("comparison").path("mcNemar").isNumber()).isTrue();
        assertThat(held.path("production").path("facts").path("trainedOn").asText())
                .isEqualTo("penguins@v1");
        assertThat(held.path("facts").path("trainedAt").asText()).isNotEmpty();

        String cookie = workbench.logIn();
        String page = workbench
                .send(workbench.request("/models/penguins").header("Cookie", cookie))
                .body();
        assertThat(page)
                .contains(
                        "is waiting",
                        "Production, version 2",
                        "Rows only production got right",
                        "Exact McNemar p",
                        "Found of Adelie",
                        "How both were trained",
                        "Promote anyway",
                        "Reject");
        workbench.post(400, "/api/v1/models/penguins/candidate/promote", "{\"version\":1,\"reason\":\" \"}");
        workbench.post(409, "/api/v1/models/penguins/candidate/promote", "{\"version\":2,\"reason\":\"x\"}");
        workbench.post(
                200, "/api/v1/models/penguins/candidate/promote", "{\"version\":1,\"reason\":\"for the rare one\"}");
        assertThat(workbench.get("/api/v1/models/penguins").path("aliases").toString())
                .isEqualTo("{\"production\":1}");
        assertThat(workbench
                        .send(workbench.request("/models/penguins").header("Cookie", cookie))
                        .body())
                .contains("Version 1 was promoted by", "for the rare one");
    }

    @Test
    void aHeldCandidateIsRejectedWithAReason() {
        assertThat(end(submit(GOOD))).isEqualTo("done");
        assertThat(end(submit(FAIR))).isEqualTo("done");
        assertThat(workbench
                        .post(200, "/api/v1/models/penguins/candidate/reject", "{\"reason\":\"no better\"}")
                        .path("rejected")
                        .asInt())
                .isEqualTo(1);
        assertThat(workbench.get("/api/v1/models/penguins").path("aliases").toString())
                .isEqualTo("{\"production\":2}");
        workbench.post(409, "/api/v1/models/penguins/candidate/reject", "{\"reason\":\"again\"}");
    }

    @Test
    void theVersionInProductionIsNotComparedWithItself() {
        String id = submit(FAIR);
        assertThat(end(id)).isEqualTo("done");
        assertThat(publication(id).path("verdict").path("reasons").get(0).asText())
                .contains("in production already");
        assertThat(publication(id).has("comparison")).isFalse();
        assertThat(publication(id).path("version").asInt()).isEqualTo(1);
        assertThat(workbench.get("/api/v1/models/penguins").path("aliases").toString())
                .isEqualTo("{\"production\":1}");
    }

    @Test
    void aRetiredVersionIsServedNoMoreAndComesBackWhenItIsPublishedAgain() {
        assertThat(end(submit(GOOD))).isEqualTo("done");
        String versions = "/api/v1/models/penguins/versions/";
        workbench.json(409, workbench.operator(versions + "2?reason=old").DELETE());
        workbench.json(404, workbench.operator(versions + "7?reason=old").DELETE());
        assertThat(workbench
                        .send(workbench.operator(versions + "1?reason=old").DELETE())
                        .statusCode())
                .isEqualTo(204);
        JsonNode routed = workbench
                .json(
                        200,
                        workbench
                                .request("/api/v1/routes")
                                .header("Authorization", "Bearer " + workbench.secret("run/serving-token")))
                .path("models")
                .get(0)
                .path("versions");
        assertThat(routed).hasSize(1);
        workbench.post(409, "/api/v1/models/penguins/rollback", "");
        workbench.json(
                409,
                workbench
                        .operator("/api/v1/models/penguins/aliases/production")
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"version\":1}")));
        assertThat(end(submit(FAIR))).isEqualTo("done");
        assertThat(workbench.get("/api/v1/models/penguins").path("aliases").toString())
                .isEqualTo("{\"candidate\":1,\"production\":2}");
    }
}
