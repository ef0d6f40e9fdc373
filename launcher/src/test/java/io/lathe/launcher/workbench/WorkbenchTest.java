package io.lathe.launcher.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.launcher.data.DataFolder;
import io.lathe.launcher.data.Settings;
import io.lathe.launcher.data.StandInProgram;
import io.lathe.launcher.terminal.CommandFailure;
import io.lathe.launcher.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbenchTest {
    @TempDir
    Path folder;

    @Test
    void workbenchThatAnswersAndCannotWriteItsNotesIsNotReadyAndItsLastWordsAreShown() throws Exception {
        Path home = folder.resolve("home");
        StandInWorkbench.install(home);
        DataFolder data = new DataFolder(folder.resolve("data"), folder.resolve("data"));
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        Settings.Wishes anyPorts =
                new Settings.Wishes(Optional.of(0), Optional.of(0), Optional.empty(), Optional.empty());
        Process endpoint =
                StandInProgram.start("serving-endpoint.jar", data.root().resolve("serving"));
        try {
            Workbench workbench = new Workbench(home, data, new Terminal(stream, stream));
            assertThatThrownBy(() -> workbench.ensureRunning(anyPorts))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("ended before it was ready");
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .contains(StandInWorkbench.WHY)
                    .contains("ended the serving endpoint (process " + endpoint.pid() + ")")
                    .doesNotContain("workbench ready");
            assertThat(data.log("workbench"))
                    .content(StandardCharsets.UTF_8)
                    .as("so it was not read there")
                    .doesNotContain(StandInWorkbench.WHY);
            assertThat(endpoint.waitFor(5, TimeUnit.SECONDS)).isTrue();
        } finally {
            endpoint.destroyForcibly();
        }
    }
}
