package io.lathe.product.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lathe.product.kernel.Kernel.Cell;
import io.lathe.workbench.App;
import io.lathe.workbench.NoNotebookServers;
import io.lathe.workbench.Options;
import io.lathe.workbench.access.ProjectGrant;
import io.lathe.workbench.project.Project;
import io.lathe.workbench.project.ProjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The kernel with a real workbench and serving endpoint behind it: data, checks, training, publishing. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KernelInWorkbenchTest {

    private static final JsonMapper JSON = new JsonMapper();

    private Path folder;
    private App workbench;
    private Kernel kernel;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        Path endpoint = Kernel.home().resolve("serving-endpoint/target/serving-endpoint.jar");
        assumeTrue(Files.isRegularFile(endpoint), "The serving endpoint is not built; mvn package makes " + endpoint);
        workbench = App.start(
                new Options(folder.resolve("data"), 0, 0, Kernel.home()), services -> new NoNotebookServers());
        Project project = workbench
                .services()
                .projects()
                .create(workbench.services().ownerId(), new ProjectName("penguins"), "tabular-classification");
        String token = workbench
                .services()
                .projectTokens()
                .issue(
                        new ProjectGrant(
                                project.id(), "penguins", workbench.services().ownerId()),
                        "test");
        kernel = Kernel.start(
                folder,
                Map.of(
                        "LATHE_URL",
                        "http://127.0.0.1:" + workbench.port(),
                        "LATHE_TOKEN",
                        token,
                        "LATHE_PROJECT",
                        "penguins"));
    }

    @AfterAll
    void stop() throws IOException {
        if (kernel != null) {
            kernel.close();
        }
        if (workbench != null) {
            workbench.close();
        }
    }

    @Test
    void theTemplatesNotebookRunsToAPromotedModel() throws IOException {
        Map<String, Cell> cells = new LinkedHashMap<>();
        runAll("templates/tabular-classification/penguins.ipynb", cells);

        assertThat(cell(cells, "load").html()).contains("penguins@v1", "penguins.csv");
        assertThat(cell(cells, "table").html())
                .contains("344 rows × 8 columns", "string, 11 missing", "324 rows not shown");
        assertThat(cell(cells, "schema").html()).contains("Adelie, Chinstrap, Gentoo");
        assertThat(cell(cells, "check").text()).startsWith("fits");
        assertThat(cell(cells, "statistics").html()).contains("Adelie (152)");
        JsonNode histograms = cell(cells, "histograms").result("application/vnd.plotly.v1+json");
        assertThat(histograms.path("data")).hasSize(8);
        assertThat(histograms.at("/data/0/x/0").asText()).isEqualTo("Adelie");
        assertThat(cell(cells, "plot").result("application/vnd.plotly.v1+json").path("data"))
                .hasSize(3);
        assertThat(cell(cells, "split").html()).contains("penguins-test@v1");
        assertThat(cell(cells, "evaluate").html()).contains("accuracy", "Gentoo");
        Cell publish = cell(cells, "publish");
        assertThat(publish.html()).contains("promoted", "penguins version 1", ":predict", "Authorization: Bearer");
        assertThat(publish.outputs())
                .filteredOn(output -> output.kind().contains("display_data"))
                .last()
                .satisfies(last -> assertThat(last.data("text/plain").asText()).doesNotContain("…"));
        assertThat(cell(cells, "predict").text()).contains("p(Adelie)").doesNotContain("remark");

        assertThat(kernel.run("Lathe.publishable()")
                        .result("application/vnd.lathe.models+json")
                        .toString())
                .contains(
                        "\"variable\":\"model\"",
                        "\"type\":\"LinearSGDModel\"",
                        "\"labels\":[\"Adelie\",\"Chinstrap\",\"Gentoo\"]",
                        "\"name\":\"penguins\"",
                        "\"evaluatedOn\":\"penguins-test@v1\"",
                        "\"project\":\"penguins\"");
        assertThat(kernel.run("Lathe.publish(\"modle\", \"penguins\", \"penguins-test@v1\")")
                        .error())
                .contains("modle", "model");
        Cell uploaded = kernel.run("Lathe.publish(\"model\", \"penguins\", \"penguins-test@v1\")");
        assertThat(uploaded.result("application/vnd.lathe.publication+json")
                        .path("id")
                        .asText())
                .isNotEmpty();
        assertThat(kernel.run("%publish model --name penguins --on penguins-test@v1")
                        .text())
                .as("the same model again is the same version")
                .contains("penguins version 1");
    }

    @Test
    void integersKeepEveryDigitThroughCommitTableStatisticsAndPlot() throws IOException {
        Cell committed = kernel.run("%%data ts\nid,ts\n1,1234567890123456789\n2,\n3,1234567890123456791\n");
        assertThat(committed.text()).startsWith("committed").contains("ts@v1");

        Cell table = kernel.run("Lathe.data(\"ts@v1\").table()");
        Cell statistics = kernel.run("%stats ts@v1");
        Cell plot = kernel.run("Lathe.data(\"ts@v1\").histograms()");
        for (String shown : List.of(table.html(), table.text(), statistics.html(), statistics.text(), plot.text())) {
            assertThat(shown)
                    .contains("1234567890123456789", "1234567890123456791")
                    .doesNotContain("1234567890123456800");
        }
        assertThat(table.html()).contains("long, 1 missing");
        assertThat(plot.result("application/vnd.plotly.v1+json")
                        .at("/layout/xaxis2/title/text")
                        .asText())
                .contains("1234567890123456789 to 1234567890123456791");
        assertThat(kernel.run("var ts = Lathe.data(\"ts\").table().longColumn(\"ts\"); ts.get(2) - ts.get(0)")
                        .text())
                .isEqualTo("2");
        assertThat(kernel.run(
                                "Lathe.commit(\"ts-copy\", Lathe.data(\"ts\").table()).version().saveTo(Path.of(\"out\"))")
                        .status())
                .isEqualTo("ok");
        assertThat(Files.readString(folder.resolve("out/ts-copy.csv")))
                .contains("1234567890123456789", "1234567890123456791");
    }

    @Test
    void theSameContentAgainMakesNoNewVersion() {
        kernel.run("%%data twice\na\n1\n");

        Cell again = kernel.run("%%data twice\na\n1\n");
        assertThat(again.text()).startsWith("unchanged").contains("twice@v1");
        assertThat(kernel.run("%%data twice\na\n2\n").text())
                .startsWith("committed")
                .contains("twice@v2");
        assertThat(kernel.run("%data").text()).contains("twice@v2");
    }

    @Test
    void aTextThatMeansMissingInAFileIsNeverLostInSilence() {
        Cell committed = kernel.run("""
                Table countries = Table.create("countries",
                        StringColumn.create("country", "NA", "DE", "", "NA"), IntColumn.create("pop", 3, 80, 5, 2));
                Lathe.commit("countries", countries, "two-letter codes")""");
        assertThat(committed.text()).contains("'country' has the text 'NA' in 2 rows", "accept a schema");
        assertThat(kernel.run("Lathe.data(\"countries\").table().column(\"country\").countMissing()")
                        .text())
                .isEqualTo("3");

        assertThat(kernel.run("""
                %%schema countries --reason codes
                feature { name: "country" type: BYTES domain: "codes" }
                feature { name: "pop" type: INT }
                string_domain { name: "codes" value: "NA" value: "DE" }""").error()).isEmpty();
        Cell again = kernel.run("Lathe.commit(\"countries\", countries.sortOn(\"pop\"), \"sorted\")");
        assertThat(again.text()).startsWith("committed").doesNotContain("read back as missing");
        assertThat(kernel.run("Lathe.data(\"countries\").table().column(\"country\").countMissing()")
                        .text())
                .isEqualTo("1");
    }

    @Test
    void aSchemaIsAcceptedAndLaterVersionsAreCheckedAgainstIt() {
        kernel.run("%%data colours\ncolour,n\nred,1\nblue,2\nred,3\nblue,4\n");
        assertThat(kernel.run("%schema colours@v1 --check").text()).contains("not checked", "--accept");
        assertThat(kernel.run("%schema colours@v1").text()).contains("inferred", "colour");
        assertThat(kernel.run("%schema colours@v1 --accept --reason first").text())
                .contains("accepted");

        kernel.run("%%data colours\ncolour,n\nred,1\nblue,\nred,many\nblue,4\n");
        Cell check = kernel.run("%schema colours@v2 --check");
        assertThat(check.text()).contains("does not fit", "n");
        assertThat(check.html()).contains("many");
    }

    @Test
    void headerAccidentsAreShownAsTheyWereRead() {
        kernel.run("%%data accident\nc1,\"c2 \",c3,\n1,2,3,\n4,5,6,\n");

        Cell statistics = kernel.run("%stats accident --no-plots");
        assertThat(statistics.status()).isEqualTo("ok");
        assertThat(statistics.text()).contains("2 rows × 3 columns");
        assertThat(kernel.run("Lathe.data(\"accident\").table(\"c4\")").error()).contains("'c4'", "'c1'");
    }

    @Test
    void aDatasetThatIsNotThereIsAnsweredWithTheNearestOne() {
        assertThat(kernel.run("Lathe.data(\"pengiuns@v1\")").error()).contains("pengiuns", "penguins");
        assertThat(kernel.run("%data penguins@v99").error()).contains("v99");
    }

    @Test
    void aModelThatDoesNotKnowItsFeaturesCannotBePublished() {
        kernel.run("""
                var plain = new org.tribuo.MutableDataset<Label>(
                    new org.tribuo.provenance.SimpleDataSourceProvenance("by hand", new org.tribuo.classification.LabelFactory()),
                    new org.tribuo.classification.LabelFactory());
                plain.add(new org.tribuo.impl.ArrayExample<Label>(new Label("a"), new String[] {"x"}, new double[] {1}));
                plain.add(new org.tribuo.impl.ArrayExample<Label>(new Label("b"), new String[] {"x"}, new double[] {2}));
                Model<Label> handmade = new LogisticRegressionTrainer().train(plain);""");

        assertThat(kernel.run("Lathe.publishable()")
                        .result("application/vnd.lathe.models+json")
                        .toString())
                .doesNotContain("handmade");
        assertThat(kernel.run("Lathe.publish(handmade).named(\"x\").evaluatedOn(\"penguins@v1\")")
                        .error())
                .contains("features");
    }

    @Test
    void aSentenceWithoutItsLastWordPublishesNothing() {
        assertThat(kernel.run("Lathe.publish((Model<Label>) null).named(\"half\")")
                        .text())
                .contains("Nothing is published yet", "evaluatedOn");
        assertThat(workbench
                        .services()
                        .models()
                        .list(workbench.services().ownerId())
                        .toString())
                .doesNotContain("half");
    }

    @Test
    void theRegressionTemplatesNotebookRunsToAPromotedModelOfNumbers() throws IOException {
        workbench
                .services()
                .projects()
                .create(workbench.services().ownerId(), new ProjectName("mass"), "tabular-regression");
        Map<String, Cell> cells = new LinkedHashMap<>();
        runAll("templates/tabular-regression/body-mass.ipynb", cells);

        assertThat(cell(cells, "evaluate").html()).contains("RMSE", "R²", "median");
        assertThat(cell(cells, "publish").html())
                .contains("promoted", "penguin-mass version 1", "better than no model: RMSE", ":predict");
        assertThat(cell(cells, "predict").text()).contains("body_mass_g").doesNotContain("remark");
        assertThat(kernel.run("Lathe.publishable()")
                        .result("application/vnd.lathe.models+json")
                        .path("models"))
                .anySatisfy(model -> {
                    assertThat(model.path("variable").asText()).isEqualTo("forest");
                    assertThat(model.has("labels")).isFalse();
                    assertThat(model.path("name").asText()).isEqualTo("penguins-body_mass_g");
                    assertThat(model.path("evaluatedOn").asText()).isEqualTo("penguins-test@v1");
                });
        Cell mean = kernel.run("""
                var dull = org.tribuo.regression.baseline.DummyRegressionTrainer.createMeanTrainer()
                        .train(Lathe.trainingSet(features, train, penguins));
                Lathe.publish(dull).named("penguin-mass").evaluatedOn("penguins-test@v1")""");
        assertThat(mean.text()).contains("held", "Worse than production: RMSE");
        Cell other = kernel.run("""
                var species = Features.classify("species").numeric("flipper_length_mm");
                var sorter = new LogisticRegressionTrainer().train(Lathe.trainingSet(species, train, penguins));
                Lathe.publish(sorter).named("penguin-mass").evaluatedOn("penguins-test@v1")""");
        assertThat(other.text()).contains("held", "That one answers the numbers of 'body_mass_g', this one the labels");
        assertThat(kernel.run("Lathe.publish(forest).named(\"Bad Name\")").error())
                .contains("'Bad Name'");
    }

    private static Cell cell(Map<String, Cell> cells, String id) {
        Cell cell = cells.get(id);
        assertThat(cell).as("cell " + id).isNotNull();
        return Objects.requireNonNull(cell);
    }

    private void runAll(String notebook, Map<String, Cell> cells) throws IOException {
        JsonNode template = JSON.readTree(Kernel.home().resolve(notebook).toFile());
        for (JsonNode cell : template.path("cells")) {
            if (cell.path("cell_type").asText().equals("code")) {
                Cell ran = kernel.run(source(cell));
                assertThat(ran.status())
                        .as(cell.path("id") + ": " + ran.error())
                        .isEqualTo("ok");
                cells.put(cell.path("id").asText(), ran);
            }
        }
    }

    private static String source(JsonNode cell) {
        List<String> lines = new ArrayList<>();
        cell.path("source").forEach(line -> lines.add(line.asText()));
        return String.join("", lines);
    }
}
