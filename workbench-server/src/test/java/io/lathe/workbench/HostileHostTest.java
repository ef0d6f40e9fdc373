package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DNS rebinding and every other way to be called by a name that is not ours. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileHostTest {
    private final RunningWorkbench workbench;
    private final int port;
    private final String cookie;

    HostileHostTest(@TempDir Path folder) {
        workbench = new RunningWorkbench(folder.resolve("data"), Checkout.in(folder.resolve("home")));
        port = workbench.app.port();
        workbench.makeProject("mine");
        cookie = "Cookie: " + workbench.logIn();
    }

    @AfterAll
    void stop() {
        workbench.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:%d",
                "localhost.evil.example:%d",
                "127.0.0.1.evil.example:%d",
                "mine.notebooks.localhost.evil.example:%d",
                "localhost",
                "localhost:1",
                "localhost:%d0",
                "localhost:0%d",
                "localhost:+%d",
                "localhost:%d:80",
                "localhost.:%d",
                "mine.notebooks.localhost.:%d",
                "a.mine.notebooks.localhost:%d",
                "notebooks.localhost:%d",
                ".notebooks.localhost:%d",
                "MINE_.notebooks.localhost:%d",
                "-x.notebooks.localhost:%d",
                "localhost@evil.example:%d",
                "evil.example@localhost:%d",
                "localhost%00:%d",
                "localhost/evil:%d",
                "127.1:%d",
                "2130706433:%d",
                "0.0.0.0:%d",
                "[::]:%d",
                "[::ffff:127.0.0.1]:%d",
                "l\u00f6calhost:%d",
                "",
            })
    void aForeignHostReachesNothing(String pattern) {
        String host = pattern.replace("%d", String.valueOf(port));
        for (String path : List.of("/", "/login", "/api/v1/health", "/api/v1/projects", "/assets/lathe.css")) {
            Wire.Reply reply =
                    Wire.to(port, "GET", path).host(host).with(cookie).send();
            assertThat(reply.status()).as(host + path).isIn(400, 421);
            assertThat(reply.body()).doesNotContain("csrf", "\"name\"", "instance");
        }
    }

    @Test
    void otherWaysToNameAHostCountForNothing() {
        for (String header : List.of(
                "X-Forwarded-Host: localhost:%d",
                "X-Host: localhost:%d",
                "X-Original-Host: localhost:%d",
                "Forwarded: host=localhost:%d",
                "X-HTTP-Host-Override: localhost:%d")) {
            assertThat(Wire.to(port, "GET", "/api/v1/health")
                            .host("evil.example:" + port)
                            .with(header.replace("%d", String.valueOf(port)))
                            .send()
                            .status())
                    .as(header)
                    .isEqualTo(421);
        }
        for (String header :
                List.of("X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https", "Forwarded: host=evil.example")) {
            String answer = Wire.to(port, "POST", "/projects/mine/open")
                    .with(cookie, header, "X-CSRF-Token: " + new Callers(workbench).csrf(cookie.substring(8)))
                    .send()
                    .all();
            assertThat(answer).as(header).doesNotContain("evil.example", "https:");
        }
    }

    @Test
    void aTargetThatNamesAHostMustNameOurs() {
        for (String target : List.of(
                "http://evil.example/api/v1/health",
                "http://evil.example:" + port + "/api/v1/health",
                "http://mine.notebooks.localhost:" + port + "/api/v1/projects",
                "//evil.example/api/v1/health",
                "evil.example:" + port,
                "*")) {
            Wire.Reply reply = Wire.to(port, "GET", target).with(cookie).send();
            assertThat(reply.status()).as(target).isIn(400, 401, 403, 404, 421);
            assertThat(reply.all()).doesNotContain("instance", "Location: http://evil", "location: //");
        }
        assertThat(Wire.to(port, "CONNECT", "evil.example:80").send().status()).isBetween(400, 599);
        assertThat(Wire.to(port, "GET", "/api/v1/health")
                        .with("Host: evil.example")
                        .send()
                        .status())
                .as("two hosts")
                .isEqualTo(400);
    }
}
