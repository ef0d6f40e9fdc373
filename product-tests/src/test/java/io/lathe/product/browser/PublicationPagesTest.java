package io.lathe.product.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.lathe.workbench.project.Project;
import io.lathe.workbench.publication.PublicationState;
import io.lathe.workbench.registry.ModelName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a publication, on its model's page: running, held, decided about, retired, failed. */
class PublicationPagesTest extends PageTest {
    @Test
    void aHeldCandidateStandsBesideProductionUntilSomebodyDecides() {
        Project project = visit.workbench.project("arctic");
        visit.contents.publish(project, "seals", "promoted", List.of("It is the first version of 'seals'."));
        visit.contents.publish(
                project,
                "seals",
                "held",
                List.of("Accuracy 97.1 % against 95.7 % of version 1: too close to tell on 69 rows."));
        visit.open("/models?q=seals");
        assertThat(visit.page.getByText("version 2 waits for a decision")).isVisible();
        visit.look.at("models-waiting");
        visit.link("seals").click();
        assertThat(visit.page.getByRole(AriaRole.ROW, new Page.GetByRoleOptions().setName("Accuracy 97.10 % 95.65 %")))
                .containsText("+1.45 points");
        assertThat(visit.button("Put in production")).hasCount(0);
        visit.look.at("model-candidate");

        // Somebody else decides meanwhile.
        visit.workbench
                .services()
                .promotions()
                .reject(visit.workbench.owner(), new ModelName("seals"), "Measure more rows first.", now -> {});
        visit.field("Why you decide so; it is kept with your name").fill("It looks fine to me.");
        visit.button("Promote anyway").click();
        assertThat(visit.page.getByText("No candidate of model 'seals' waits")).isVisible();
        visit.look.at("error-model");
        visit.link("Back to seals").click();
        assertThat(visit.page.getByText("Version 2 was rejected by")).isVisible();
        assertThat(visit.page.getByText("Measure more rows first.")).isVisible();

        visit.workbench
                .services()
                .promotions()
                .retire(visit.workbench.owner(), new ModelName("seals"), 2, "Its scales were wrong.", now -> {});
        visit.open("/models/seals");
        assertThat(visit.page.getByText("retired", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        visit.look.at("model-retired");
    }

    @Test
    void aPublicationUnderWayIsFollowedToItsEnd() {
        Project project = visit.workbench.project("desert");
        visit.contents.publication(
                project,
                "foxes",
                PublicationState.FAILED,
                "Dataset version 'foxes-test@v1' is gone. Choose another one to evaluate on.");
        visit.open("/models/foxes");
        assertThat(visit.page.getByText("No publication has made a version yet"))
                .isVisible();
        visit.look.at("model-no-version");

        String running = visit.contents.publication(project, "foxes", PublicationState.JUDGING, null);
        visit.open("/models/foxes");
        assertThat(visit.button("Cancel")).isVisible();
        visit.look.at("model-publishing");
        visit.contents.end(running, PublicationState.SWITCHING);
        assertThat(visit.button("Cancel")).hasCount(0);
        assertThat(visit.page.locator(".state[data-state='switching']")).isVisible();
        visit.contents.end(running, PublicationState.CANCELLED);
        assertThat(visit.page.locator("#publications[hx-get]")).hasCount(0);
        visit.look.at("model-cancelled");
    }
}
