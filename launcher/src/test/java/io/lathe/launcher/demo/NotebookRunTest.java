package io.lathe.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.launcher.api.WorkbenchApi;
import io.lathe.launcher.terminal.CommandFailure;
import io.lathe.launcher.terminal.ExitCode;
import io.lathe.launcher.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NotebookRunTest {
    private final HttpClient http = WorkbenchApi.client();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @AfterEach
    void closeClient() {
        http.shutdownNow();
    }

    @Test
    void runsCodeCellsInOrderAndFindsThePublication() throws IOException {
        try (SmallJupyter jupyter = new SmallJupyter("int a = 1;\na", "publish(model)", "a + 1")) {
            NotebookRun.Outcome outcome = run(jupyter);
            assertThat(outcome.cells()).isEqualTo(3);
            assertThat(outcome.kernel()).isEqualTo("k1");
            assertThat(outcome.publication()).contains("p-7");
            assertThat(jupyter.executed()).containsExactly("int a = 1;\na", "publish(model)", "a + 1");
        }
    }

    @Test
    void brokenCellStopsTheRunAndIsShown() throws IOException {
        try (SmallJupyter jupyter = new SmallJupyter("fine", "boom now\nand more", "never")) {
            assertThatThrownBy(() -> run(jupyter))
                    .asInstanceOf(InstanceOfAssertFactories.type(CommandFailure.class))
                    .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED))
                    .satisfies(failure ->
                            assertThat(failure).hasMessageContaining("cell 2").hasMessageContaining("Boom: it broke"));
            assertThat(jupyter.executed()).hasSize(2);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .contains("boom now")
                    .contains("and more")
                    .contains("Boom: it broke")
                    .doesNotContain("\u001b");
        }
    }

    @Test
    void kernelIsEndedAlsoAfterAFailure() throws IOException {
        try (SmallJupyter jupyter = new SmallJupyter("boom")) {
            assertThatThrownBy(() -> run(jupyter)).isInstanceOf(CommandFailure.class);
            assertThat(jupyter.requests()).endsWith("DELETE /projects/penguins/api/sessions/s1");
        }
    }

    @Test
    void bigOutputInFragmentsWithPingsBetweenArrives() throws IOException {
        try (SmallJupyter jupyter = new SmallJupyter("big", "publish")) {
            assertThat(run(jupyter).publication()).contains("p-7");
        }
    }

    @Test
    void lostConnectionIsUnknownAndDoesNotHang() throws IOException {
        for (String way : new String[] {"vanish", "close"}) {
            try (SmallJupyter jupyter = new SmallJupyter(way)) {
                assertThatThrownBy(() -> run(jupyter))
                        .asInstanceOf(InstanceOfAssertFactories.type(CommandFailure.class))
                        .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.UNKNOWN))
                        .satisfies(
                                failure -> assertThat(failure).hasMessageContaining("connection to the kernel ended"));
            }
        }
    }

    private NotebookRun.Outcome run(SmallJupyter jupyter) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        ProjectHost host = ProjectHost.enter(http, URI.create(jupyter.ticket()));
        return new NotebookRun(host, "penguins", new Terminal(stream, stream)).run();
    }
}
