package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.models.SampleModels;
import io.lathe.workbench.access.SecretFile;
import io.lathe.workbench.access.Secrets;
import io.lathe.workbench.file.FileTree;
import io.lathe.workbench.json.Json;
import io.lathe.workbench.process.LocalProcess;
import io.lathe.workbench.registry.Alias;
import io.lathe.workbench.registry.Model;
import io.lathe.workbench.registry.ModelName;
import io.lathe.workbench.registry.ModelVersion;
import io.lathe.workbench.registry.NewVersion;
import io.lathe.workbench.serving.EndpointCommand;
import io.lathe.workbench.serving.EndpointProcess;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow") // a quarantine process or an endpoint in each
class ServingTest {
    private static final ModelName PENGUINS = new ModelName("penguins");

    @TempDir
    Path folder;

    private RunningWorkbench open() {
        return new RunningWorkbench(folder.resolve("data"), Checkout.in(folder.resolve("home")));
    }

    private static JsonNode serving(RunningWorkbench workbench) {
        return workbench.get("/api/v1/status").path("serving");
    }

    private static HttpRequest.Builder routes(RunningWorkbench workbench, String query) {
        return workbench
                .request("/api/v1/routes" + query)
                .header("Authorization", "Bearer " + workbench.secret("run/serving-token"));
    }

    private static void publish(RunningWorkbench workbench, byte[] bundle) {
        HttpResponse<String> submitted = workbench.send(workbench
                .kernel("mine", "/api/v1/project/publications?model=penguins&evaluateOn=penguins-test@v1")
                .header("Content-Type", "application/zip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bundle)));
        String id = Json.tree(submitted.body()).path("id").asText();
        String events = workbench
                .send(workbench.kernel("mine", "/api/v1/project/publications/" + id + "/events"))
                .body();
        assertThat(events).contains("\"state\":\"done\"");
    }

    @Test
    void killedEndpointIsStartedAgain() throws Exception {
        try (RunningWorkbench workbench = open()) {
            RunningWorkbench.await(
                    "the endpoint is ready",
                    () -> serving(workbench).path("state").asText().equals("ready"));
            long pid = serving(workbench).path("pid").asLong();
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            RunningWorkbench.await("another endpoint is ready", () -> {
                JsonNode now = serving(workbench);
                return now.path("state").asText().equals("ready")
                        && now.path("pid").asLong() != pid;
            });
        }
    }

    @Test
    @Tag("slow") // waits for silence
    void hungEndpointIsShownAndReplaced() throws Exception {
        Path home = Checkout.in(folder.resolve("home"));
        Path token = SecretFile.open(folder.resolve("token")).file();
        try (EndpointProcess endpoint = new EndpointProcess(
                EndpointCommand.of(home, folder.resolve("serving"), token),
                folder.resolve("serving.json"),
                folder.resolve("serving.log"),
                0,
                () -> "http://127.0.0.1:1",
                new EndpointProcess.Patience(Duration.ofSeconds(60), Duration.ofSeconds(4)))) {
            endpoint.start();
            RunningWorkbench.await("the endpoint is ready", () -> isReady(endpoint));
            long pid = endpoint.seen().pid().orElseThrow();
            assertThat(new ProcessBuilder("kill", "-STOP", String.valueOf(pid))
                            .start()
                            .waitFor())
                    .isZero();
            RunningWorkbench.await("it is shown to hang", () -> state(endpoint).equals("unresponsive"));
            RunningWorkbench.await(
                    "another one is ready",
                    () -> isReady(endpoint) && !seen(endpoint).pid().equals(Optional.of(pid)));
            assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        }
    }

    @Test
    void endpointThatNeverComesUpIsShownAsFailedWithWhatHappensNext() throws Exception {
        Path home = Checkout.in(folder.resolve("home"));
        Path token = SecretFile.open(folder.resolve("token")).file();
        Files.writeString(home.resolve("serving-endpoint/target/serving-endpoint.jar"), "no jar");
        EndpointCommand command = EndpointCommand.of(home, folder.resolve("serving"), token);
        try (EndpointProcess endpoint = endpoint(command, "http://127.0.0.1:1")) {
            endpoint.start();
            RunningWorkbench.await(
                    "it has ended again and again",
                    () -> seen(endpoint).reason().orElse("").contains("2 times in a row"));
            assertThat(seen(endpoint).reason().orElse("")).contains("is started again", "logs/serving.log");
        }
    }

    private static EndpointProcess.Seen seen(EndpointProcess endpoint) {
        try {
            return endpoint.seen();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String state(EndpointProcess endpoint) {
        return seen(endpoint).state();
    }

    @Test
    void stoppingTheWorkbenchStopsTheEndpoint() throws Exception {
        long pid;
        try (RunningWorkbench workbench = open()) {
            RunningWorkbench.await(
                    "the endpoint runs", () -> serving(workbench).path("pid").asLong() > 0);
            pid = serving(workbench).path("pid").asLong();
        }
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(folder.resolve("data/run/serving.json")).doesNotExist();
    }

    @Test
    void endpointThatOutlivedItsWorkbenchIsTakenOver() throws Exception {
        Path home = Checkout.in(folder.resolve("home"));
        Path token = SecretFile.open(folder.resolve("token")).file();
        EndpointCommand command = EndpointCommand.of(home, folder.resolve("serving"), token);
        EndpointProcess first = endpoint(command, "http://127.0.0.1:1");
        first.start();
        RunningWorkbench.await("the endpoint is ready", () -> isReady(first));
        long pid = first.seen().pid().orElseThrow();
        first.leave();

        EndpointProcess second = endpoint(command, "http://127.0.0.1:1");
        second.start();
        assertThat(second.seen().pid()).contains(pid);
        assertThat(second.url()).isEqualTo(first.url());
        second.leave();

        try (EndpointProcess moved = endpoint(command, "http://127.0.0.1:2")) {
            moved.start();
            RunningWorkbench.await("one that asks the new address is ready", () -> isReady(moved));
            assertThat(moved.seen().pid().orElseThrow()).isNotEqualTo(pid);
            assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        }
    }

    @Test
    void endpointThatNobodyCouldFindAgainDoesNotRun() throws Exception {
        Path home = Checkout.in(folder.resolve("home"));
        Path token = SecretFile.open(folder.resolve("token")).file();
        EndpointCommand command = EndpointCommand.of(home, folder.resolve("serving"), token);
        Path card = folder.resolve("run/serving.json");
        try (EndpointProcess endpoint =
                new EndpointProcess(command, card, folder.resolve("serving.log"), 0, () -> "http://127.0.0.1:1")) {
            endpoint.start();
            RunningWorkbench.await("a start was tried", () -> Files.exists(folder.resolve("serving.log")));
            assertThat(endpoint.seen().pid()).isEmpty();

            Files.createDirectory(folder.resolve("run"));
            RunningWorkbench.await("it is started once it can be found", () -> isReady(endpoint));
            assertThat(running(home)).hasSize(1);
        }
        assertThat(running(home)).isEmpty();
    }

    private static List<ProcessHandle> running(Path home) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(home.toString()))
                .toList();
    }

    @Test
    void startThatFailsHalfWayLeavesNothingRunning() throws Exception {
        Path home = Checkout.in(folder.resolve("home"));
        Path data = folder.resolve("data");
        // A folder where the workbench would say where it runs, which is its last step.
        Files.createDirectories(data.resolve("run/workbench.json/in-the-way"));
        assertThatThrownBy(() -> new RunningWorkbench(data, home)).hasMessageContaining("workbench.json");
        assertThat(running(home)).isEmpty();
    }

    @Test
    void workbenchWhoseDataFolderIsDeletedEndsWithWhatItStarted() throws Exception {
        Path home = Checkout.in(folder.resolve("home"));
        Path data = folder.resolve("data");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        App.class.getName(),
                        "--data",
                        data.toString(),
                        "--port",
                        "0",
                        "--serving-port",
                        "0",
                        "--home",
                        home.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process workbench = builder.start();
        try {
            RunningWorkbench.await(
                    "workbench and endpoint run",
                    () -> Files.exists(data.resolve("run/workbench.json"))
                            && Files.exists(data.resolve("run/serving.json")));
            FileTree.delete(data);
            assertThat(workbench.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(workbench.exitValue()).isEqualTo(1);
            assertThat(Files.readString(folder.resolve("output"))).contains(data + " was deleted or replaced");
            assertThat(running(home)).isEmpty();
        } finally {
            workbench.destroyForcibly();
            running(home).forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void closingNeverForgetsARunningEndpoint() throws Exception {
        Path home = Checkout.in(folder.resolve("home"));
        Path token = SecretFile.open(folder.resolve("token")).file();
        EndpointCommand command = EndpointCommand.of(home, folder.resolve("serving"), token);
        for (int i = 0; i < 10; i++) {
            long pid;
            try (EndpointProcess endpoint = endpoint(command, "http://127.0.0.1:1")) {
                endpoint.start();
                RunningWorkbench.await("it runs", () -> Files.exists(folder.resolve("serving.json")));
                pid = Json.tree(Files.readString(folder.resolve("serving.json")))
                        .path("pid")
                        .asLong();
            }
            assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        }
    }

    private EndpointProcess endpoint(EndpointCommand command, String workbench) {
        return new EndpointProcess(
                command, folder.resolve("serving.json"), folder.resolve("serving.log"), 0, () -> workbench);
    }

    private static boolean isReady(EndpointProcess endpoint) {
        try {
            return endpoint.seen().state().equals("ready");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void cardThatNamesAStrangerIsNotBelieved() throws Exception {
        Path home = Checkout.in(folder.resolve("home"));
        Path token = SecretFile.open(folder.resolve("token")).file();
        Process stranger = new ProcessBuilder("sleep", "60").start();
        try {
            LocalProcess named = LocalProcess.of(stranger.toHandle());
            Files.writeString(
                    folder.resolve("serving.json"),
                    "{\"pid\":" + named.pid() + ",\"started\":" + named.started()
                            + ",\"port\":1,\"workbench\":\"http://127.0.0.1:9\"}");
            try (EndpointProcess endpoint =
                    endpoint(EndpointCommand.of(home, folder.resolve("serving"), token), "http://127.0.0.1:1")) {
                endpoint.start();
            }
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void endpointWhoseCardIsLostIsTakenOver() throws Exception {
        Path home = Checkout.in(folder.resolve("home"));
        Path token = SecretFile.open(folder.resolve("token")).file();
        EndpointCommand command = EndpointCommand.of(home, folder.resolve("serving"), token);
        EndpointProcess first = endpoint(command, "http://127.0.0.1:1");
        first.start();
        RunningWorkbench.await("the endpoint is ready", () -> isReady(first));
        long pid = first.seen().pid().orElseThrow();
        first.leave();
        Files.delete(folder.resolve("serving.json"));

        int port = URI.create(first.url()).getPort();
        try (EndpointProcess second = new EndpointProcess(
                command,
                folder.resolve("serving.json"),
                folder.resolve("serving.log"),
                port,
                () -> "http://127.0.0.1:1")) {
            second.start();
            assertThat(second.seen().pid()).contains(pid);
        }
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void endpointThatIsTakenOverAndCannotBeNotedIsEndedWithTheWorkbench() throws Exception {
        Path home = Checkout.in(folder.resolve("home"));
        Path token = SecretFile.open(folder.resolve("token")).file();
        EndpointCommand command = EndpointCommand.of(home, folder.resolve("serving"), token);
        List<String> words =
                new ArrayList<>(List.of("sh", "-c", "read line", "sh", "/x/serving-endpoint.jar", "--data"));
        words.addAll(List.of(command.data().toString(), "--port", "4712", "--workbench", "http://127.0.0.1:1"));
        Process left = new ProcessBuilder(words).start();
        try {
            EndpointProcess second = new EndpointProcess(
                    command,
                    folder.resolve("no-folder/serving.json"),
                    folder.resolve("serving.log"),
                    4712,
                    () -> "http://127.0.0.1:1");
            assertThatThrownBy(second::start).hasMessageContaining("no-folder");
            assertThat(left.isAlive()).isTrue();
            second.close();
            assertThat(left.waitFor(5, TimeUnit.SECONDS)).isTrue();
        } finally {
            left.destroyForcibly();
        }
    }

    @Test
    void routesAreNewsOnlyWhenTheyChanged() throws Exception {
        try (RunningWorkbench workbench = open()) {
            workbench.makeProject("mine");
            JsonNode first = workbench.json(200, routes(workbench, ""));
            int version = first.path("version").asInt();
            assertThat(first.path("models")).isEmpty();
            assertThat(workbench.send(routes(workbench, "?after=" + version)).statusCode())
                    .isEqualTo(304);
            assertThat(workbench
                            .send(routes(workbench, "?after=" + version + "&wait=31"))
                            .statusCode())
                    .isEqualTo(400);

            CompletableFuture<JsonNode> waiting = CompletableFuture.supplyAsync(
                    () -> workbench.json(200, routes(workbench, "?after=" + version + "&wait=30")));
            publish(workbench, SampleModels.goodBundle("penguins"));
            JsonNode news = waiting.get(30, TimeUnit.SECONDS);
            assertThat(news.path("version").asInt()).isGreaterThan(version);
            assertThat(news.path("models").get(0).path("aliases"))
                    .as("the version is loaded before a name points at it")
                    .isEmpty();
            JsonNode model =
                    workbench.json(200, routes(workbench, "")).path("models").get(0);
            assertThat(model.path("aliases").toString()).isEqualTo("{\"production\":1}");

            String bundle = model.path("versions").get(0).path("bundle").asText();
            HttpRequest.Builder download = workbench
                    .request("/api/v1/bundles/" + bundle)
                    .header("Authorization", "Bearer " + workbench.secret("run/serving-token"));
            assertThat(workbench.send(download).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void versionToRollBackToStaysInTheRoutes() {
        try (RunningWorkbench workbench = open()) {
            workbench.makeProject("mine");
            publish(workbench, SampleModels.fairBundle("penguins"));
            publish(workbench, SampleModels.goodBundle("penguins"));
            JsonNode model =
                    workbench.json(200, routes(workbench, "")).path("models").get(0);
            assertThat(model.path("aliases").path("production").asInt()).isEqualTo(2);
            assertThat(model.path("versions")).hasSize(2);
        }
    }

    @Test
    void versionWhosePromotionIsRefusedAtTheEndIsNotKeptLoaded() {
        try (RunningWorkbench workbench = open()) {
            workbench.makeProject("mine");
            publish(workbench, SampleModels.goodBundle("penguins", 1));
            publish(workbench, SampleModels.goodBundle("penguins", 2));
            Services services = workbench.app.services();
            services.promotions().rollback(services.ownerId(), PENGUINS, model -> {});
            AtomicInteger looks = new AtomicInteger();

            assertThatThrownBy(() -> services.promotions()
                            .point(services.ownerId(), PENGUINS, Alias.PRODUCTION, 2, "", model -> {
                                if (looks.incrementAndGet() == 2) {
                                    throw new LatheException(ProblemCode.PRECONDITION_FAILED, "Somebody was faster.");
                                }
                            }))
                    .hasMessage("Somebody was faster.");

            assertThat(services.models().load(services.ownerId(), PENGUINS).versions())
                    .hasSize(2)
                    .noneMatch(ModelVersion::staged);
        }
    }

    @Test
    void retiredVersionThatIsStagedAndTakenBackStaysRetired() {
        try (RunningWorkbench workbench = open()) {
            workbench.makeProject("mine");
            Services services = workbench.app.services();
            String first = "00000000-0000-4000-8000-000000000000";
            Published.version(services, "mine", first, '0');
            Published.version(services, "mine", "00000000-0000-4000-8000-000000000001", '1');
            services.promotions().retire(services.ownerId(), PENGUINS, 1, "it is old", model -> {});

            NewVersion again = Published.newVersion(services, "mine", first, '0');
            int number =
                    services.jdbi().inTransaction(handle -> services.staging().stage(handle, again));
            services.jdbi()
                    .useTransaction(handle -> services.staging()
                            .withdraw(handle, services.ownerId(), PENGUINS, number, "another", "It was cancelled."));

            Model model = services.models().load(services.ownerId(), PENGUINS);
            assertThat(model.versions()).extracting(ModelVersion::number).containsExactly(2, 1);
            assertThat(model.versions().getLast().retired()).hasValue("it is old");
            assertThat(model.previous()).isEmpty();
        }
    }

    @Test
    void consumerOfNoModelIsRefused() {
        try (RunningWorkbench workbench =
                new RunningWorkbench(folder.resolve("data"), Checkout.in(folder.resolve("home")))) {
            workbench.post(400, "/api/v1/consumers", "{\"name\":\"web\",\"models\":[null]}");
            workbench.post(400, "/api/v1/consumers", "{\"name\":\"web\",\"models\":[]}");
        }
    }

    @Test
    void consumersTokenIsShownOnceAndOnlyItsHashTravels() {
        try (RunningWorkbench workbench = open()) {
            workbench.makeProject("mine");
            publish(workbench, SampleModels.goodBundle("penguins"));
            JsonNode added = workbench.post(201, "/api/v1/consumers", "{\"name\":\"web\",\"models\":[\"penguins\"]}");
            String token = added.path("token").asText();
            assertThat(token).hasSizeGreaterThan(40);

            JsonNode document = workbench.json(200, routes(workbench, ""));
            assertThat(document.path("version")).isEqualTo(added.path("routeVersion"));
            assertThat(document.path("consumers").get(0).path("tokenSha256").asText())
                    .isEqualTo(Secrets.sha256(token));
            assertThat(workbench.get("/api/v1/consumers").toString())
                    .contains("web")
                    .doesNotContain(token);

            workbench.post(409, "/api/v1/consumers", "{\"name\":\"web\",\"models\":[\"penguins\"]}");
            workbench.post(404, "/api/v1/consumers", "{\"name\":\"app\",\"models\":[\"pengiuns\"]}");
            workbench.post(400, "/api/v1/consumers", "{\"name\":\"app\",\"models\":[]}");
            workbench.post(400, "/api/v1/consumers", "{\"name\":\"../app\",\"models\":[\"penguins\"]}");

            assertThat(workbench
                            .send(workbench.operator("/api/v1/consumers/web").DELETE())
                            .statusCode())
                    .isEqualTo(204);
            assertThat(workbench.json(200, routes(workbench, "")).path("consumers"))
                    .isEmpty();
            workbench.json(404, workbench.operator("/api/v1/consumers/web").DELETE());
        }
    }
}
