package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.datasets.store.Content;
import io.lathe.datasets.version.CommitRequest;
import io.lathe.datasets.version.DatasetName;
import io.lathe.models.SampleModels;
import io.lathe.workbench.backup.BackupMode;
import io.lathe.workbench.json.Json;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow") // publishes, and processes that are killed
class BackupUnderWayTest {
    private static final int COMMITTERS = 3;
    private static final int BACKUPS = 4;
    private static final int COMMITS_DURING_EACH = 60;

    @TempDir
    Path folder;

    @Test
    void everythingThatABackupNamesIsInItWhateverGoesOnMeanwhile() throws Exception {
        Path home = Checkout.in(folder.resolve("home"));
        List<Path> backups = new ArrayList<>();
        try (RunningWorkbench workbench = new RunningWorkbench(folder.resolve("data"), home);
                ExecutorService traffic = Executors.newVirtualThreadPerTaskExecutor()) {
            workbench.makeProject("mine");
            Semaphore commits = new Semaphore(COMMITTERS);
            AtomicBoolean enough = new AtomicBoolean();
            List<Future<Integer>> workers = new ArrayList<>();
            try {
                for (int i = 0; i < COMMITTERS; i++) {
                    DatasetName name = new DatasetName("d" + i);
                    workers.add(traffic.submit(() -> commit(workbench, name, commits, enough)));
                }
                workers.add(traffic.submit(() -> publish(workbench, enough)));
                RunningWorkbench.await(
                        "there is a model",
                        () -> !workbench.get("/api/v1/models").isEmpty());
                for (int i = 0; i < BACKUPS; i++) {
                    commits.release(COMMITS_DURING_EACH);
                    Path file = folder.resolve("backup-" + i + ".zip");
                    assertThat(BackupMode.run("backup", folder.resolve("data").toString(), file.toString()))
                            .isZero();
                    backups.add(file);
                }
            } finally {
                // Or else a failure would wait for them for ever.
                enough.set(true);
                commits.release(COMMITTERS);
            }
            for (Future<Integer> worker : workers) {
                assertThat(worker.get(60, TimeUnit.SECONDS)).isPositive();
            }
        }
        int models = 0;
        for (Path file : backups) {
            Path restored = folder.resolve(file.getFileName() + "-restored");
            assertThat(BackupMode.run("restore", file.toString(), restored.toString()))
                    .isZero();
            try (RunningWorkbench workbench = new RunningWorkbench(restored, home)) {
                assertThat(workbench.app.services().datasets().verify()).isEmpty();
                assertThat(workbench.app.services().datasets().names()).isNotEmpty();
                for (JsonNode model : workbench.get("/api/v1/models")) {
                    models++;
                    JsonNode versions = workbench
                            .get("/api/v1/models/" + model.path("name").asText())
                            .path("versions");
                    for (JsonNode version : versions) {
                        assertThat(restored.resolve("store/bundles/"
                                        + version.path("bundle").asText() + ".zip"))
                                .exists();
                    }
                }
            }
        }
        assertThat(models).isPositive();
    }

    /** Commits until there is enough; answers how many versions it made. */
    private static int commit(RunningWorkbench workbench, DatasetName name, Semaphore permits, AtomicBoolean enough)
            throws InterruptedException {
        int commits = 0;
        while (!enough.get()) {
            permits.acquire();
            byte[] row = ("a\n" + name + commits + "\n").getBytes(StandardCharsets.UTF_8);
            workbench
                    .app
                    .services()
                    .datasets()
                    .commit(new CommitRequest(name, Map.of("a.csv", Content.of(row)), "more", "test", "test", ""));
            commits++;
        }
        return commits;
    }

    private static int publish(RunningWorkbench workbench, AtomicBoolean enough) {
        int published = 0;
        while (!enough.get()) {
            String model = "m" + published;
            String id = Json.tree(workbench
                            .send(workbench
                                    .kernel(
                                            "mine",
                                            "/api/v1/project/publications?model=" + model
                                                    + "&evaluateOn=penguins-test@v1")
                                    .header("Content-Type", "application/zip")
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(SampleModels.goodBundle(model))))
                            .body())
                    .path("id")
                    .asText();
            String events = workbench
                    .send(workbench.kernel("mine", "/api/v1/project/publications/" + id + "/events"))
                    .body();
            assertThat(events).contains("\"state\":\"done\"");
            published++;
        }
        return published;
    }

    @Test
    void killedBackupLeavesNoFileOfItsNameAndTheNextOneIsWhole() throws Exception {
        Path data = bigFolder();
        Path file = folder.resolve("backup.zip");
        Process killed = start("backup", data, file);
        RunningWorkbench.await(
                "it writes", () -> folder.resolve(".backup.zip.making").toFile().length() > 1 << 20);
        killed.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        assertThat(file).doesNotExist();
        assertThat(folder.resolve(".backup.zip.making")).exists();
        assertThat(end(start("backup", data, file))).isZero();
        assertThat(end(start("restore", file, folder.resolve("restored")))).isZero();
        assertThat(folder.resolve("restored/projects/penguins/big"))
                .hasSameBinaryContentAs(data.resolve("projects/penguins/big"));
        assertThat(names()).containsExactlyInAnyOrder("data", "backup.zip", "restored");
    }

    @Test
    void cancelledBackupAndRestoreLeaveNothing() throws Exception {
        Path data = bigFolder();
        Path file = folder.resolve("backup.zip");
        Process cancelled = start("backup", data, file);
        RunningWorkbench.await(
                "it writes", () -> folder.resolve(".backup.zip.making").toFile().length() > 1 << 20);
        assertThat(BackupMode.run("backup", data.toString(), file.toString()))
                .as("a second one of the same name is refused, and does not disturb the first")
                .isEqualTo(1);
        cancelled.destroy();
        end(cancelled);
        assertThat(names()).containsExactlyInAnyOrder("data");
        assertThat(end(start("backup", data, file))).isZero();
        Process restore = start("restore", file, folder.resolve("restored"));
        Path unpacked = folder.resolve(".restored.restoring/projects/penguins/big");
        RunningWorkbench.await("it unpacks", () -> unpacked.toFile().length() > 1 << 20);
        restore.destroy();
        end(restore);
        assertThat(names()).containsExactlyInAnyOrder("data", "backup.zip");
    }

    @Test
    void killedRestoreLeavesNoFolderOfItsNameAndTheNextOneIsWhole() throws Exception {
        Path data = bigFolder();
        Path file = folder.resolve("backup.zip");
        assertThat(end(start("backup", data, file))).isZero();
        Process killed = start("restore", file, folder.resolve("restored"));
        Path unpacked = folder.resolve(".restored.restoring/projects/penguins/big");
        RunningWorkbench.await("it unpacks", () -> unpacked.toFile().length() > 1 << 20);
        killed.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        assertThat(folder.resolve("restored")).doesNotExist();
        assertThat(end(start("restore", file, folder.resolve("restored")))).isZero();
        assertThat(folder.resolve("restored/lathe.db")).exists();
        assertThat(names()).containsExactlyInAnyOrder("data", "backup.zip", "restored");
    }

    /** Big enough to be caught while it is read or written. */
    private Path bigFolder() throws IOException {
        Path data = OldDataFolder.in(folder.resolve("data"));
        Random random = new Random(1);
        byte[] block = new byte[1 << 20];
        try (var out = Files.newOutputStream(data.resolve("projects/penguins/big"))) {
            for (int i = 0; i < 200; i++) {
                random.nextBytes(block);
                out.write(block);
            }
        }
        return data;
    }

    private Process start(String mode, Path from, Path to) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        App.class.getName(),
                        mode,
                        from.toString(),
                        to.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int end(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
