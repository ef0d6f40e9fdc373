package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(workbench.get("/api/v1/projects")).isEmpty();
        assertThat(workbench.get("/api/v1/consumers")).isEmpty();
    }

    @Test
    void aBodyThatIsAllSentFarBeyondTheLimitIsStillAnswered() {
        Wire.Reply reply = Wire.to(port, "POST", "/api/v1/projects")
                .with("Authorization: Bearer " + workbench.secret("run/operator-token"))
                .body("application/json", " ".repeat(64 << 20))
                .send();

        assertThat(reply.status()).isEqualTo(413);
    }
}
