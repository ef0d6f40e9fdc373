package io.lathe.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Host names: a page whose own name leads to this machine must not read what the endpoint shows to everybody here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileHostTest {

    private final SmallWorkbench workbench;
    private final Served served;

    HostileHostTest(@TempDir Path folder) throws IOException {
        workbench = SmallWorkbench.start();
        served = Served.start(folder, workbench.url());
    }

    @AfterAll
    void stop() {
        served.close();
        workbench.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:%d",
                "localhost.evil.example:%d",
                "127.0.0.1.evil.example",
                "localhost.",
                "localhost.:%d",
                "localhost@evil.example",
                "evil.example@localhost",
                "localhost:%d:80",
                "localhost:",
                "127.1",
                "0.0.0.0:%d",
                "[::]:%d",
                "x.localhost:%d",
                "localhost\u0000",
                "localhost evil.example",
                "",
            })
    void aForeignHostIsNotAnswered(String host) throws IOException {
        for (String path : new String[] {"/lathe/status", "/v2/health/live", "/v1/models/tiny", "/"}) {
            assertThat(exchange(path, "Host: " + host.replace("%d", String.valueOf(served.port()))))
                    .containsPattern("^HTTP/1\\.1 4(00|21) ")
                    .doesNotContain("routeVersion", "\"live\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:%d", "127.0.0.1:%d", "[::1]:%d", "127.0.0.1"})
    void itsOwnNamesAreAnswered(String host) throws IOException {
        assertThat(exchange("/lathe/status", "Host: " + host.replace("%d", String.valueOf(served.port()))))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void otherWaysToNameAHostCountForNothing() throws IOException {
        String own = "Host: localhost:" + served.port();
        assertThat(exchange("http://evil.example/lathe/status", own)).containsPattern("^HTTP/1\\.1 4(00|21) ");
        assertThat(exchange("/lathe/status", own + "\r\nHost: evil.example")).startsWith("HTTP/1.1 400 ");
        assertThat(exchange("/lathe/status", "X-Nothing: here")).containsPattern("^HTTP/1\\.1 4(00|21) ");
        for (String header : new String[] {"X-Forwarded-Host", "X-Host", "Forwarded", "X-Forwarded-Server"}) {
            String value = header.equals("Forwarded") ? "host=localhost" : "localhost:" + served.port();
            assertThat(exchange("/lathe/status", "Host: evil.example\r\n" + header + ": " + value))
                    .as(header)
                    .startsWith("HTTP/1.1 421 ");
        }
    }

    @Test
    void everyAnswerForbidsBrowsersToKeepFrameOrGuessIt() throws IOException {
        String own = "Host: localhost:" + served.port();
        for (String answer : new String[] {
            exchange("/lathe/status", own),
            exchange("/v1/models/tiny", own),
            exchange("/nothing", own),
            exchange("/%zz", own),
            exchange("/" + "x".repeat(20_000), own),
            exchange("/", "Host: evil.example")
        }) {
            String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
            assertThat(head)
                    .contains(
                            "Cache-Control: no-store",
                            "X-Content-Type-Options: nosniff",
                            "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'")
                    .doesNotContain("Server:", "Access-Control");
        }
    }

    private String exchange(String target, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET " + target + " HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
