package io.lathe.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The endpoint as a process of its own. */
@Tag("slow") // each test starts and ends whole processes
class ProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern ADDRESS = Pattern.compile("Serving on http://127\\.0\\.0\\.1:(\\d+)");

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void anUnknownOptionEndsItWithTheNearestName() throws Exception {
        Process process = start("--dta", "x");
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(output())
                .contains("Unknown option '--dta'. Did you mean '--data'?")
                .doesNotContain("Exception");
    }

    @Test
    void sigtermLetsTheRequestInWorkFinishThenExits() throws Exception {
        try (SmallWorkbench workbench = SmallWorkbench.start().holding(TinyModels.RISING)) {
            workbench.route(RoutesJson.of(1).with(1, TinyModels.RISING).production(1));
            Process process = startServing(workbench);
            int port = awaitPort(process);
            awaitReady(port);
            byte[] body = TinyModels.instances(TinyModels.row(30)).getBytes(StandardCharsets.UTF_8);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout((int) PATIENCE.toMillis());
                var out = socket.getOutputStream();
                out.write(
                        ("POST /v1/models/tiny:predict HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nAuthorization: Bearer "
                                        + RoutesJson.WEB_TOKEN + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                out.flush();
                InputStream in = socket.getInputStream();
                // The interim answer says that the endpoint has begun to read this request's body.
                assertThat(new String(in.readNBytes(25), StandardCharsets.US_ASCII))
                        .startsWith("HTTP/1.1 100 Continue");
                process.destroy();
                awaitStopping(port);
                out.write(body);
                out.flush();
                byte[] answer = in.readNBytes(15);
                assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200 OK");
            }
            assertThat(process.waitFor(6, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aRequestThatNeverEndsDoesNotHoldUpTheStop() throws Exception {
        try (SmallWorkbench workbench = SmallWorkbench.start().holding(TinyModels.RISING)) {
            workbench.route(RoutesJson.of(1).with(1, TinyModels.RISING).production(1));
            Process process = startServing(workbench);
            int port = awaitPort(process);
            awaitReady(port);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout((int) PATIENCE.toMillis());
                socket.getOutputStream()
                        .write(
                                ("POST /v1/models/tiny:predict HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nAuthorization: Bearer "
                                                + RoutesJson.WEB_TOKEN + "\r\nContent-Length: 1000\r\n\r\n")
                                        .getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 100");
                process.destroy();
                // 5 seconds are promised; one more for a busy machine.
                assertThat(process.waitFor(6, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    @Test
    void killedItStartsAgainFromDiskWithoutTheWorkbench() throws Exception {
        SmallWorkbench workbench = SmallWorkbench.start().holding(TinyModels.RISING);
        workbench.route(RoutesJson.of(1).with(1, TinyModels.RISING).production(1));
        Process first = startServing(workbench);
        awaitReady(awaitPort(first));
        first.destroyForcibly().waitFor();
        workbench.close();
        Files.delete(folder.resolve("output"));
        Process second = startServing(workbench);
        awaitReady(awaitPort(second));
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString()))
                    .containsExactlyInAnyOrder(
                            "output",
                            "token",
                            "data/lock",
                            "data/routes.json",
                            "data/bundles/" + TinyModels.id(TinyModels.RISING) + ".zip");
        }
    }

    @Test
    void killedWhileItFetchesAVersionItServesTheOldOneAndFetchesAgain() throws Exception {
        try (SmallWorkbench workbench = SmallWorkbench.start().holding(TinyModels.RISING, TinyModels.FALLING)) {
            workbench.route(RoutesJson.of(1).with(1, TinyModels.RISING).production(1));
            Process first = startServing(workbench);
            awaitReady(awaitPort(first));
            workbench.stallBundles();
            workbench.route(RoutesJson.of(2)
                    .with(1, TinyModels.RISING)
                    .with(2, TinyModels.FALLING)
                    .production(2));
            awaitFile(".fetch-");
            first.destroyForcibly().waitFor();

            Files.delete(folder.resolve("output"));
            Process second = startServing(workbench);
            int port = awaitPort(second);
            awaitReady(port);
            assertThat(answer(port)).contains("Lathe-Model-Version: 1", "\"high\"");
            workbench.letBundlesFlow();
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!answer(port).contains("Lathe-Model-Version: 2")) {
                assertThat(System.nanoTime()).as(output()).isLessThan(end);
            }
            assertThat(answer(port)).contains("\"low\"");
            try (Stream<Path> files = Files.list(folder.resolve("data/bundles"))) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder(
                                TinyModels.id(TinyModels.RISING) + ".zip", TinyModels.id(TinyModels.FALLING) + ".zip");
            }
        }
    }

    private void awaitFile(String prefix) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try (Stream<Path> files = Files.list(folder.resolve("data/bundles"))) {
                if (files.anyMatch(file -> file.getFileName().toString().startsWith(prefix))) {
                    return;
                }
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("no file " + prefix + " in: " + output());
    }

    /** The whole answer to a prediction for a row that version 1 calls high. */
    private static String answer(int port) throws IOException {
        byte[] body = TinyModels.instances(TinyModels.row(30)).getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream()
                    .write(
                            ("POST /v1/models/tiny:predict HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                                            + RoutesJson.WEB_TOKEN + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aSecondOneOnTheSameFolderIsRefused() throws Exception {
        try (SmallWorkbench workbench = SmallWorkbench.start()) {
            awaitPort(startServing(workbench));
            Process second = startServing(workbench);
            assertThat(second.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(second.exitValue()).isEqualTo(1);
            assertThat(output()).contains("in use by another serving endpoint");
        }
    }

    @Test
    void withoutItsDataFolderItEnds() throws Exception {
        try (SmallWorkbench workbench = SmallWorkbench.start()) {
            Process process = startServing(workbench);
            awaitPort(process);
            Files.delete(folder.resolve("data/lock"));
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            assertThat(output()).contains("The data folder was deleted or replaced");
        }
    }

    @Test
    void aTakenPortIsSaidAndEndsTheProcess() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process = start(
                    "--data", folder.resolve("data").toString(),
                    "--port", String.valueOf(other.getLocalPort()),
                    "--workbench", "http://127.0.0.1:9",
                    "--token-file", folder.resolve("token").toString());
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(3);
            assertThat(output())
                    .contains("Port " + other.getLocalPort() + " on 127.0.0.1 is taken")
                    .doesNotContain("Exception in thread");
        }
    }

    private Process startServing(SmallWorkbench workbench) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), SmallWorkbench.TOKEN);
        return start(
                "--data", folder.resolve("data").toString(),
                "--port", "0",
                "--workbench", workbench.url().toString(),
                "--token-file", token.toString());
    }

    private Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", App.class.getName()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.redirectErrorStream(true);
        builder.redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("output").toFile()));
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private int awaitPort(Process process) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            Matcher address = ADDRESS.matcher(output());
            if (address.find()) {
                return Integer.parseInt(address.group(1));
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("no address in: " + output());
    }

    private void awaitReady(int port) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!health(port).contains("200 OK")) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never ready: " + output());
            }
            Thread.onSpinWait();
        }
    }

    /** Waits until the endpoint has begun to stop: it says that it is not ready. */
    private static void awaitStopping(int port) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (health(port).contains("200 OK")) {
            if (System.nanoTime() > end) {
                throw new AssertionError("still ready");
            }
            Thread.onSpinWait();
        }
    }

    private static String health(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream()
                    .write("GET /v2/health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private String output() throws IOException {
        Path output = folder.resolve("output");
        return Files.exists(output) ? Files.readString(output) : "";
    }
}
