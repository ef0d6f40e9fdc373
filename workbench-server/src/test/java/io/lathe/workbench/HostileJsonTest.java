package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Bodies made to hurt, at every route that takes one. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileJsonTest {
    private static final List<String> BODIES = List.of(
            "",
            "null",
            "[]",
            "7",
            "\"text\"",
            "{",
            "{}}",
            "{} {}",
            "\u0000",
            "\ufeff{}",
            "{\"name\":{}}",
            "{\"name\":[]}",
            "{\"name\":null,\"template\":null,\"models\":null,\"version\":null}",
            "{\"name\":\"a\",\"models\":[null]}",
            "{\"name\":\"a\",\"models\":[[\"b\"]]}",
            "{\"version\":1.5}",
            "{\"version\":9999999999}",
            "{\"version\":-1}",
            "{\"version\":\"1\"}",
            "{\"version\":1e400}",
            "{\"version\":" + "9".repeat(5_000) + "}",
            "{\"name\":\"" + "x".repeat(60_000) + "\"}",
            "{\"name\":\"\\ud800\"}",
            "{\"@class\":\"java.lang.Runtime\",\"@type\":\"java.net.URL\"}",
            "[".repeat(60_000),
            "{\"a\":".repeat(10_000),
            "{\"name\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}",
            "{\"models\":[" + "\"m\",".repeat(10_000) + "\"m\"]}",
            "x".repeat(70_000),
            " ".repeat(3 << 20));

    private final RunningWorkbench workbench;
    private final int port;

    HostileJsonTest(@TempDir Path folder) {
        workbench = new RunningWorkbench(folder.resolve("data"), Checkout.in(folder.resolve("home")));
        port = workbench.app.port();
        workbench.makeProject("mine");
    }

    @AfterAll
    void stop() {
        workbench.close();
    }

    @Test
    void everyBodyIsRefusedInWordsWithoutANameOfOurClasses() {
        SoftAssertions all = new SoftAssertions();
        String token = "Authorization: Bearer " + workbench.secret("run/operator-token");
        List<DocumentedRoutes.Row> rows = DocumentedRoutes.ofWorkbench().stream()
                .filter(DocumentedRoutes.Row::changes)
                .filter(row -> row.path().startsWith("/api/v1/") && row.allows("owner"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(6);
        for (DocumentedRoutes.Row row : rows) {
            String path = row.path().replaceAll("[{<][A-Za-z0-9]+[>}]", "unknown");
            for (String body : BODIES) {
                Wire.Reply reply = Wire.to(port, row.method(), path)
                        .with(token)
                        .body("application/json", body)
                        .send();
                String what = row + " with " + (body.length() > 50 ? body.substring(0, 50) + "…" : body);
                all.assertThat(reply.status()).as(what).isLessThan(500);
                all.assertThat(reply.body())
                        .as(what)
                        .doesNotContain("io.lathe", "fasterxml", "java.", "kotlin", "StreamReadConstraints", "$")
                        .hasSizeLessThan(4_000);
            }
        }
        all.assertAll();
        assertThat(workbench.get("/api/v1/projects")).hasSize(1);
        assertThat(workbench.get("/api/v1/consumers")).isEmpty();
    }

    @Test
    void aBodyThatIsAllSentFarBeyondTheLimitIsStillAnswered() {
        Wire.Reply reply = Wire.to(port, "POST", "/api/v1/projects")
                .with("Authorization: Bearer " + workbench.secret("run/operator-token"))
                .body("application/json", " ".repeat(64 << 20))
                .send();

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.body()).contains("1000000 bytes", "send less");
    }

    /** Bodies that end or are framed as none should, each after its head. */
    private static final List<String> BROKEN = List.of(
            "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
            "Transfer-Encoding: chunked\r\n\r\n5\r\n{}\r\n0",
            "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
            "Content-Length: 100\r\n\r\n{}");

    @Test
    void aBodyThatIsCutOffOrBrokenIsTheCallersFault() throws Exception {
        String token = "Authorization: Bearer " + workbench.secret("run/operator-token") + "\r\n";
        String kernel = "Authorization: Bearer " + workbench.kernelToken("mine") + "\r\n";
        SoftAssertions all = new SoftAssertions();
        for (String line : List.of(
                "POST /login HTTP/1.1\r\n",
                "POST /api/v1/tokens HTTP/1.1\r\n" + token,
                "POST /api/v1/projects HTTP/1.1\r\n" + token,
                "PUT /api/v1/project/store/objects/objects/aa/" + "a".repeat(64) + " HTTP/1.1\r\n" + kernel,
                "POST /api/v1/project/publications?model=m&evaluateOn=d@v1 HTTP/1.1\r\nContent-Type: application/zip\r\n"
                        + kernel)) {
            for (String body : BROKEN) {
                all.assertThat(halfSent(line + "Host: localhost:" + port + "\r\n" + body))
                        .as(line + body)
                        .startsWith("HTTP/1.1 4");
            }
        }
        all.assertAll();
    }

    private String halfSent(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aBodyInAFormThatNobodyReadsIsRefusedWithTheFormThatIsRead() {
        String token = "Authorization: Bearer " + workbench.secret("run/operator-token");
        SoftAssertions all = new SoftAssertions();
        for (String path : List.of("/login", "/api/v1/tokens", "/api/v1/projects")) {
            for (String type : List.of(
                    "multipart/form-data",
                    "multipart/form-data; boundary=x",
                    "Multipart/Mixed",
                    "text/plain; charset=bogus",
                    "application/json; charset=utf-99",
                    "application/json;charset=\"utf-16\"")) {
                Wire.Reply reply = Wire.to(port, "POST", path)
                        .with(token)
                        .body(type, "{\"name\":\"one\"}")
                        .send();
                all.assertThat(reply.status()).as(path + " " + type).isEqualTo(415);
                all.assertThat(reply.body()).contains("send ");
            }
            Wire.Reply packed = Wire.to(port, "POST", path)
                    .with(token, "Content-Encoding: gzip")
                    .body("application/json", "{}")
                    .send();
            all.assertThat(packed.status()).as(path + " packed").isEqualTo(415);
        }
        all.assertAll();
    }

    @Test
    void aNumberThatIsTextOrTooLargeOrThereTwiceIsRefusedByItsField() {
        for (String days : List.of("\"1\"", "99999999999", "1.5", "true", "1e400")) {
            Wire.Reply reply = tokenFor(days);
            assertThat(reply.status()).as(days).isEqualTo(400);
            assertThat(reply.body()).as(days).contains("'days'", "whole number");
        }
        assertThat(tokenFor("1,\"days\":2").body()).contains("'days'", "twice");
    }

    private Wire.Reply tokenFor(String days) {
        return Wire.to(port, "POST", "/api/v1/tokens")
                .with("Authorization: Bearer " + workbench.secret("run/operator-token"))
                .body("application/json; charset=UTF-8", "{\"name\":\"one\",\"days\":" + days + "}")
                .send();
    }
}
