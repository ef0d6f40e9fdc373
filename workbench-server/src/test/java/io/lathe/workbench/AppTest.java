package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.lathe.datasets.problem.LatheException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class AppTest {
    @TempDir
    Path data;

    @Test
    void healthIsOpenAndNamesThisStart() {
        try (RunningWorkbench workbench = new RunningWorkbench(data, data)) {
            var answer = workbench.send(workbench.request("/api/v1/health"));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .contains(
                            "\"status\":\"ok\"",
                            "\"instance\":\"",
                            "\"pid\":" + ProcessHandle.current().pid());
        }
    }

    @Test
    void unknownHostNamesAreMisdirected() throws Exception {
        try (RunningWorkbench workbench = new RunningWorkbench(data, data)) {
            int port = workbench.app.port();
            for (String host :
                    new String[] {"evil.example:" + port, "localhost", "localhost:1", "x.localhost:" + port}) {
                assertThat(statusFor(port, host)).as(host).contains(" 421 ");
            }
            assertThat(statusFor(port, "localhost:" + port)).contains(" 200 ");
            assertThat(statusFor(port, "penguins.notebooks.localhost:" + port))
                    .as("a project's host serves its notebooks, nothing of the workbench")
                    .contains(" 404 ");
        }
    }

    private static String statusFor(int port, String host) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write(("GET /api/v1/health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    @Test
    void secondWorkbenchOnOneDataFolderIsRefusedAsBadUse() {
        try (RunningWorkbench workbench = new RunningWorkbench(data, data)) {
            assertThatThrownBy(() ->
                            App.start(new Options(workbench.data, 0, 0, data), services -> new NoNotebookServers()))
                    .isInstanceOfSatisfying(
                            LatheException.class,
                            e -> assertThat(e.code().exitCode()).isEqualTo(2))
                    .hasMessageContaining(data.toString())
                    .hasMessageContaining("./lathe down");
        }
    }

    @Test
    void runningWorkbenchSaysWhereItIsUntilItStops() throws Exception {
        try (RunningWorkbench workbench = new RunningWorkbench(data, data)) {
            assertThat(Files.readString(data.resolve("run/workbench.json")))
                    .contains("\"pid\":" + ProcessHandle.current().pid(), "\"port\":" + workbench.app.port());
        }
        assertThat(data.resolve("run/workbench.json")).doesNotExist();
    }

    @Test
    @Tag("slow")
    void aStopThatCutsARequestOffIsNoError() throws Exception {
        Logger logs = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        heard.start();
        RunningWorkbench workbench = new RunningWorkbench(data, data);
        int port = workbench.app.port();
        logs.addAppender(heard);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("POST /login HTTP/1.1\r\nHost: localhost:" + port
                                    + "\r\nContent-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue"
                                    + "\r\nContent-Length: 100\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read())
                    .as("asked for the body, so it is being read")
                    .isEqualTo('H');
            workbench.close();
        } finally {
            logs.detachAppender(heard);
        }
        assertThat(heard.list).noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.ERROR));
        assertThat(heard.list).anyMatch(event -> event.getFormattedMessage().contains("were cut off by the stop"));
    }

    @Test
    void takenPortIsNamedWithTheWayOut() {
        try (RunningWorkbench first = new RunningWorkbench(data.resolve("a"), data)) {
            Options options = new Options(data.resolve("b"), first.app.port(), 0, data);
            assertThatThrownBy(() -> App.start(options, services -> new NoNotebookServers()))
                    .isInstanceOf(LatheException.class)
                    .hasMessageContaining("Port " + first.app.port())
                    .hasMessageContaining("--port");
            new RunningWorkbench(data.resolve("b"), data).close();
        }
    }

    @Test
    void unknownOptionNamesTheNearest() {
        assertThatThrownBy(() -> Options.parse("--prot", "1"))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("--prot")
                .hasMessageContaining("--port");
    }

    @Test
    void whyItCannotStartIsSaidToWhoStartedItAlsoWhereTheLogIsLost() throws Exception {
        Files.writeString(data.resolve("settings.json"), "{\"format\":9}");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dlathe.startFailure=stdout",
                        "-cp",
                        System.getProperty("java.class.path"),
                        App.class.getName(),
                        "--data",
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(said).contains(data.resolve("settings.json") + " is of a newer Lathe");
    }
}
