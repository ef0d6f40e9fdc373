package io.lathe.launcher.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.lathe.launcher.data.DataFolder;
import io.lathe.launcher.data.LiveProcess;
import io.lathe.launcher.data.StandInProgram;
import io.lathe.launcher.terminal.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShutdownTest {
    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);

    private final List<Process> children = new ArrayList<>();

    @TempDir
    Path root;

    @AfterEach
    void endChildren() throws InterruptedException {
        for (Process child : children) {
            child.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void stopsWhatADeadWorkbenchLeftBehind() throws IOException, InterruptedException {
        Process serving = program("serving-endpoint.jar", root.resolve("serving"));
        Process server = child("one");
        note("serving.json", LiveProcess.of(serving.toHandle()), "");
        note("servers/one.json", LiveProcess.of(server.toHandle()), ",\"project\":\"penguins\",\"state\":\"ready\"");
        Shutdown.Outcome outcome = shutdown().everything();
        assertThat(outcome.alive()).isEmpty();
        assertThat(outcome.stopped()).hasSize(2).anyMatch(line -> line.contains("notebook server of penguins"));
        assertThat(serving.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(server.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void leavesAloneAProcessThatOnlyGotTheSameId() throws IOException, InterruptedException {
        Process stranger = child("none");
        note("workbench.json", new LiveProcess(stranger.pid(), 1_000_000), "");
        assertThat(shutdown().everything().stopped()).isEmpty();
        assertThat(stranger.isAlive()).isTrue();
    }

    @Test
    void leavesAloneAStrangerWhomANoteNamesRightly() throws IOException, InterruptedException {
        Process stranger = child("none");
        LiveProcess named = LiveProcess.of(stranger.toHandle());
        note("workbench.json", named, "");
        note("serving.json", named, "");
        note("servers/one.json", named, ",\"project\":\"penguins\"");
        assertThat(Status.of(new DataFolder(root, root)).servers()).isEmpty();
        assertThat(shutdown().everything().stopped()).isEmpty();
        assertThat(stranger.isAlive()).isTrue();
    }

    @Test
    void findsProgramsWhoseNotesAreLost() throws IOException, InterruptedException {
        Process workbench = program("workbench-server.jar", root);
        Process serving = program("serving-endpoint.jar", root.resolve("serving"));
        Process elsewhere = program("serving-endpoint.jar", root.resolve("other/serving"));
        assertThat(new DataFolder(root, root).serving().orElseThrow().port()).isEqualTo(4711);
        assertThat(shutdown().everything().stopped()).hasSize(2);
        assertThat(workbench.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(serving.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(elsewhere.isAlive()).isTrue();
    }

    @Test
    void findsTheServerThatWasJustBeingLaunched() throws IOException, InterruptedException {
        String id = UUID.randomUUID().toString();
        Process server = child(id);
        Files.createDirectories(root.resolve("run/servers").resolve(id));
        assertThat(shutdown().everything().stopped()).hasSize(1);
        assertThat(server.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void findsKernelsOfAServerThatWasKilled() throws IOException, InterruptedException {
        String id = UUID.randomUUID().toString();
        Process kernel = child(id);
        Process other = child(UUID.randomUUID().toString());
        note("servers/" + id + ".json", new LiveProcess(999_999_999, 1), ",\"project\":\"penguins\"");
        assertThat(shutdown().everything().stopped()).hasSize(1);
        assertThat(kernel.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(other.isAlive()).isTrue();
    }

    @Test
    void keepsNotebookServersWhenAsked() throws IOException, InterruptedException {
        Process workbench = program("workbench-server.jar", root);
        Process server = child("one");
        note("workbench.json", LiveProcess.of(workbench.toHandle()), "");
        note("servers/one.json", LiveProcess.of(server.toHandle()), ",\"project\":\"penguins\"");
        shutdown().allButServers();
        assertThat(workbench.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(server.isAlive()).isTrue();
        assertThat(root.resolve("run/keep-servers")).exists();
    }

    @Test
    void statusShowsOnlyWhatIsAlive() throws IOException, InterruptedException {
        Process server = child("one");
        note("servers/one.json", LiveProcess.of(server.toHandle()), ",\"project\":\"penguins\",\"state\":\"ready\"");
        note("servers/two.json", new LiveProcess(server.pid(), 1), ",\"project\":\"old\",\"state\":\"ready\"");
        Status status = Status.of(new DataFolder(root, root));
        assertThat(status.servers()).containsExactly(new Status.Server("penguins", server.pid(), "ready"));
        assertThat(status.workbench().state()).isEqualTo("stopped");
    }

    private Shutdown shutdown() {
        return new Shutdown(new DataFolder(root, root), new Terminal(NOWHERE, NOWHERE));
    }

    private Process child(String serverId) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sleep", "60");
        builder.environment().put("LATHE_SERVER_ID", serverId);
        Process child = builder.start();
        children.add(child);
        return child;
    }

    private Process program(String jar, Path data) throws IOException {
        Process program = StandInProgram.start(jar, data);
        children.add(program);
        return program;
    }

    private void note(String name, LiveProcess process, String more) throws IOException {
        Path file = root.resolve("run").resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(
                file, "{\"pid\":" + process.pid() + ",\"started\":" + process.started() + ",\"port\":1" + more + "}");
    }
}
