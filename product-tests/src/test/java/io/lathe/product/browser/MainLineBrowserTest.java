package io.lathe.product.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** From an empty data folder to a model in production, in a browser and with nothing else. */
@Tag("slow")
class MainLineBrowserTest {
    private static final String PROJECT = "penguins";
    private static final String MODEL = "penguins";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path data;

    private final Screenshots screenshots = new Screenshots("main-line");

    @Test
    void aUserSignsInTrainsInANotebookPublishesAndSeesTheModelInProduction() {
        Optional<InstalledChromium> chromium = InstalledChromium.find();
        assumeTrue(chromium.isPresent(), "Chromium is not installed");
        try (RunningProduct product = RunningProduct.start(data, "main-line");
                Playwright playwright = InstalledChromium.driver();
                Browser browser = chromium.get().open(playwright);
                BrowserContext user = browser.newContext(new Browser.NewContextOptions().setViewportSize(1440, 960))) {
            Page page = user.newPage();
            try {
                walk(page, product);
            } catch (RuntimeException | AssertionError e) {
                user.pages().forEach(open -> screenshots.take(open, "failed"));
                throw e;
            }
        }
    }

    private void walk(Page page, RunningProduct product) {
        var workbench = new WorkbenchPages(page, product, screenshots);
        workbench.signIn();
        workbench.createProject("tabular", PROJECT);
        workbench.startServer();

        Page tab = workbench.openedLab(PROJECT);
        var lab = new LabPage(tab);
        lab.awaitNotebook();
        screenshots.take(tab, "notebook");
        lab.runAll();
        assertThat(lab.table()).isVisible();
        screenshots.take(tab, "table");
        assertThat(lab.plot()).isVisible();
        screenshots.take(tab, "plot");

        publish(tab, lab);
        publishAWeakerOne(tab, lab);
        workbench.openModel(MODEL);
        screenshots.take(page, "model");
        assertThat(page.getByText("Rows only production got right")).isVisible();
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Promote anyway")))
                .isVisible();
        var inProduction = Pattern.compile("Version 1\\s+production");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(inProduction)))
                .isVisible();
    }

    /** It is held, and the window shows why, beside the version in production. */
    private void publishAWeakerOne(Page tab, LabPage lab) {
        lab.runMore("""
                Model<Label> weak = new LogisticRegressionTrainer().train(Lathe.trainingSet(
                        Features.classify("species").numeric("bill_depth_mm"), train, penguins));""");
        PublishWindow window = lab.publishModel();
        window.choose("weak");
        window.nameIt(MODEL);
        window.publish();
        assertThat(window.outcome()).as(window.headline()).isEqualTo("held");
        screenshots.take(tab, "held");
        assertThat(window.headline()).contains("version 2", "held back: production is unchanged");
        assertThat(window.reasons()).isNotEmpty();
        assertThat(window.comparison())
                .contains("This model", "version 1", "Accuracy", "Rows only production got right");
        window.close();
    }

    private void publish(Page tab, LabPage lab) {
        PublishWindow window = lab.publishModel();
        assertThat(window.name()).isEqualTo(MODEL);
        assertThat(window.judgedOn()).isEqualTo("penguins-test@v1");
        window.nameIt("No Good");
        window.publish();
        assertThat(window.complaints()).hasSize(1);
        window.nameIt(MODEL);
        screenshots.take(tab, "choice");
        window.publish();
        String outcome = window.outcome();
        screenshots.take(tab, "verdict");
        assertThat(outcome).as(window.headline()).isIn("promoted", "held");
        assertThat(window.reasons()).isNotEmpty();
        if (outcome.equals("promoted")) {
            assertThat(window.call()).contains("/v1/models/" + MODEL + ":predict");
        }
        window.close();
    }
}
