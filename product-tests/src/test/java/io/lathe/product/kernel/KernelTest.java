package io.lathe.product.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.product.kernel.Kernel.Cell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernel outside of any workbench: cells, characters, tables, plots, help. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KernelTest {

    private Kernel kernel;
    private Path folder;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        kernel = Kernel.start(folder, Map.of("LATHE_URL", "", "LATHE_TOKEN", ""));
    }

    @AfterAll
    void stop() throws IOException {
        if (kernel != null) {
            kernel.close();
        }
    }

    @Test
    void theExtensionsImportsAreThere() {
        assertThat(kernel.run("Table.create(\"t\").getClass().getName()").text())
                .isEqualTo("tech.tablesaw.api.Table");
        assertThat(kernel.run("Features.classify(\"x\").numeric(\"y\").getClass().getSimpleName()")
                        .text())
                .isEqualTo("Features");
        assertThat(kernel.run("new LogisticRegressionTrainer().getClass().getPackageName()")
                        .text())
                .startsWith("org.tribuo");
        assertThat(kernel.run("IntStream.range(0, 3).sum()").text()).isEqualTo("3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "schema", "stats", "publish"})
    void everyMagicExplainsItself(String name) {
        for (String line : new String[] {"%" + name + " -h", "%" + name + " --help", "%%" + name + " -h\nbody"}) {
            Cell cell = kernel.run(line);

            assertThat(cell.status()).as(line).isEqualTo("ok");
            assertThat(cell.html()).as(line).contains("<table", "%" + name);
            assertThat(cell.text()).as(line).contains("%" + name, "Lathe.");
        }
    }

    @Test
    void anUnknownMagicIsNamed() {
        Cell cell = kernel.run("%nosuch x");

        assertThat(cell.status()).isEqualTo("error");
        assertThat(cell.error()).contains("nosuch");
    }

    @Test
    void anUnknownOptionIsAnsweredWithTheNearestOne() {
        assertThat(kernel.run("%data penguins@v1 --tabel").error()).contains("--tabel", "table", "%data -h");
    }

    @Test
    void withoutAWorkbenchEachUseSaysWhatIsMissing() {
        for (String code : new String[] {"Lathe.data(\"penguins@v1\")", "%data", "Lathe.publishable()"}) {
            Cell cell = kernel.run(code);

            assertThat(cell.status()).as(code).isEqualTo("error");
            assertThat(cell.error()).as(code).contains("LATHE_URL is not set", "./lathe up");
        }
    }

    @Test
    void magicsAndTheApiComplete() {
        assertThat(kernel.ask("complete", "%st").path("matches").toString()).contains("%stats");
        assertThat(kernel.ask("complete", "Lathe.").path("matches").toString())
                .contains("data", "datasets", "commit", "publish", "trainingSet", "evaluate");
        assertThat(kernel.ask("complete", "Lathe.publish(null).")
                        .path("matches")
                        .toString())
                .contains("named");
    }

    @Test
    void tablesShowTypesMissingCountsAndEveryDigit() {
        Cell cell = kernel.run("""
                LongColumn ts = LongColumn.create("ts", 3);
                ts.set(0, 1234567890123456789L); ts.setMissing(1); ts.set(2, 1234567890123456791L);
                Table.create("big <b>", ts)""");

        for (String shown : new String[] {cell.html(), cell.text()}) {
            assertThat(shown)
                    .contains("1234567890123456789", "1234567890123456791", "long, 1 missing", "3 rows × 1 column")
                    .doesNotContain("1234567890123456800");
        }
        assertThat(cell.html()).contains("big &lt;b&gt;").doesNotContain("<script", "http");
    }

    @Test
    void longTablesAreCut() {
        Cell cell = kernel.run("Table.create(\"n\", IntColumn.create(\"n\", IntStream.range(0, 100_000).toArray()))");

        assertThat(cell.html()).contains("99980 rows not shown", ">99999<");
        assertThat(cell.html().length()).isLessThan(20_000);
    }

    @Test
    void figuresArePlotlyJsonThatNeedsNoNetwork() {
        Cell cell = kernel.run("""
                ScatterPlot.create("it's", Table.create("t", DoubleColumn.create("x", 1, Double.NaN, 3),
                    DoubleColumn.create("y", 4, 5, 6), StringColumn.create("who", "O'Brien", "b", "c")), "x", "y")""");
        JsonNode plot = cell.result("application/vnd.plotly.v1+json");

        assertThat(plot.isObject()).as("a JSON object, not text").isTrue();
        assertThat(plot.at("/data/0/x").toString()).isEqualTo("[1.0,null,3.0]");
        assertThat(plot.at("/layout/title/text").asText()).isEqualTo("it's");
        assertThat(cell.text()).isEqualTo("Plotly figure \"it's\": scatter, 1 trace");
        assertThat(cell.result("text/html").isMissingNode()).isTrue();
        assertThat(plot.toString()).doesNotContain("http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   \n", "// only a comment", "/* two\nlines */", ";"})
    void aCellWithNothingToRunDoesNothing(String code) {
        Cell cell = kernel.run(code);

        assertThat(cell.status()).isEqualTo("ok");
        assertThat(cell.outputs()).isEmpty();
        assertThat(kernel.ask("is_complete", code).path("status").asText()).isEqualTo("complete");
    }

    @Test
    void aCellMayEndInComments() {
        Cell cell = kernel.run("1 + 1 // two\n// end");

        assertThat(cell.status()).isEqualTo("ok");
        assertThat(cell.text()).isEqualTo("2");
    }

    @Test
    void charactersOutsideAsciiSurviveAnAsciiLocale() throws IOException {
        assertThat(kernel.run("System.out.println(\"żółć 東京 🚀\");").printed()).isEqualTo("żółć 東京 🚀\n");
        assertThat(kernel.run("\"żółć 東京 🚀\"").text()).isEqualTo("żółć 東京 🚀");
        assertThat(kernel.run("int ż = \"x\";").error()).contains("int ż");
        assertThat(kernel.run("throw new IllegalStateException(\"東京\");").error())
                .contains("東京");

        assertThat(kernel.run("Files.writeString(Path.of(\"données.csv\"), \"é\");")
                        .status())
                .isEqualTo("ok");
        assertThat(Files.readString(folder.resolve("données.csv"))).isEqualTo("é");
        assertThat(kernel.run("String.join(\",\", new File(\".\").list())").text())
                .contains("données.csv");
    }

    @Test
    void aFlushInsideACharacterDoesNotTearIt() {
        Cell cell = kernel.run("""
                byte[] rockets = "🚀".repeat(9_000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
                int at = 0;
                while (at < rockets.length) {
                    int step = Math.min(1 + 2 * (at % 400), rockets.length - at);
                    System.out.write(rockets, at, step);
                    System.out.flush();
                    at += step;
                }
                """);
        assertThat(cell.printed()).isEqualTo("🚀".repeat(9_000));
    }

    @Test
    void magicsTakeArgumentsOutsideAscii() {
        assertThat(kernel.run("%data x --żółć").error()).contains("--żółć");
    }

    @Test
    void anErrorInACellIsOneErrorAndTheNextCellRuns() {
        Cell broken = kernel.run("int[] a = new int[1]; a[5]");

        assertThat(broken.status()).isEqualTo("error");
        assertThat(broken.outputs())
                .filteredOn(output -> output.kind().equals("error"))
                .hasSize(1);
        assertThat(kernel.run("1").text()).isEqualTo("1");
    }

    @Test
    void twoKernelsRunBesideEachOther(@TempDir Path other) throws IOException {
        try (Kernel second = Kernel.start(other, Map.of())) {
            assertThat(second.run("\"second\"").text()).isEqualTo("second");
            assertThat(kernel.run("\"first\"").text()).isEqualTo("first");
        }
    }

    @Test
    void aKernelThatRanCellsEndsAtOnce(@TempDir Path other) throws IOException {
        try (Kernel ending = Kernel.start(other, Map.of())) {
            ending.run("1 + 1");
            // Jupyter asks, waits five seconds, then kills.
            assertThat(ending.shutDown()).isLessThan(4.5);
        }
    }
}
