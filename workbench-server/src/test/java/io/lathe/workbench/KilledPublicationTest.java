package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.models.SampleModels;
import io.lathe.workbench.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workbench killed at any step of a publication: the next one carries it through, whole, and leaves nothing else. */
class KilledPublicationTest {
    private static final String PUBLICATIONS = "/api/v1/project/publications";

    @TempDir
    Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private Path home;
    private Path data;
    private String token = "";
    private int versions = 1;

    @BeforeEach
    void publishTheFirstVersion() {
        home = Checkout.in(folder.resolve("home"));
        data = folder.resolve("data");
        try (RunningWorkbench workbench = new RunningWorkbench(data, home)) {
            workbench.makeProject("mine");
            token = workbench.kernelToken("mine");
            String id = UUID.randomUUID().toString();
            assertThat(submit(workbench.app.port(), id, 0)).isEqualTo(202);
            assertThat(end(workbench, id).path("state").asText()).isEqualTo("done");
        }
    }

    @AfterEach
    void endWhatIsLeft() {
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()))
                .forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    @Tag("slow") // starts workbenches and kills them
    void killedAtSomeStatementsItGoesOnWithTheNextStart() throws Exception {
        for (int statement : new int[] {2, 9, 16, 27, 38}) {
            assertThat(killAt(statement)).as("statement %d", statement).isTrue();
        }
    }

    @Test
    @Tag("scale") // dozens of workbenches
    void killedAtAnyStatementItGoesOnWithTheNextStart() throws Exception {
        List<Integer> killed = new ArrayList<>();
        for (int statement = 1; killAt(statement); statement++) {
            killed.add(statement);
        }
        assertThat(killed).hasSizeGreaterThan(30);
        Files.writeString(
                Files.createDirectories(Path.of("target")).resolve("figures.tsv"),
                "KilledPublicationTest.killedAtAnyStatementItGoesOnWithTheNextStart\tkill points survived\t"
                        + killed.size() + "\tkills\n",
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.APPEND);
    }

    /** Answers whether the workbench died before it was done. */
    private boolean killAt(int statement) throws Exception {
        String id = UUID.randomUUID().toString();
        boolean died;
        Process mortal = start(statement);
        try {
            int port = port(mortal);
            // The answer may be lost with the workbench, but the bundle was sent whole.
            submit(port, id, statement);
            died = diesBeforeItIsDone(mortal, port, id);
        } finally {
            mortal.destroyForcibly().waitFor();
        }
        try (RunningWorkbench next = new RunningWorkbench(data, home)) {
            if (isUnknown(next, id)) {
                // It did not begin at all: whoever lost the answer asks, and submits it again under the same key.
                assertThat(names(data.resolve("uploads"))).isEmpty();
                assertThat(submit(next.app.port(), id, statement)).isEqualTo(202);
            }
            JsonNode publication = end(next, id);
            assertThat(publication.path("state").asText())
                    .as("killed at statement %d: %s", statement, publication)
                    .isEqualTo("done");
            versions++;
            assertWhole(next, id, statement);
        }
        return died;
    }

    private boolean isUnknown(RunningWorkbench workbench, String id) {
        return workbench
                        .send(workbench.request(PUBLICATIONS + "/" + id).header("Authorization", "Bearer " + token))
                        .statusCode()
                == 404;
    }

    private void assertWhole(RunningWorkbench workbench, String id, int statement) throws IOException {
        JsonNode model = workbench.get("/api/v1/models/penguins");
        assertThat(model.path("aliases").toString())
                .as("killed at statement %d", statement)
                .isEqualTo("{\"production\":" + versions + "}");
        assertThat(model.path("versions")).hasSize(versions);
        Set<String> bundles = new TreeSet<>();
        model.path("versions")
                .forEach(version -> bundles.add(version.path("bundle").asText() + ".zip"));
        assertThat(names(data.resolve("store/bundles"))).isEqualTo(bundles);
        await("nothing of it is left", () -> names(data.resolve("uploads")).isEmpty());
        await("no scratch is left", () -> names(data.resolve("scratch")).isEmpty());
        String events = workbench
                .send(workbench.request(PUBLICATIONS + "/" + id + "/events").header("Authorization", "Bearer " + token))
                .body();
        assertThat(events).containsOnlyOnce("\"state\":\"done\"").endsWith("event: end\ndata: {}\n\n");
        assertThat(events.split("\"state\":\"uploaded\",\"message\":\"The bundle has arrived\"", -1))
                .hasSize(2);
    }

    /** What is in the folder, if there is one. */
    private static Set<String> names(Path folder) {
        if (!Files.exists(folder)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            Set<String> names = new TreeSet<>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start(int statement) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        MortalWorkbench.class.getName(),
                        data.toString(),
                        home.toString(),
                        String.valueOf(statement))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Files.deleteIfExists(data.resolve("run/workbench.json"));
        return builder.start();
    }

    private int port(Process mortal) throws Exception {
        Path card = data.resolve("run/workbench.json");
        await("the workbench runs", () -> Files.exists(card) || !mortal.isAlive());
        assertThat(mortal.isAlive())
                .as(Files.readString(folder.resolve("output")))
                .isTrue();
        return Json.tree(Files.readString(card)).path("port").asInt();
    }

    private boolean diesBeforeItIsDone(Process mortal, int port, String id) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!mortal.waitFor(50, TimeUnit.MILLISECONDS)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            if (state(port, id).equals("done")) {
                return mortal.waitFor(1, TimeUnit.SECONDS);
            }
        }
        return true;
    }

    private String state(int port, String id) throws InterruptedException {
        try {
            HttpResponse<String> answer =
                    client.send(request(port, PUBLICATIONS + "/" + id).build(), HttpResponse.BodyHandlers.ofString());
            return Json.tree(answer.body()).path("state").asText();
        } catch (IOException e) {
            return "";
        }
    }

    /** Answers the status, or 0 when the answer was lost. */
    private int submit(int port, String id, int seed) {
        try {
            return client.send(
                            request(port, PUBLICATIONS + "?model=penguins&evaluateOn=penguins-test@v1")
                                    .header("Content-Type", "application/zip")
                                    .header("Idempotency-Key", id)
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(
                                            SampleModels.goodBundle("penguins", seed)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(40))
                .header("Authorization", "Bearer " + token);
    }

    /** The publication once it is over. */
    private JsonNode end(RunningWorkbench workbench, String id) {
        workbench.send(
                workbench.request(PUBLICATIONS + "/" + id + "/events").header("Authorization", "Bearer " + token));
        return workbench.json(
                200, workbench.request(PUBLICATIONS + "/" + id).header("Authorization", "Bearer " + token));
    }

    private static void await(String what, java.util.function.BooleanSupplier condition) {
        try {
            RunningWorkbench.await(what, condition);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
