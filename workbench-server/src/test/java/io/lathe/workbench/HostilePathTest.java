package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.lathe.workbench.DocumentedRoutes.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Path traversal in every path and name a caller may send, raw and in every disguise. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostilePathTest {
    private static final String CANARY = "canary-7f3a";

    /** What leads out of a folder, or looks as if, to one reader or another. */
    private static final List<String> TRAVERSALS = List.of(
            "..",
            "../" + CANARY,
            "../../" + CANARY,
            "..%2f" + CANARY,
            "%2e%2e%2f" + CANARY,
            "%2e%2e/" + CANARY,
            "%252e%252e%252f" + CANARY,
            "..%5c" + CANARY,
            "..\\" + CANARY,
            "..;/" + CANARY,
            ";x=/../" + CANARY,
            "%c0%ae%c0%ae%c0%af" + CANARY,
            "%uff0e%uff0e%u2215" + CANARY,
            "%e2%80%a5/" + CANARY,
            CANARY + "%00",
            CANARY + "%00.json",
            "%5c%5cserver%5cshare%5c" + CANARY,
            "\\\\server\\share",
            "//server/share",
            "file:%2f%2f%2fetc%2fpasswd",
            "/etc/passwd",
            "%2fetc%2fpasswd",
            "C:%5c" + CANARY,
            "~",
            ".",
            "...",
            "....//" + CANARY,
            "CON",
            "x%0d%0aSet-Cookie:%20a=b",
            "x%23" + CANARY,
            "x%3f" + CANARY,
            "%",
            "%zz",
            "a".repeat(5_000));

    private final Path folder;
    private final RunningWorkbench workbench;
    private final int port;
    private final List<String> owner;
    private final List<String> project;
    private final List<String> endpoint;

    HostilePathTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        workbench = new RunningWorkbench(folder.resolve("data"), Checkout.in(folder.resolve("home")));
        port = workbench.app.port();
        workbench.makeProject("mine");
        workbench.makeProject("other");
        Callers callers = new Callers(workbench);
        owner = callers.ownerBrowser().headers();
        project = callers.ofWorkbench().stream()
                .filter(caller -> caller.name().equals("kernel of mine"))
                .findFirst()
                .orElseThrow()
                .headers();
        endpoint = List.of("Authorization: Bearer " + workbench.secret("run/serving-token"));
        for (Path place : List.of(folder, workbench.data, workbench.data.resolve("projects"), folder.resolve("home"))) {
            Files.writeString(place.resolve(CANARY), "SECRET-CONTENT");
            Files.writeString(place.resolve(CANARY + ".json"), "{\"title\":\"SECRET-CONTENT\"}");
        }
    }

    @AfterAll
    void stop() {
        workbench.close();
    }

    private List<String> credentials(Row row) {
        if (row.allows("project")) {
            return project;
        }
        return row.allows("endpoint") ? endpoint : owner;
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.map(folder::relativize)
                    .map(Path::toString)
                    .filter(name -> !name.contains("lathe.db") && !name.contains("/logs/"))
                    .collect(Collectors.toSet());
        }
    }

    private void refused(SoftAssertions all, String what, Wire.Reply reply) {
        all.assertThat(reply.status()).as(what).isBetween(300, 499);
        all.assertThat(reply.header("Set-Cookie")).as(what).isEmpty();
        all.assertThat(reply.all())
                .as(what)
                .doesNotContain("SECRET-CONTENT", "root:", folder.toString(), "java.", "jetty");
    }

    @Test
    void noPathParameterLeadsOutOfItsPlace() throws IOException {
        Set<String> before = files();
        SoftAssertions all = new SoftAssertions();
        int asked = 0;
        for (Row row : DocumentedRoutes.ofWorkbench()) {
            if (row.path().matches(".*[{<].*")) {
                for (String traversal : TRAVERSALS) {
                    String path = row.path()
                            .replaceAll("[{<][A-Za-z0-9]+[>}]", "\u0001")
                            .replace("\u0001", traversal);
                    Wire request = Wire.to(port, row.method(), path)
                            .with(credentials(row).toArray(String[]::new));
                    refused(all, row + " with " + traversal, request.send());
                    asked++;
                }
            }
        }
        all.assertAll();
        assertThat(asked).isGreaterThan(500);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void noNameInABodyOrAQueryLeadsOutOfItsPlace() throws IOException {
        Set<String> before = files();
        SoftAssertions all = new SoftAssertions();
        for (String traversal : TRAVERSALS) {
            String json = traversal.replace("\\", "\\\\").replace("%00", "\\u0000");
            List<Wire> requests = new ArrayList<>();
            for (String body : List.of(
                    "{\"name\":\"%s\",\"template\":\"" + Checkout.TEMPLATE + "\"}",
                    "{\"name\":\"fine\",\"template\":\"%s\"}")) {
                requests.add(Wire.to(port, "POST", "/api/v1/projects")
                        .with(owner.toArray(String[]::new))
                        .body("application/json", body.replace("%s", json)));
            }
            requests.add(Wire.to(port, "POST", "/api/v1/consumers")
                    .with(owner.toArray(String[]::new))
                    .body("application/json", "{\"name\":\"" + json + "\",\"models\":[\"" + json + "\"]}"));
            if (!traversal.contains("\\")) {
                requests.add(Wire.to(
                                port,
                                "POST",
                                "/api/v1/project/publications?model=" + traversal + "&evaluateOn=" + traversal)
                        .with(project.toArray(String[]::new)));
            }
            for (Wire request : requests) {
                refused(all, request.target() + " with " + traversal, request.send());
            }
        }
        all.assertAll();
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void aListOfTheStoreShowsTheStoreAlone() {
        for (String prefix : List.of("..", "../", "%2e%2e%2f", "/", "/etc", "objects/../../", "%00", "bundles", "")) {
            Wire.Reply reply = Wire.to(port, "GET", "/api/v1/project/store/list?prefix=" + prefix + "&after=" + prefix)
                    .with(project.toArray(String[]::new))
                    .send();
            assertThat(reply.status()).as(prefix).isIn(200, 400, 403);
            assertThat(reply.body()).as(prefix).doesNotContain(CANARY, "passwd", "bundles/", "lathe.db");
        }
    }

    @Test
    void aProjectsFolderThatIsALinkIsNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(workbench.data.resolve("projects/linked"), elsewhere);
        Wire.Reply reply = Wire.to(port, "POST", "/api/v1/projects")
                .with(owner.toArray(String[]::new))
                .body("application/json", "{\"name\":\"linked\",\"template\":\"" + Checkout.TEMPLATE + "\"}")
                .send();
        assertThat(reply.status()).isBetween(400, 499);
        try (Stream<Path> inside = Files.list(elsewhere)) {
            assertThat(inside).isEmpty();
        }
    }
}
