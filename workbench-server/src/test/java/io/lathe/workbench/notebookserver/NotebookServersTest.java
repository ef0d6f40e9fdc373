package io.lathe.workbench.notebookserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.datasets.problem.LatheException;
import io.lathe.workbench.notebookserver.NotebookServer.State;
import io.lathe.workbench.project.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of notebook servers, with a small HTTP server of Python's standard library in JupyterLab's place. */
class NotebookServersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Deadlines QUICK = new Deadlines(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(2),
            Duration.ofMillis(50),
            Duration.ofMillis(150),
            Duration.ofMillis(400));

    @TempDir
    Path folder;

    private Fleet fleet;
    private Project penguins;

    @BeforeEach
    void start() throws IOException {
        Path python = folder.resolve("home/.build/python/bin/python");
        Files.createDirectories(python.getParent());
        try (var script = NotebookServersTest.class.getResourceAsStream("stand-in.py")) {
            Files.write(python, java.util.Objects.requireNonNull(script).readAllBytes());
        }
        Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwxr-xr-x"));
        fleet = fleet();
        penguins = fleet.project("penguins");
    }

    @AfterEach
    void stop() {
        fleet.close();
    }

    private Fleet fleet() {
        return new Fleet(folder.resolve("data"), folder.resolve("home"), QUICK);
    }

    /** How the stand-in behaves: {@code exit}, {@code deaf}, {@code stubborn}, {@code children}. */
    private void behave(String how) throws IOException {
        Files.writeString(penguins.folder().resolve("behave"), how);
    }

    private long ready() {
        fleet.servers.start(penguins);
        return fleet.await(penguins, State.READY, PATIENCE).pid().orElseThrow();
    }

    // ---- start

    @Test
    void startGoesThroughItsPhasesAndTellsThemAsEvents() {
        NotebookServer first = fleet.servers.start(penguins);

        assertThat(first.state()).isEqualTo(State.STARTING);
        assertThat(fleet.servers.findPlacement("penguins")).isEmpty();
        NotebookServer ready = fleet.await(penguins, State.READY, PATIENCE);
        assertThat(ready.id()).isEqualTo(first.id());
        assertThat(ready.port()).isPresent();
        assertThat(fleet.messages(penguins))
                .extracting(data -> data.replaceAll(".*\"phase\":\"(\\w+)\",\"state\":\"(\\w+)\".*", "$1 $2"))
                .containsExactly("prepare starting", "launch starting", "boot starting", "ready ready");
        assertThat(fleet.servers.findPlacement("penguins")).isPresent();
    }

    @Test
    void twentyStartsAtOnceStartOneServer() throws Exception {
        Set<String> ids = ConcurrentHashMap.newKeySet();
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = Stream.generate(() -> Thread.ofVirtual().start(() -> {
                    try {
                        go.await();
                        ids.add(fleet.servers.start(penguins).id());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }))
                .limit(20)
                .toList();
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        fleet.await(penguins, State.READY, PATIENCE);

        assertThat(ids).hasSize(1);
        assertThat(ServerProcesses.all(ids.iterator().next())).hasSize(1);
    }

    @Test
    void serverKnowsItsProjectAndNothingElseOfTheWorkbenchsEnvironment() throws Exception {
        NotebookServer server = fleet.now(readyProject());
        Map<String, String> environment = environment(server.pid().orElseThrow());

        assertThat(environment)
                .containsEntry("LATHE_PROJECT", "penguins")
                .containsEntry("LATHE_URL", "http://127.0.0.1:1")
                .containsEntry("LATHE_SERVER_ID", server.id())
                .containsEntry("LANG", "C.UTF-8")
                .containsEntry("JAVA_HOME", System.getProperty("java.home"))
                .containsKey("JUPYTER_RUNTIME_DIR");
        assertThat(environment.get("PATH"))
                .contains(folder.resolve("home/.build/python/bin") + ":" + System.getProperty("java.home") + "/bin:");
        assertThat(fleet.tokens.find(environment.getOrDefault("LATHE_TOKEN", "")))
                .hasValueSatisfying(grant -> assertThat(grant.project()).isEqualTo("penguins"));
        assertThat(environment.keySet())
                .noneMatch(name -> name.contains("SECRET") || name.startsWith("MAVEN") || name.startsWith("SUREFIRE"));
    }

    @Test
    void serverIsStoppedThoughNothingCanBeWrittenDown() {
        long pid = ready();
        fleet.loseDatabase();
        fleet.servers.stopAll(Duration.ofSeconds(8));
        assertThat(Fleet.isAlive(pid)).isFalse();
    }

    @Test
    void onlyTheNewestLogsAreKept() throws Exception {
        Path logs = Files.createDirectories(folder.resolve("data/logs/servers"));
        Path oldest = null;
        for (int i = 0; i < ProcessProvisioner.MOST_LOGS + 5; i++) {
            Path log = Files.writeString(logs.resolve("%032x.log".formatted(i)), "old");
            Files.setLastModifiedTime(log, FileTime.fromMillis(1_000L * (i + 1)));
            oldest = oldest == null ? log : oldest;
        }
        Path unfinished = folder.resolve("data/run/servers").resolve("%032x".formatted(1));
        Files.createDirectories(unfinished);

        ready();

        assertThat(oldest).doesNotExist();
        assertThat(logs.resolve("%032x.log".formatted(1)))
                .as("its server may run")
                .exists();
        assertThat(logs.toFile().list()).hasSize(ProcessProvisioner.MOST_LOGS + 2);
    }

    private Project readyProject() {
        ready();
        return penguins;
    }

    private static Map<String, String> environment(long pid) throws IOException {
        return Stream.of(Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.UTF_8)
                        .split("\0"))
                .map(entry -> entry.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    @Test
    void filesWithTheSecretAreForTheOwnerOnly() throws Exception {
        NotebookServer server = fleet.now(readyProject());
        Path run = folder.resolve("data/run/servers");

        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(run.resolve(server.id() + "/config/server.json"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run.resolve(server.id()))))
                .isEqualTo("rwx------");
        assertThat(run.resolve(server.id() + ".json"))
                .content()
                .contains(
                        "\"project\":\"penguins\"",
                        "\"state\":\"ready\"",
                        "\"pid\":" + server.pid().orElseThrow())
                .doesNotContain(
                        fleet.servers.findPlacement("penguins").orElseThrow().secret());
    }

    @Test
    void failedStartKeepsItsExitCodeAndItsLastLines() throws Exception {
        behave("exit");
        fleet.servers.start(penguins);

        NotebookServer failed = fleet.await(penguins, State.FAILED, PATIENCE);
        assertThat(failed.error()).hasValueSatisfying(why -> assertThat(why).contains("exit code 3"));
        assertThat(failed.logTail()).contains("configuration is broken");
        assertThat(failed.pid()).isEmpty();
        assertThat(fleet.jobs.isFinished(fleet.owner, failed.events())).isTrue();

        behave("");
        ready();
    }

    @Test
    void missingPythonEnvironmentIsNamedWithTheWayOut() throws Exception {
        Files.delete(folder.resolve("home/.build/python/bin/python"));
        fleet.servers.start(penguins);

        assertThat(fleet.await(penguins, State.FAILED, PATIENCE).error())
                .hasValueSatisfying(why -> assertThat(why).contains(".build/python/bin/python", "./lathe up"));
    }

    @Test
    void portLostToAnotherProgramIsReplaced() throws Exception {
        behave("lose-port-once");

        ready();

        assertThat(fleet.messages(penguins).stream().filter(data -> data.contains("\"launch\"")))
                .hasSize(2);
    }

    // ---- watch

    @Test
    void killedServerIsShownAsFailedWithinTwoSecondsAndItsKernelsAreEnded() throws Exception {
        behave("children");
        List<String> ended = new CopyOnWriteArrayList<>();
        fleet.servers.whenEnding(ended::add);
        long pid = ready();
        String id = fleet.now(penguins).id();
        Fleet.await(() -> ServerProcesses.all(id).size() == 2, PATIENCE, () -> "no child");

        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        NotebookServer failed = fleet.await(penguins, State.FAILED, Duration.ofSeconds(2));
        assertThat(failed.error()).hasValueSatisfying(why -> assertThat(why).contains("signal 9"));
        Fleet.await(() -> ServerProcesses.all(id).isEmpty(), PATIENCE, () -> "kernels live on");
        assertThat(fleet.servers.findPlacement("penguins")).isEmpty();
        assertThat(ended).containsExactly("penguins");
        ready();
    }

    @Test
    void serverThatDoesNotAnswerIsUnreachableNotStoppedAndRecovers() throws Exception {
        long pid = ready();

        behave("deaf");
        fleet.await(penguins, State.UNREACHABLE, PATIENCE);
        assertThat(Fleet.isAlive(pid)).isTrue();
        assertThat(fleet.servers.findPlacement("penguins")).isPresent();

        behave("");
        assertThat(fleet.await(penguins, State.READY, PATIENCE).pid()).hasValue(pid);
    }

    // ---- stop

    @Test
    void stopDrainsThenEndsAndVoidsTheToken() throws Exception {
        long pid = ready();
        String token = environment(pid).getOrDefault("LATHE_TOKEN", "");

        assertThat(fleet.servers.stop(penguins, server -> {}))
                .hasValueSatisfying(server -> assertThat(server.state()).isEqualTo(State.STOPPING));
        assertThat(fleet.servers.findPlacement("penguins")).isEmpty();
        NotebookServer stopped = fleet.await(penguins, State.STOPPED, PATIENCE);

        assertThat(Fleet.isAlive(pid)).isFalse();
        assertThat(penguins.folder().resolve("drained")).exists();
        assertThat(fleet.tokens.find(token)).isEmpty();
        assertThat(fleet.jobs.isFinished(fleet.owner, stopped.events())).isTrue();
        assertThat(folder.resolve("data/run/servers")).isEmptyDirectory();
        assertThat(fleet.servers.stop(penguins, server -> {})).isEmpty();
    }

    @Test
    void serverAndKernelThatIgnoreTheRequestAreEndedByForce() throws Exception {
        behave("stubborn children");
        long pid = ready();
        String id = fleet.now(penguins).id();
        Fleet.await(() -> ServerProcesses.all(id).size() == 2, PATIENCE, () -> "no child");

        fleet.servers.stop(penguins, server -> {});
        assertThatThrownBy(() -> fleet.servers.start(penguins))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("is stopping");
        fleet.await(penguins, State.STOPPED, PATIENCE);

        assertThat(Fleet.isAlive(pid)).isFalse();
        assertThat(ServerProcesses.all(id)).isEmpty();
    }

    @Test
    void startCanBeStoppedBeforeItIsReady() throws Exception {
        behave("deaf");
        fleet.servers.start(penguins);
        Fleet.await(() -> fleet.now(penguins).pid().isPresent(), PATIENCE, () -> "not launched");
        long pid = fleet.now(penguins).pid().orElseThrow();

        fleet.servers.stop(penguins, server -> {});

        fleet.await(penguins, State.STOPPED, PATIENCE);
        assertThat(Fleet.isAlive(pid)).isFalse();
    }

    @Test
    void stopAllEndsEveryServer() {
        long first = ready();
        Project other = fleet.project("other");
        fleet.servers.start(other);
        long second = fleet.await(other, State.READY, PATIENCE).pid().orElseThrow();

        fleet.servers.stopAll(Duration.ofSeconds(3));

        assertThat(Fleet.isAlive(first) || Fleet.isAlive(second)).isFalse();
        assertThat(fleet.servers.list(fleet.owner))
                .extracting(NotebookServer::state)
                .containsOnly(State.STOPPED);
    }

    // ---- after the workbench's death

    @Test
    void runningServerIsAdoptedNotDoubled() {
        long pid = ready();
        String id = fleet.now(penguins).id();
        fleet.die();

        fleet = fleet();
        fleet.servers.adopt();

        Fleet.await(() -> fleet.servers.findPlacement("penguins").isPresent(), PATIENCE, () -> "not adopted");
        assertThat(fleet.servers.start(penguins).id()).isEqualTo(id);
        assertThat(fleet.now(penguins).pid()).hasValue(pid);
        assertThat(ServerProcesses.all(id)).hasSize(1);
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        fleet.await(penguins, State.FAILED, Duration.ofSeconds(2));
    }

    @Test
    void serverThatDiedMeanwhileIsMarked() {
        long pid = ready();
        fleet.die();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        Fleet.await(() -> !Fleet.isAlive(pid), PATIENCE, () -> "still alive");

        fleet = fleet();
        fleet.servers.adopt();

        assertThat(fleet.await(penguins, State.FAILED, PATIENCE).error())
                .hasValueSatisfying(why -> assertThat(why).contains("has ended"));
        ready();
    }

    @Test
    void startCutOffByTheWorkbenchsDeathGoesOn() throws Exception {
        behave("deaf");
        fleet.servers.start(penguins);
        Fleet.await(() -> fleet.now(penguins).pid().isPresent(), PATIENCE, () -> "not launched");
        long pid = fleet.now(penguins).pid().orElseThrow();
        fleet.die();
        behave("");

        fleet = fleet();
        fleet.servers.adopt();

        assertThat(fleet.await(penguins, State.READY, PATIENCE).pid()).hasValue(pid);
    }

    @Test
    void anotherProcessWithTheSamePidIsNeverTouched() throws Exception {
        long pid = ready();
        String id = fleet.now(penguins).id();
        Placement placement = fleet.servers.findPlacement("penguins").orElseThrow();
        Process bystander = new ProcessBuilder("sleep", "60").start();
        try {
            ProcessProvisioner provisioner = new ProcessProvisioner(folder.resolve("home"), folder.resolve("data"));
            Placement mistaken = new Placement(
                    placement.url(),
                    placement.secret(),
                    java.util.OptionalLong.of(bystander.pid()),
                    "{\"started\":"
                            + bystander.info().startInstant().orElseThrow().toEpochMilli() + "}");
            provisioner.stop("0".repeat(32), mistaken, Duration.ofMillis(200));

            assertThat(bystander.isAlive()).isTrue();
            assertThat(provisioner.look(id, mistaken)).isInstanceOf(Health.Gone.class);
            assertThat(Fleet.isAlive(pid)).isTrue();
        } finally {
            bystander.destroyForcibly();
        }
    }
}
