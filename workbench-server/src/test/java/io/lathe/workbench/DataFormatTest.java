package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.store.Sha256;
import io.lathe.datasets.version.VersionRef;
import io.lathe.workbench.access.Secrets;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a data folder that another Lathe wrote. */
class DataFormatTest {
    @TempDir
    Path folder;

    private Path old() {
        return OldDataFolder.in(folder.resolve("data"));
    }

    private Path home() {
        return Checkout.in(folder.resolve("home"));
    }

    @Test
    void folderOfTheFirstLatheIsUpgradedAndEverythingIsThere() throws Exception {
        Path data = old();
        byte[] database = Files.readAllBytes(data.resolve("lathe.db"));
        try (RunningWorkbench workbench = new RunningWorkbench(data, home())) {
            assertThat(workbench.get("/api/v1/projects/penguins").path("id").asText())
                    .isEqualTo("a2f71dcd-379e-4e4c-8c71-eae03ad8f246");
            assertThat(data.resolve("projects/penguins/penguins.ipynb")).exists();
            JsonNode model = workbench.get("/api/v1/models/penguins");
            assertThat(model.at("/aliases/production").asInt()).isEqualTo(1);
            assertThat(model.path("versions")).hasSize(2);
            for (JsonNode version : model.path("versions")) {
                assertThat(version.at("/verdict/outcome").asText()).isEqualTo("promoted");
                HttpRequest.Builder bundle = workbench
                        .request("/api/v1/bundles/" + version.path("bundle").asText())
                        .header("Authorization", "Bearer " + workbench.secret("run/serving-token"));
                assertThat(workbench.send(bundle).statusCode()).isEqualTo(200);
            }
            JsonNode routes = workbench.json(
                    200,
                    workbench
                            .request("/api/v1/routes")
                            .header("Authorization", "Bearer " + workbench.secret("run/serving-token")));
            assertThat(routes.path("consumers"))
                    .anySatisfy(
                            consumer -> assertThat(consumer.path("tokenSha256").asText())
                                    .isEqualTo(Secrets.sha256(workbench.secret("consumer-token"))));
            var datasets = workbench.app.services().datasets();
            assertThat(datasets.verify()).isEmpty();
            assertThat(datasets.load(VersionRef.parse("penguins-test@v1")).files())
                    .hasSize(1);
            assertThat(datasets.schema(VersionRef.parse("penguins").dataset())).isPresent();
        }
        try (Stream<Path> files = Files.list(data)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("lathe.db.before-V")))
                    .singleElement()
                    .satisfies(kept -> assertThat(Files.readAllBytes(kept)).isEqualTo(database));
        }
    }

    @Test
    void upgradedFolderIsUpgradedOnce() throws Exception {
        Path data = old();
        new RunningWorkbench(data, home()).close();
        Map<String, String> first = hashes(data, "lathe.db.");
        new RunningWorkbench(data, folder.resolve("home")).close();
        assertThat(hashes(data, "lathe.db.")).isEqualTo(first).hasSize(1);
    }

    @Test
    void changesInTheLogOfAKilledWorkbenchSurviveTheUpgrade() throws Exception {
        Path data = old();
        Path killed = folder.resolve("killed");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("lathe.db"));
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("UPDATE consumer SET name = 'renamed' WHERE name = 'web'");
            // As kill -9 leaves them: the change is in the log only.
            Files.createDirectories(killed);
            for (String name : new String[] {"lathe.db", "lathe.db-wal"}) {
                Files.copy(data.resolve(name), killed.resolve(name));
            }
        }
        try (RunningWorkbench workbench = new RunningWorkbench(killed, home())) {
            assertThat(workbench.get("/api/v1/consumers").toString()).contains("renamed");
        }
    }

    @Test
    void failedUpgradeLeavesTheOldDatabaseAsItWas() throws Exception {
        Path data = old();
        execute(data, "ALTER TABLE project ADD COLUMN address TEXT");
        byte[] database = Files.readAllBytes(data.resolve("lathe.db"));
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> new RunningWorkbench(data, home()))
                    .isInstanceOf(LatheException.class)
                    .hasMessageContaining(data.resolve("lathe.db").toString())
                    .hasMessageContaining("from V1 to V")
                    .hasMessageContaining("duplicate column name: address");
            assertThat(Files.readAllBytes(data.resolve("lathe.db"))).isEqualTo(database);
        }
        execute(data, "ALTER TABLE project DROP COLUMN address");
        try (RunningWorkbench workbench = new RunningWorkbench(data, home())) {
            assertThat(workbench.get("/api/v1/projects")).hasSize(1);
        }
    }

    @Test
    void databaseOfANewerLatheIsRefusedUntouched() throws Exception {
        Path data = old();
        execute(data, """
                INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success)
                VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1, '', '2027-01-01 00:00:00', 1, 1)""");
        refused(data, data.resolve("lathe.db"), "schema V99");
    }

    @Test
    void storeOfANewerLatheIsRefusedUntouched() throws Exception {
        Path data = old();
        Files.writeString(data.resolve("store/config"), "{\"format\":1}");
        refused(data, data.resolve("store/config"), "has format 1");
    }

    @Test
    void settingsOfANewerLatheAreRefusedUntouched() throws Exception {
        Path data = old();
        Files.writeString(data.resolve("settings.json"), "{\"format\":7,\"ports\":[8080]}");
        refused(data, data.resolve("settings.json"), "has format 7");
    }

    @Test
    void fileThatIsNoDatabaseIsNamedAndKept() throws Exception {
        Path data = old();
        Files.writeString(
                data.resolve("lathe.db"), "this is no database, but it is long enough to look like one".repeat(20));
        refused(data, data.resolve("lathe.db"), "cannot be read");
    }

    private void refused(Path data, Path file, String found) throws IOException {
        Map<String, String> before = hashes(data, "");
        assertThatThrownBy(() -> new RunningWorkbench(data, home()))
                .isInstanceOfSatisfying(
                        LatheException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.CONFLICT))
                .hasMessageContaining(file.toString())
                .hasMessageContaining(found)
                .hasMessageContaining("--data");
        assertThat(hashes(data, "")).isEqualTo(before);
    }

    private static void execute(Path data, String sql) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("lathe.db"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Map<String, String> hashes(Path data, String prefix) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = data.relativize(file).toString();
                if (name.startsWith(prefix)) {
                    hashes.put(name, Sha256.of(Files.readAllBytes(file)));
                }
            }
        }
        return hashes;
    }
}
