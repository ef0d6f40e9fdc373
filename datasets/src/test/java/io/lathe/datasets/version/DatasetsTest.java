package io.lathe.datasets.version;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.read.ColumnType;
import io.lathe.datasets.read.CsvOptions;
import io.lathe.datasets.schema.AnomalyType;
import io.lathe.datasets.schema.Feature;
import io.lathe.datasets.schema.FeatureType;
import io.lathe.datasets.schema.Schema;
import io.lathe.datasets.schema.SchemaInference;
import io.lathe.datasets.store.Content;
import io.lathe.datasets.store.FolderObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetsTest {
    private static final DatasetName ORDERS = new DatasetName("orders");
    private static final Instant NOW = Instant.parse("2026-11-25T01:54:45Z");

    private final Path folder;
    private final FaultyObjectStore store;
    private final Datasets datasets;

    DatasetsTest(@TempDir Path folder) {
        this.folder = folder;
        this.store = new FaultyObjectStore(new FolderObjectStore(folder));
        this.datasets = new Datasets(store, Clock.fixed(NOW, ZoneOffset.UTC));
        datasets.initialise();
    }

    @Test
    void aCommitMakesTheNextNumber() {
        var first = commit(Map.of("a.csv", "x\n1\n"));
        var second = commit(Map.of("a.csv", "x\n2\n"));
        assertThat(first).isInstanceOf(CommitResult.Created.class);
        assertThat(first.version().ref()).hasToString("orders@v1");
        assertThat(second.version().ref()).hasToString("orders@v2");
        assertThat(second.version().parent()).contains(first.version().id());
        assertThat(second.version().createdAt()).isEqualTo(NOW);
        assertThat(datasets.log(ORDERS)).containsExactly(first.version(), second.version());
        assertThat(datasets.names()).containsExactly(ORDERS);
    }

    @Test
    void aReferenceMayOnlyAddWhatIsThere() {
        var first = commit(Map.of("a.csv", "x\n1\n")).version().id();
        var second = commit(Map.of("a.csv", "x\n2\n")).version().id();
        datasets.requireSuccessor(ORDERS, reference(first, second));
        for (var refused : List.of(
                reference(first),
                reference(second, first),
                reference(first, second, first),
                reference(),
                "rubbish".getBytes(StandardCharsets.UTF_8))) {
            assertThatThrownBy(() -> datasets.requireSuccessor(ORDERS, refused))
                    .isInstanceOfSatisfying(
                            LatheException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.BAD_REQUEST));
        }
    }

    private static byte[] reference(String... manifests) {
        return IntStream.rangeClosed(1, manifests.length)
                .mapToObj(number -> "\"" + number + "\":\"" + manifests[number - 1] + "\"")
                .collect(Collectors.joining(",", "{\"versions\":{", "}}"))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void commitWithoutChangeMakesNoNewVersion() {
        var first = commit(Map.of("a.csv", "x\n1\n"));
        var again = commit(Map.of("a.csv", "x\n1\n"));
        assertThat(again).isEqualTo(new CommitResult.Unchanged(first.version()));
        assertThat(datasets.log(ORDERS)).hasSize(1);
    }

    @Test
    void aReturnToOlderFilesIsANewVersion() {
        commit(Map.of("a.csv", "x\n1\n"));
        commit(Map.of("a.csv", "x\n2\n"));
        assertThat(commit(Map.of("a.csv", "x\n1\n")).version().number()).isEqualTo(3);
    }

    @Test
    void versionsAreFoundByNumberLatestAndTag() {
        var first = commit(Map.of("a.csv", "1")).version();
        var second = commit(Map.of("a.csv", "2")).version();
        datasets.tag(first.ref(), "gold");
        assertThat(datasets.load(VersionRef.parse("orders@v1"))).isEqualTo(first);
        assertThat(datasets.load(VersionRef.parse("orders@gold"))).isEqualTo(first);
        assertThat(datasets.load(VersionRef.parse("orders@latest"))).isEqualTo(second);
        assertThat(datasets.load(VersionRef.parse("orders"))).isEqualTo(second);
        assertThat(datasets.find(VersionRef.parse("orders@v3"))).isEmpty();
    }

    @Test
    void whatIsNotThereIsNamedWithWhatIs() {
        commit(Map.of("a.csv", "1"));
        datasets.tag(VersionRef.parse("orders@v1"), "gold");
        assertNotFound("Did you mean 'orders'?", () -> datasets.load(VersionRef.parse("order")));
        assertNotFound("Its only version is v1", () -> datasets.load(VersionRef.parse("orders@v7")));
        assertNotFound("Did you mean 'gold'?", () -> datasets.load(VersionRef.parse("orders@gild")));
        var version = datasets.load(VersionRef.parse("orders"));
        assertNotFound("Did you mean 'a.csv'?", () -> datasets.open(version, "b.csv"));
    }

    @Test
    void aTagIsForEver() {
        commit(Map.of("a.csv", "1"));
        commit(Map.of("a.csv", "2"));
        datasets.tag(VersionRef.parse("orders@v1"), "gold");
        datasets.tag(VersionRef.parse("orders@v1"), "gold");
        assertThatThrownBy(() -> datasets.tag(VersionRef.parse("orders@v2"), "gold"))
                .hasMessageContaining("is v1 for ever");
        for (var name : List.of("latest", "v3", "Gold", "../x", "", "a b")) {
            assertThatThrownBy(() -> datasets.tag(VersionRef.parse("orders@v1"), name))
                    .as(name)
                    .isInstanceOf(LatheException.class);
        }
    }

    @Test
    void emptyFilesAreFiles() throws IOException {
        var result = commit(Map.of("a.csv", "", "b.csv", "x\n1\n"));
        assertThat(result.version().files().getFirst())
                .isEqualTo(new DatasetFile(
                        "a.csv", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        assertThat(commit(Map.of("a.csv", "", "b.csv", "x\n1\n"))).isInstanceOf(CommitResult.Unchanged.class);
        var copy = datasets.materialise(result.version(), folder.resolveSibling("copy-" + folder.getFileName()));
        assertThat(copy.resolve("a.csv")).isEmptyFile();
        assertThat(copy.resolve("b.csv")).hasContent("x\n1\n");
        assertThatThrownBy(() -> datasets.read(result.version(), "a.csv", CsvOptions.defaults()))
                .hasMessageContaining("file is empty");
    }

    @Test
    void bytesAreKeptAsTheyCame() {
        var plain = commit(Map.of("a.csv", "id\n1\n")).version();
        var marked = commit(Map.of("a.csv", "\uFEFFid\n1\n")).version();
        assertThat(marked.files()).isNotEqualTo(plain.files());
        assertThat(datasets.read(marked).header().names()).containsExactly("id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/a", "../a", "a/../b", "a/./b", "a//b", "a/", "a\\b", "a\u0000", "a\nb", ".", "..", "\u007f"
            })
    void pathsThatLeaveTheFolderAreRefused(String path) {
        assertThatThrownBy(() -> commit(Map.of(path, "x"))).hasMessageContaining("not a file path");
        assertThat(datasets.names()).isEmpty();
    }

    @Test
    void aPathThatUtf8CannotWriteIsRefused() {
        assertThatThrownBy(() -> commit(Map.of("a\uD800", "x"))).hasMessageContaining("not a file path");
    }

    @Test
    void aPathCannotBeFileAndFolder() {
        assertThatThrownBy(() -> commit(Map.of("a", "1", "a/b", "2", "a.b", "3")))
                .hasMessageContaining("both a file and a folder");
    }

    @Test
    void foldersAndUnusualNamesComeBack() throws IOException {
        var files = Map.of("données/2026/é.csv", "x\n1\n", "a b.txt", "hello", "C:x", "c");
        var version = commit(files).version();
        var copy = datasets.materialise(version, folder.resolveSibling("copy2-" + folder.getFileName()));
        for (var file : files.entrySet()) {
            assertThat(Files.readString(copy.resolve(file.getKey()))).isEqualTo(file.getValue());
        }
        assertThatThrownBy(() -> datasets.materialise(version, copy)).hasMessageContaining("not empty");
    }

    @Test
    void aNameThatThisSystemCannotWriteIsSaidInAPlainLocale() throws Exception {
        commit(Map.of("données.csv", "x"));
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dstdout.encoding=UTF-8",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PlainLocaleTrial.class.getName(),
                        folder.toString())
                .redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output)
                .contains("BAD_REQUEST")
                .contains("'données.csv' cannot be a file's name here")
                .contains("LC_ALL=C.UTF-8");
    }

    @Test
    void aCommitKilledBeforeTheReferenceMovesShowsNothing() {
        commit(Map.of("a.csv", "1"));
        for (var point : FaultyObjectStore.Point.values()) {
            store.failAt(point);
            assertThatThrownBy(() -> commit(Map.of("a.csv", "2"))).isInstanceOf(FaultyObjectStore.Killed.class);
            var other = new Datasets(new FolderObjectStore(folder), Clock.systemUTC());
            assertThat(other.log(ORDERS)).hasSize(1);
            assertThat(other.verify()).isEmpty();
        }
        store.heal();
        assertThat(commit(Map.of("a.csv", "2")).version().number()).isEqualTo(2);
        assertThat(datasets.verify()).isEmpty();
    }

    @Test
    void aSwapWhoseAnswerIsLostCountsOnce() {
        store.loseAnswerOfNextSwap();
        var result = commit(Map.of("a.csv", "1"));
        assertThat(result).isInstanceOf(CommitResult.Created.class);
        assertThat(datasets.log(ORDERS)).containsExactly(result.version());
    }

    @Test
    void aSwapWhoseAnswerIsLostAndCannotBeReadBackIsUnknown() {
        store.goAwayDuringNextSwap();
        assertThatThrownBy(() -> commit(Map.of("a.csv", "1")))
                .isInstanceOfSatisfying(
                        LatheException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.OUTCOME_UNKNOWN));
    }

    @Test
    void concurrentCommitsGetNumbersInOrder() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            var commits = IntStream.range(0, 24)
                    .<Callable<CommitResult>>mapToObj(i ->
                            () -> new Datasets(new FolderObjectStore(folder), Clock.systemUTC())
                                    .commit(request(Map.of("a.csv", "x\n" + i + "\n"))))
                    .toList();
            var numbers = new ArrayList<Integer>();
            for (var result : threads.invokeAll(commits, 60, TimeUnit.SECONDS)) {
                assertThat(result.get()).isInstanceOf(CommitResult.Created.class);
                numbers.add(result.get().version().number());
            }
            assertThat(numbers)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(1, 24).boxed().toList());
        }
        var log = datasets.log(ORDERS);
        for (var i = 1; i < log.size(); i++) {
            assertThat(log.get(i).parent()).contains(log.get(i - 1).id());
        }
    }

    @Test
    void damageIsNeverReadAndVerifyNamesIt() throws IOException {
        var files = Map.of("a", "first", "b", "second", "c", "third", "d", "sound");
        var version = commit(files).version();
        var a = object(version, "a");
        var bytes = Files.readAllBytes(a);
        bytes[2] ^= 1;
        Files.write(a, bytes);
        Files.writeString(object(version, "b"), "sec");
        Files.delete(object(version, "c"));
        for (var path : List.of("a", "b", "c")) {
            assertThatThrownBy(() -> {
                        try (var in = datasets.open(version, path)) {
                            in.readAllBytes();
                        }
                    })
                    .hasMessageContaining("'" + path + "' of orders@v1")
                    .isInstanceOfSatisfying(
                            LatheException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.INTERNAL));
        }
        try (var in = datasets.open(version, "d")) {
            assertThat(in.readAllBytes()).isEqualTo("sound".getBytes(UTF_8));
        }
        var copy = folder.resolveSibling("copy3-" + folder.getFileName());
        assertThatThrownBy(() -> datasets.materialise(version, copy)).hasMessageContaining("damaged");
        assertThat(copy).isEmptyDirectory();
        assertThat(datasets.verify())
                .extracting(damage -> folder.resolve(damage.object()))
                .containsExactlyInAnyOrder(a, object(version, "b"), object(version, "c"));
    }

    @Test
    void committingTheSameFilesAgainBringsBackALostOne() throws IOException {
        var files = Map.of("a", "first", "b", "second");
        var version = commit(files).version();
        Files.delete(object(version, "a"));
        assertThat(commit(files)).isEqualTo(new CommitResult.Unchanged(version));
        assertThat(datasets.verify()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"versions\":{}}",
                "{\"versions\":{\"2\":\"ID\"}}",
                "{\"versions\":{\"1\":\"ID\",\"3\":\"ID\"}}",
                "{\"versions\":{\"1\":\"ID\"},\"tags\":{\"gold\":7}}",
                "{\"versions\":{\"1\":\"ID\"},\"tags\":{\"gold\":0}}",
            })
    void aDamagedReferenceNeverPassesForAShorterHistory(String json) throws IOException {
        var version = commit(Map.of("a.csv", "1")).version();
        Files.writeString(folder.resolve("refs/datasets/orders.json"), json.replace("ID", version.id()));
        for (var step : List.<Runnable>of(
                () -> datasets.load(VersionRef.parse("orders@gold")), () -> commit(Map.of("a.csv", "2")))) {
            assertThatThrownBy(step::run)
                    .hasMessageContaining("reference of 'orders' is damaged")
                    .isInstanceOfSatisfying(
                            LatheException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.INTERNAL));
        }
        assertThat(datasets.verify()).extracting(Damage::object).containsExactly("refs/datasets/orders.json");
    }

    @Test
    void aLostSchemaIsNamedByVerify() throws IOException {
        var version = commit(Map.of("a.csv", "x\n1\n")).version();
        datasets.acceptSchema(ORDERS, SchemaInference.infer(datasets.statistics(version)), "ana", "");
        try (var schemas = Files.newDirectoryStream(folder.resolve("schemas"))) {
            for (var schema : schemas) {
                Files.delete(schema);
            }
        }
        assertThat(datasets.verify())
                .singleElement()
                .satisfies(damage -> assertThat(damage.object()).startsWith("schemas/"));
    }

    @Test
    void aDamagedManifestIsNeverBelieved() throws IOException {
        var version = commit(Map.of("a.csv", "x\n1\n")).version();
        var manifest = folder.resolve("manifests").resolve(version.id());
        Files.writeString(manifest, Files.readString(manifest).replace("a.csv", "b.csv"));
        assertThatThrownBy(() -> datasets.load(VersionRef.parse("orders"))).hasMessageContaining("damaged");
        assertThat(datasets.verify()).extracting(Damage::object).containsExactly("manifests/" + version.id());
    }

    @Test
    void aStoreOfAnotherFormatIsRefused(@TempDir Path other) throws IOException {
        Files.writeString(other.resolve("config"), "{\"format\":7}");
        var newer = new Datasets(new FolderObjectStore(other), Clock.systemUTC());
        assertThatThrownBy(newer::initialise).hasMessageContaining("format 7");
    }

    @Test
    void theStoreIsLaidOutAsDocumented() {
        var version = commit(Map.of("a.csv", "x\n1\n")).version();
        var sha = version.files().getFirst().sha256();
        datasets.statistics(version);
        assertThat(folder.resolve("config")).hasContent("{\"format\":0}");
        assertThat(folder.resolve("objects/" + sha.substring(0, 2) + "/" + sha)).hasContent("x\n1\n");
        assertThat(folder.resolve("manifests/" + version.id())).isNotEmptyFile();
        assertThat(folder.resolve("refs/datasets/orders.json")).content().contains("\"1\":\"" + version.id() + "\"");
        assertThat(folder.resolve("derived/" + version.id() + "/statistics-1.json"))
                .isNotEmptyFile();
    }

    @Test
    void theAcceptedSchemaDecidesHowAVersionIsRead() {
        var version = commit(Map.of("a.csv", "zip,n\n12345,1\n90210,2\n")).version();
        assertThat(datasets.schema(ORDERS)).isEmpty();
        assertThat(datasets.read(version).header().types()).containsExactly(ColumnType.LONG, ColumnType.LONG);
        var schema =
                SchemaInference.infer(datasets.statistics(version)).with(Feature.required("zip", FeatureType.BYTES));
        datasets.acceptSchema(ORDERS, schema, "ana", "zip codes are names");
        assertThat(datasets.schema(ORDERS)).contains(schema);
        assertThat(datasets.read(version).header().types()).containsExactly(ColumnType.TEXT, ColumnType.LONG);
        assertThat(datasets.statistics(version).columns().getFirst().type()).isEqualTo(ColumnType.TEXT);
        assertThat(datasets.check(version, Schema.TRAINING)).isEmpty();
    }

    @Test
    void aVersionThatBreaksItsSchemaCanStillBeCheckedAndProfiled() {
        var version = commit(Map.of("a.csv", "n\n1\n2\n")).version();
        datasets.acceptSchema(ORDERS, SchemaInference.infer(datasets.statistics(version)), "ana", "as seen");
        var broken = commit(Map.of("a.csv", "n\n1\ntwo\n")).version();
        assertThat(datasets.check(broken, Schema.TRAINING)).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.type()).isEqualTo(AnomalyType.UNEXPECTED_DATA_TYPE);
            assertThat(anomaly.rows().getFirst().row()).isEqualTo(2);
        });
        assertThat(datasets.statistics(broken).columns().getFirst().type()).isEqualTo(ColumnType.TEXT);
        assertThatThrownBy(() -> datasets.read(broken).forEachBatch(_ -> {})).hasMessageContaining("line 3");
    }

    @Test
    void statisticsAreKeptAndComputedAgainWhenDamaged() throws IOException {
        var version = commit(Map.of("a.csv", "x\n1\n2\n")).version();
        var first = datasets.statistics(version);
        assertThat(datasets.statistics(version)).isEqualTo(first);
        Files.writeString(folder.resolve("derived/" + version.id() + "/statistics-1.json"), "{\"half");
        assertThat(datasets.statistics(version)).isEqualTo(first);
    }

    @Test
    void statisticsAreKeptUnderTheSchemaTheyWereReadBy() {
        var version = commit(Map.of("a.csv", "x\n1\n2\n")).version();
        var text = new Schema(List.of(Feature.required("x", FeatureType.BYTES)), List.of());
        store.beforeNextLookForDerived(() -> datasets.acceptSchema(ORDERS, text, "ana", ""));
        assertThat(datasets.statistics(version).columns().getFirst().type()).isEqualTo(ColumnType.LONG);
        assertThat(datasets.statistics(version).columns().getFirst().type()).isEqualTo(ColumnType.TEXT);
    }

    @Test
    void aVersionWithoutOneCsvFileNamesItsFiles() {
        var version = commit(Map.of("a.csv", "x\n1\n", "b.tsv", "y\n2\n", "c.txt", "z"))
                .version();
        assertThatThrownBy(() -> datasets.read(version)).hasMessageContaining("'a.csv', 'b.tsv', 'c.txt'");
        assertThat(datasets.read(version, "b.tsv", CsvOptions.defaults())
                        .header()
                        .names())
                .containsExactly("y");
    }

    private CommitResult commit(Map<String, String> files) {
        return datasets.commit(request(files));
    }

    private static CommitRequest request(Map<String, String> files) {
        var contents = new TreeMap<String, Content>();
        files.forEach((path, text) -> contents.put(path, Content.of(text.getBytes(UTF_8))));
        return new CommitRequest(ORDERS, contents, "a change", "ana", "test", "");
    }

    private Path object(DatasetVersion version, String path) {
        var sha = version.files().stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow()
                .sha256();
        return folder.resolve("objects").resolve(sha.substring(0, 2)).resolve(sha);
    }

    private static void assertNotFound(String words, Runnable step) {
        assertThatThrownBy(step::run)
                .hasMessageContaining(words)
                .isInstanceOfSatisfying(
                        LatheException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.NOT_FOUND));
    }
}
