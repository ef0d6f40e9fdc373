package io.lathe.product.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.lathe.datasets.schema.Domain;
import io.lathe.datasets.schema.Feature;
import io.lathe.datasets.schema.Schema;
import io.lathe.datasets.schema.SchemaInference;
import io.lathe.datasets.version.DatasetName;
import io.lathe.datasets.version.DatasetVersion;
import io.lathe.datasets.version.Datasets;
import io.lathe.datasets.version.VersionRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What the pages show of data, in every state it can be in. */
class DatasetPagesTest extends PageTest {
    private static final DatasetName PENGUINS = new DatasetName("penguins");

    private Datasets datasets() {
        return visit.workbench.services().datasets();
    }

    private DatasetVersion version(String ref) {
        return datasets().load(VersionRef.parse(ref));
    }

    @Test
    void versionsSchemaAndUsesOfADatasetAreOnItsPages() {
        var project = visit.workbench.project("antarctica");
        visit.contents.commit("penguins", Contents.penguins(344, 0), "First season");
        visit.contents.commit(
                "penguins", Contents.penguins(412, 180), "Second season added; scales were changed in March");
        visit.contents.commit("penguins-test", Contents.penguins(69, 0), "Held back for tests");
        datasets().tag(VersionRef.parse("penguins@v1"), "season-1");
        Schema schema = SchemaInference.infer(datasets().statistics(version("penguins@v1")));
        datasets().acceptSchema(PENGUINS, schema, "ada", "As measured in the first season");
        datasets()
                .acceptSchema(
                        PENGUINS,
                        schema.with(schema.find("bill_length_mm")
                                        .orElseThrow()
                                        .withDomain(new Domain.Floats(OptionalDouble.of(30), OptionalDouble.of(50))))
                                .with(Feature.optional(
                                        "observer",
                                        schema.find("species").orElseThrow().type())),
                        "ben",
                        "Bills are 30 to 50 mm; who measured is written down from now on");
        visit.contents.publish(project, "penguins", "promoted", List.of("It is the first version."));

        visit.open("/datasets");
        visit.look.at("datasets-list");
        visit.link("penguins").click();
        assertThat(visit.page.getByText("Second season added")).isVisible();
        assertThat(visit.page.getByText("season-1")).isVisible();
        visit.look.at("dataset");

        visit.link("Compare with the one before").click();
        assertThat(visit.page.getByText("2 of 7 features differ from schema 1."))
                .isVisible();
        visit.look.at("dataset-schema");

        visit.open("/datasets/penguins/versions/1");
        assertThat(visit.page.getByText("expectations not met").or(visit.page.getByText("expectation not met")))
                .isVisible();
        assertThat(visit.page.getByLabel("Histogram of bill_length_mm", exactly(false)))
                .isVisible();
        visit.look.at("dataset-version");
        visit.link("penguins").first().click();

        visit.open("/datasets/penguins/compare?from=1&to=2");
        assertThat(visit.page.getByText("344 rows then, 412 now (+68).")).isVisible();
        visit.look.at("dataset-compare");

        visit.open("/models/penguins");
        visit.page.getByRole(AriaRole.LINK, named("penguins@v1")).first().click();
        assertThat(visit.page.getByText("trained")).isVisible();
    }

    private static Page.GetByLabelOptions exactly(boolean exact) {
        return new Page.GetByLabelOptions().setExact(exact);
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    @Test
    void aVersionWithoutValuesSaysThatNothingWasChecked() {
        visit.contents.commit("nothing", "a,b\n", "Only a header");
        datasets()
                .acceptSchema(
                        new DatasetName("nothing"),
                        SchemaInference.infer(datasets().statistics(version("nothing@v1"))),
                        "ada",
                        "");
        visit.open("/datasets/nothing/versions/1");
        assertThat(visit.page.getByText("0 values in 0 rows checked")).isVisible();
        assertThat(visit.page.getByText("0 values checked").first()).isVisible();
        visit.look.at("dataset-version-empty");
    }

    @Test
    void statisticsAreComputedBesideThePageWhichShowsThemOnceTheyAreThere() {
        visit.contents.commit("large", Contents.penguins(60_000, 0), "Takes a moment");
        List<Route> held = new ArrayList<>();
        // What the page asks for next is held, so that it stays as it is while it is looked at.
        visit.page.route("**/datasets/large/**", route -> {
            if ("true".equals(route.request().headerValue("hx-request"))) {
                held.add(route);
            } else {
                route.resume();
            }
        });
        visit.open("/datasets/large/compare?from=1&to=1");
        assertThat(visit.page.getByText("Statistics are being computed")).isVisible();
        visit.look.at("dataset-compare-computing");
        visit.page.waitForCondition(() -> !held.isEmpty());
        visit.page.unroute("**/datasets/large/**");
        held.forEach(Route::resume);
        assertThat(visit.page.getByText("The same columns with the same types."))
                .isVisible();

        visit.contents.commit("large", Contents.penguins(60_000, 1), "Takes another moment");
        held.clear();
        visit.page.route("**/statistics", held::add);
        visit.open("/datasets/large/versions/2");
        assertThat(visit.page.getByText("Being computed.")).isVisible();
        visit.look.at("dataset-version-computing");
        visit.page.waitForCondition(() -> !held.isEmpty());
        visit.page.unroute("**/statistics");
        held.forEach(Route::resume);
        assertThat(visit.page.getByText("Missing cells")).isVisible();
        assertThat(visit.page.getByText("Counts of bars are estimates").first()).isVisible();
    }

    @Test
    void statisticsThatFailedSayWhyAndAreComputedAgainOnceThatIsMended() throws IOException {
        visit.contents.commit("torn", Contents.penguins(50, 0), "On a disk that forgets");
        String sha256 = version("torn@v1").files().getFirst().sha256();
        Path object = visit.workbench
                .store()
                .resolve("objects")
                .resolve(sha256.substring(0, 2))
                .resolve(sha256);
        Path whole = Files.copy(object, folder.resolve("whole.csv"));
        Files.delete(object);
        Files.writeString(object, "species,island\nAdelie,Dream\n");

        visit.open("/datasets/torn/versions/1");
        assertThat(visit.button("Try again")).isVisible();
        assertThat(visit.page.getByRole(AriaRole.ALERT)).containsText("data.csv");
        visit.look.at("dataset-version-failed");

        Files.delete(object);
        Files.copy(whole, object);
        visit.button("Try again").click();
        assertThat(visit.page.getByText("Missing cells")).isVisible();
    }

    @Test
    void aDamagedDatasetIsShownAsThatAndTheOthersStay() throws IOException {
        visit.contents.commit("broken", "a\n1\n", "Soon damaged");
        visit.contents.commit("half-broken", "a\n1\n", "Soon lost");
        visit.contents.commit("half-broken", "a\n2\n", "Still there");
        Files.writeString(visit.workbench.store().resolve("refs/datasets/broken.json"), "{");
        Files.delete(visit.workbench
                .store()
                .resolve("manifests")
                .resolve(version("half-broken@v1").id()));

        visit.open("/datasets");
        assertThat(visit.page.locator(".state").getByText("damaged").first()).isVisible();
        assertThat(visit.link("half-broken")).isVisible();
        visit.look.at("datasets-damaged");
        visit.open("/datasets/broken");
        visit.look.at("dataset-damaged");
        visit.open("/datasets/half-broken");
        assertThat(visit.page.getByText("Still there")).isVisible();
        visit.look.at("dataset-version-lost");
        Files.delete(visit.workbench.store().resolve("refs/datasets/broken.json"));
    }
}
