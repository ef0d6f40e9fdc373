package io.lathe.product.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions;
import io.lathe.workbench.project.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Projects and their notebook servers, in every state they can be in. */
class ProjectPagesTest extends PageTest {
    private static final double PATIENCE = 30_000;

    private void awaitState(String state) {
        assertThat(visit.page.locator("#server .state[data-state='" + state + "']"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE));
    }

    @Test
    void aServerIsFollowedFromItsStartToItsEnd() throws IOException {
        Project project = visit.workbench.project("kitchen-scales-of-the-north");
        visit.open("/projects/" + project.name());
        assertThat(visit.page.getByText("not started")).isVisible();
        visit.look.at("project-new");

        visit.workbench.behave(project, "deaf stubborn");
        visit.button("Start").click();
        awaitState("starting");
        visit.look.at("project-starting");

        visit.workbench.behave(project, "stubborn");
        awaitState("ready");
        visit.look.at("project-ready");

        visit.workbench.behave(project, "deaf stubborn");
        visit.open("/projects/" + project.name());
        awaitReload("unreachable", project);
        visit.look.at("project-unreachable");

        visit.workbench.behave(project, "stubborn");
        visit.button("Stop").click();
        awaitState("stopping");
        awaitState("stopped");
        visit.look.at("project-stopped");
    }

    /** A ready server's page has no feed to follow; whoever comes later sees what became of it. */
    private void awaitReload(String state, Project project) {
        visit.page.waitForCondition(() -> {
            visit.open("/projects/" + project.name());
            return visit.page
                            .locator("#server .state[data-state='" + state + "']")
                            .count()
                    == 1;
        });
    }

    @Test
    void aServerThatFailedShowsTheEndOfItsOutputAndStartsAgain() {
        Project project = visit.workbench.project("mistaken");
        visit.workbench.behave(project, "exit");
        visit.open("/projects/mistaken");
        visit.button("Start").click();
        awaitState("failed");
        assertThat(visit.page.getByText("configuration is broken").first()).isVisible();
        visit.look.at("project-failed");
        visit.workbench.behave(project, "");
        visit.button("Start again").click();
        awaitState("ready");
        visit.button("Stop").click();
        assertThat(visit.page.getByText("what they hold in memory is lost")).isVisible();
        visit.page.locator("dialog .primary").click();
        awaitState("stopped");
    }

    @Test
    void aPageSaysWhenTheWorkbenchIsAwayAndGoesOnOnceItIsBack() {
        Project project = visit.workbench.project("patient");
        visit.workbench.behave(project, "deaf");
        visit.open("/projects/patient");
        visit.button("Start").click();
        awaitState("starting");
        int port = visit.workbench.stop();
        assertThat(visit.page.getByText("The workbench does not answer.")).isVisible();
        visit.look.at("workbench-away");
        visit.workbench.start(port);
        assertThat(visit.page.getByText("The workbench does not answer."))
                .isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(PATIENCE));
    }

    @Test
    void theGalleryKeepsWhatWasTypedAndSaysWhatIsWrong() throws IOException {
        visit.workbench.project("taken");
        visit.open("/projects/new");
        visit.look.at("gallery");
        visit.page.getByLabel("Name").fill("taken");
        visit.button("Make project").click();
        assertThat(visit.page.getByText("There is a project 'taken' already")).isVisible();
        assertThat(visit.page.getByLabel("Name")).hasValue("taken");
        visit.look.at("gallery-problem");

        Path templates = visit.workbench.templates();
        Path aside = templates.resolveSibling("templates-aside");
        Files.move(templates, aside);
        visit.open("/projects/new");
        assertThat(visit.page.getByText("No templates")).isVisible();
        visit.look.at("gallery-empty");
        Files.move(aside, templates);
    }

    @Test
    void whatIsNotThereNamesTheNearestAndTheWayBack() {
        visit.workbench.project("garden");
        visit.open("/projects/gardem");
        assertThat(visit.page.getByText("Did you mean 'garden'?")).isVisible();
        visit.look.at("error-not-found");
        visit.link("All projects").click();
        assertThat(visit.page.url()).endsWith("/");
    }
}
