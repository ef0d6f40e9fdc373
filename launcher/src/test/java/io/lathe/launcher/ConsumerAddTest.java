package io.lathe.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.lathe.launcher.data.LiveProcess;
import io.lathe.launcher.data.StandInProgram;
import io.lathe.launcher.terminal.ExitCode;
import io.lathe.launcher.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./lathe consumer add} against a workbench and an endpoint that answer from memory. */
class ConsumerAddTest {
    @TempDir
    Path data;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Process process;
    private HttpServer workbench;
    private HttpServer endpoint;
    private volatile int served;

    @BeforeEach
    void start() throws IOException {
        workbench =
                server("/api/v1/consumers", 201, () -> "{\"name\":\"web\",\"token\":\"the-token\",\"routeVersion\":7}");
        endpoint = server("/lathe/status", 200, () -> "{\"routeVersion\":" + served + "}");
        int port = workbench.getAddress().getPort();
        int servingPort = endpoint.getAddress().getPort();
        process = StandInProgram.start("workbench-server.jar", data);
        LiveProcess note = LiveProcess.of(process.toHandle());
        Files.createDirectories(data.resolve("run"));
        Files.writeString(
                data.resolve("run/workbench.json"),
                "{\"pid\":" + note.pid() + ",\"started\":" + note.started() + ",\"port\":" + port + "}");
        Files.writeString(data.resolve("run/operator-token"), "operator");
        Files.writeString(
                data.resolve("settings.json"),
                "{\"port\":" + port + ",\"servingPort\":" + servingPort + ",\"provisioner\":\"process\"}");
    }

    @AfterEach
    void stop() {
        process.destroyForcibly();
        workbench.stop(0);
        endpoint.stop(0);
    }

    private static HttpServer server(String path, int status, Supplier<String> body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(path, exchange -> {
            byte[] bytes = body.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private int add() {
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        return Lathe.run(
                data, List.of("consumer", "add", "web", "--model", "penguins", "--data", data.toString()), terminal);
    }

    @Test
    void tokenIsTheLastLineOnceTheEndpointAcceptsIt() {
        served = 7;
        int code = add();
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("the-token\n");
    }

    @Test
    @Tag("slow") // it is waited for 15 seconds
    void tokenIsNotLostWhereTheEndpointIsLate() {
        served = 6;
        int code = add();
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(ExitCode.UNKNOWN.number());
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("the-token\n");
    }
}
