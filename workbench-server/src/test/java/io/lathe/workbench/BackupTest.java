package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lathe.datasets.store.Sha256;
import io.lathe.workbench.backup.BackupMode;
import io.lathe.workbench.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    @TempDir
    Path folder;

    private String said = "";

    /** Runs a mode of the workbench's program; answers its exit code and keeps what it said. */
    private int run(String mode, Path from, Path to) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            return BackupMode.run(mode, from.toString(), to.toString());
        } finally {
            System.setErr(before);
            said = err.toString(StandardCharsets.UTF_8);
        }
    }

    private Path backup() {
        Path file = folder.resolve("backup.zip");
        assertThat(run("backup", OldDataFolder.in(folder.resolve("old")), file))
                .as(said)
                .isZero();
        return file;
    }

    @Test
    void restoredFolderHoldsWhatWasBackedUpAndStarts() throws Exception {
        Path data = OldDataFolder.in(folder.resolve("Daten für Läthe"));
        Path home = Checkout.in(folder.resolve("home"));
        Path notebook = data.resolve("projects/penguins/Übung 1 %2f.ipynb");
        String session;
        try (RunningWorkbench workbench = new RunningWorkbench(data, home)) {
            Files.writeString(notebook, "{}");
            Files.createDirectories(data.resolve("projects/penguins/empty/inside"));
            Path program = Files.writeString(data.resolve("projects/penguins/run.sh"), "#!/bin/sh\n");
            assertThat(program.toFile().setExecutable(true)).isTrue();
            session = workbench.logIn();
            assertThat(workbench
                            .send(workbench.request("/models").header("Cookie", session))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(run("backup", data, folder.resolve("while running.zip")))
                    .as(said)
                    .isZero();
        }
        Path restored = folder.resolve("restored/daten");
        assertThat(run("restore", folder.resolve("while running.zip"), restored))
                .as(said)
                .isZero();
        assertThat(restored.resolve("projects/penguins/empty/inside")).isDirectory();
        assertThat(restored.resolve("projects/penguins/run.sh")).isExecutable();
        assertThat(restored.resolve("projects/penguins/Übung 1 %2f.ipynb")).hasContent("{}");
        assertThat(restored.resolve("settings.json")).hasSameBinaryContentAs(data.resolve("settings.json"));
        for (String secret : new String[] {"run", "logs", "serving", "consumer-token"}) {
            assertThat(restored.resolve(secret)).doesNotExist();
        }
        try (RunningWorkbench workbench = new RunningWorkbench(restored, home)) {
            assertThat(workbench.get("/api/v1/models/penguins").path("versions"))
                    .hasSize(2);
            assertThat(workbench.get("/api/v1/consumers").toString()).contains("web");
            assertThat(workbench.app.services().datasets().verify()).isEmpty();
            assertThat(workbench
                            .send(workbench.request("/models").header("Cookie", session))
                            .statusCode())
                    .as("a browser that was logged in is not any more")
                    .isNotEqualTo(200);
        }
    }

    @Test
    void backupHoldsNothingThatLetsSomebodyIn() throws Exception {
        Path data = OldDataFolder.in(folder.resolve("data"));
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("lathe.db"));
                var statement = connection.createStatement()) {
            statement.execute(
                    "UPDATE notebook_server SET state = 'ready', pid = 1, secret = 'the-secret-of-a-notebook-server'");
            statement.execute("INSERT INTO session SELECT 'hash-of-a-session', id, 'csrf', 0, 9e15 FROM account");
        }
        assertThat(run("backup", data, folder.resolve("backup.zip"))).as(said).isZero();
        assertThat(Files.getPosixFilePermissions(folder.resolve("backup.zip"))).hasSize(2);
        try (ZipFile zip = new ZipFile(folder.resolve("backup.zip").toFile());
                InputStream database = zip.getInputStream(zip.getEntry("lathe.db"))) {
            assertThat(new String(database.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .contains("penguins")
                    .doesNotContain("the-secret-of-a-notebook-server", "hash-of-a-session");
        }
        assertThat(run("restore", folder.resolve("backup.zip"), folder.resolve("restored")))
                .isZero();
        try (var connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + folder.resolve("restored").resolve("lathe.db"));
                var statement = connection.createStatement();
                var states = statement.executeQuery("SELECT DISTINCT state FROM notebook_server")) {
            assertThat(states.next()).isTrue();
            assertThat(states.getString(1)).isEqualTo("stopped");
            assertThat(states.next()).isFalse();
        }
    }

    @Test
    void existingFileAndMissingDataAreRefused() throws Exception {
        Path data = OldDataFolder.in(folder.resolve("data"));
        Path file = Files.writeString(folder.resolve("precious"), "precious");
        assertThat(run("backup", data, file)).isEqualTo(1);
        assertThat(said).contains(file + " exists").contains("Name another file");
        assertThat(file).hasContent("precious");
        assertThat(run("backup", folder.resolve("nothing"), folder.resolve("new")))
                .isEqualTo(1);
        assertThat(said).contains(folder.resolve("nothing").toString()).contains("--data");
        assertThat(run("backup", data, data.resolve("inside.zip"))).isEqualTo(2);
        assertThat(run("backup", data, folder.resolve("no/such/folder.zip"))).isEqualTo(1);
        assertThat(folderNames()).containsExactlyInAnyOrder("data", "precious");
    }

    @Test
    void linksInProjectsAreLeftOutAndSaidSo() throws Exception {
        Path data = OldDataFolder.in(folder.resolve("data"));
        Files.createSymbolicLink(data.resolve("projects/penguins/outside"), folder);
        assertThat(run("backup", data, folder.resolve("backup.zip"))).isZero();
        assertThat(said).contains("left out " + data.resolve("projects/penguins/outside"));
        assertThat(run("restore", folder.resolve("backup.zip"), folder.resolve("restored")))
                .isZero();
        assertThat(folder.resolve("restored/projects/penguins/outside")).doesNotExist();
    }

    @Test
    void whatTheStoreLacksIsNamed() throws Exception {
        Path data = OldDataFolder.in(folder.resolve("data"));
        try (Stream<Path> bundles = Files.list(data.resolve("store/bundles"))) {
            Files.delete(bundles.findFirst().orElseThrow());
        }
        assertThat(run("backup", data, folder.resolve("backup.zip"))).isZero();
        assertThat(said).containsPattern("the store lacks bundles/[0-9a-f]{64}\\.zip, which a model version names");
    }

    @Test
    void folderThatIsNotEmptyIsNotRestoredInto() throws Exception {
        Path backup = backup();
        Path data = Files.createDirectories(folder.resolve("used"));
        Files.writeString(data.resolve("mine"), "mine");
        assertThat(run("restore", folder.resolve("missing.zip"), folder.resolve("restored")))
                .isEqualTo(1);
        assertThat(run("restore", backup, data)).isEqualTo(1);
        assertThat(said).contains(data + " is not empty");
        assertThat(data.resolve("mine")).hasContent("mine");
        Files.delete(data.resolve("mine"));
        assertThat(run("restore", backup, data))
                .as("an empty folder is as good as none")
                .isZero();
    }

    @Test
    void damagedAndHostileBackupsAreRefusedAndLeaveNothing() throws Exception {
        Path backup = backup();
        refused(backup, "../outside", (name, bytes) -> bytes, "is no place in a data folder");
        refused(backup, "/etc/outside", (name, bytes) -> bytes, "is no place in a data folder");
        refused(backup, "store/../../outside", (name, bytes) -> bytes, "is no place in a data folder");
        refused(backup, "store\\..\\outside", (name, bytes) -> bytes, "is no place in a data folder");
        refused(backup, "run/operator-token", (name, bytes) -> bytes, "is no place in a data folder");
        refused(
                backup,
                "",
                (name, bytes) -> name.equals("lathe.db") ? flipped(bytes) : bytes,
                "'lathe.db' is not what");
        refused(
                backup,
                "",
                (name, bytes) -> name.equals("store/config") ? new byte[0] : bytes,
                "'store/config' is not");
        refused(
                backup,
                "",
                (name, bytes) -> name.equals("backup.json")
                        ? text(bytes).replace("store/config", "store/other").getBytes(StandardCharsets.UTF_8)
                        : bytes,
                "are not those that its index lists");
        refused(
                backup,
                "",
                (name, bytes) -> name.equals("backup.json")
                        ? text(bytes).replace("\"format\":0", "\"format\":1").getBytes(StandardCharsets.UTF_8)
                        : bytes,
                "is of a newer Lathe: it has format 1");
        Path text = Files.writeString(folder.resolve("text.zip"), "no zip at all");
        assertThat(run("restore", text, folder.resolve("target"))).isEqualTo(2);
        assertThat(said).contains("is no whole backup");
        Path half = folder.resolve("half.zip");
        byte[] whole = Files.readAllBytes(backup);
        Files.write(half, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThat(run("restore", half, folder.resolve("target"))).isEqualTo(2);
        assertThat(folder.resolve("target")).doesNotExist();
    }

    @Test
    void indexThatIsNoneIsSaidToBeThatAndOfWhichFile() throws Exception {
        Path backup = backup();
        for (String index : new String[] {
            "{\"format\":0}",
            "{\"items\":{}}",
            "[]",
            "null",
            "",
            "{\"format\":\"0\",\"items\":{}}",
            "{\"format\":0,\"createdAt\":1,\"items\":{\"lathe.db\":null}}",
            "{\"format\":0,\"items\":[1]}",
            "[".repeat(100_000)
        }) {
            refused(
                    backup,
                    "",
                    (name, bytes) -> name.equals("backup.json") ? index.getBytes(StandardCharsets.UTF_8) : bytes,
                    "bad.zip is no whole backup: its backup.json is no list of what is in it");
            assertThat(said).doesNotContain("body");
        }
    }

    @Test
    void backupThatNoWorkbenchCouldWorkWithIsRefused() throws Exception {
        Path backup = backup();
        String object;
        try (ZipFile zip = new ZipFile(backup.toFile())) {
            object = zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith("store/objects/"))
                    .findFirst()
                    .orElseThrow();
        }
        for (String[] bad : new String[][] {
            {"settings.json", "[", "its 'settings.json' is not JSON"},
            {"settings.json", "{\"port\":8080}", "its 'settings.json' is not settings of this Lathe"},
            {"store/config", "{\"format\":7}", "its 'store/config' is not of a store of format 0"},
            {"lathe.db", "", "its 'lathe.db' is no workbench's database"},
            {"lathe.db", "SQLite format 3\0 or so", "its 'lathe.db' is no workbench's database"},
            {object, "other bytes", "the bytes of '" + object + "' are not those that its name says"}
        }) {
            refusedThoughListed(backup, bad[0], bad[1].getBytes(StandardCharsets.UTF_8), "no whole backup: " + bad[2]);
        }
        byte[] database;
        try (ZipFile zip = new ZipFile(backup.toFile());
                InputStream in = zip.getInputStream(zip.getEntry("lathe.db"))) {
            database = in.readAllBytes();
        }
        java.util.Arrays.fill(database, 8192, database.length, (byte) 0x55);
        refusedThoughListed(backup, "lathe.db", database, "no whole backup: its ");
    }

    @Test
    void objectThatIsDamagedIsLeftOutOfTheBackupSoThatTheRestCanBeRestored() throws Exception {
        Path data = OldDataFolder.in(folder.resolve("data"));
        Path object;
        try (Stream<Path> objects = Files.walk(data.resolve("store/objects"))) {
            object = objects.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        Files.write(object, flipped(Files.readAllBytes(object)));
        assertThat(run("backup", data, folder.resolve("backup.zip"))).isZero();
        assertThat(said).contains("left out " + object + ": it is damaged");
        assertThat(run("restore", folder.resolve("backup.zip"), folder.resolve("restored")))
                .as(said)
                .isZero();
    }

    @Test
    void folderThatIsALinkStaysOneAndIsRestoredBehindIt() throws Exception {
        Path backup = backup();
        Path disk = Files.createDirectories(folder.resolve("disk/data"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), disk);
        assertThat(run("restore", backup, link)).as(said).isZero();
        assertThat(link).isSymbolicLink();
        assertThat(disk.resolve("lathe.db")).isRegularFile();
        Path nowhere = Files.createSymbolicLink(folder.resolve("to-nowhere"), folder.resolve("gone"));
        assertThat(run("restore", backup, nowhere)).isEqualTo(1);
        assertThat(said).contains(nowhere + " is a link that leads nowhere");
        assertThat(nowhere).isSymbolicLink();
    }

    @Test
    void sizesAreOfOneKindAndOfAFittingUnit() throws Exception {
        Path data = OldDataFolder.in(folder.resolve("data"));
        Files.write(data.resolve("projects/penguins/zeros"), new byte[8 << 20]);
        assertThat(run("backup", data, folder.resolve("backup.zip"))).isZero();
        String restored = "restored (\\S+ MiB)";
        var backedUp = java.util.regex.Pattern.compile("backed up .*: (\\S+ MiB) in a file of [1-9]\\d* KiB")
                .matcher(said);
        assertThat(backedUp.find()).as(said).isTrue();
        assertThat(run("restore", folder.resolve("backup.zip"), folder.resolve("restored")))
                .isZero();
        var back = java.util.regex.Pattern.compile(restored).matcher(said);
        assertThat(back.find()).as(said).isTrue();
        assertThat(back.group(1)).isEqualTo(backedUp.group(1));
    }

    @Test
    void backupOfANewerLatheIsRefused() throws Exception {
        Path data = OldDataFolder.in(folder.resolve("data"));
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("lathe.db"));
                var statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success)
                    VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1, '', '2027-01-01 00:00:00', 1, 1)""");
        }
        assertThat(run("backup", data, folder.resolve("backup.zip"))).isZero();
        assertThat(run("restore", folder.resolve("backup.zip"), folder.resolve("restored")))
                .isEqualTo(1);
        assertThat(said).contains("schema V99");
        assertThat(folder.resolve("restored")).doesNotExist();
        assertThat(folderNames()).containsExactlyInAnyOrder("data", "backup.zip");
    }

    /** Restores a backup with one entry more, or with changed bytes, and looks that nothing came of it. */
    private void refused(Path backup, String entry, BiFunction<String, byte[], byte[]> change, String why)
            throws IOException {
        Map<String, byte[]> entries = entries(backup, change);
        if (!entry.isEmpty()) {
            entries.put(entry, new byte[0]);
            ObjectNode index = (ObjectNode) Json.tree(text(entries.getOrDefault("backup.json", new byte[0])));
            ((ObjectNode) index.path("items"))
                    .putObject(entry)
                    .put("bytes", 0)
                    .put("sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
                    .put("executable", false);
            entries.put("backup.json", index.toString().getBytes(StandardCharsets.UTF_8));
        }
        refused(entries, why);
    }

    /** As {@link #refused}, with an index that lists the changed entry as it is. */
    private void refusedThoughListed(Path backup, String entry, byte[] content, String why) throws IOException {
        Map<String, byte[]> entries = entries(backup, (name, bytes) -> name.equals(entry) ? content : bytes);
        ObjectNode index = (ObjectNode) Json.tree(text(entries.getOrDefault("backup.json", new byte[0])));
        ((ObjectNode) index.path("items").path(entry))
                .put("bytes", content.length)
                .put("sha256", Sha256.copy(new ByteArrayInputStream(content), OutputStream.nullOutputStream()));
        entries.put("backup.json", index.toString().getBytes(StandardCharsets.UTF_8));
        refused(entries, why);
    }

    private static Map<String, byte[]> entries(Path backup, BiFunction<String, byte[], byte[]> change)
            throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(backup.toFile())) {
            for (ZipEntry each : zip.stream().toList()) {
                try (InputStream in = zip.getInputStream(each)) {
                    entries.put(each.getName(), change.apply(each.getName(), in.readAllBytes()));
                }
            }
        }
        return entries;
    }

    private void refused(Map<String, byte[]> entries, String why) throws IOException {
        Path bad = folder.resolve("bad.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(bad))) {
            for (var each : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(each.getKey()));
                out.write(each.getValue());
            }
        }
        assertThat(run("restore", bad, folder.resolve("inner/target"))).as(why).isNotZero();
        assertThat(said).contains(why);
        try (Stream<Path> left = Files.list(folder.resolve("inner"))) {
            assertThat(left).as("left after: %s", why).isEmpty();
        }
        assertThat(folder.resolve("outside")).doesNotExist();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] other = bytes.clone();
        other[other.length / 2] ^= 1;
        return other;
    }

    private java.util.List<String> folderNames() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
