package io.lathe.product.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.lathe.workbench.project.Project;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Models, consumers and tokens, from none to some. */
class ModelPagesTest extends PageTest {
    private static final String LONG = "a-model-whose-name-is-as-long-as-a-name-can-be-which-is-63-long";

    @Test
    void modelsConsumersAndTokensFromNoneToSome() {
        visit.open("/");
        assertThat(visit.page.getByText("An empty bench")).isVisible();
        visit.look.at("home-empty");
        visit.open("/models");
        visit.look.at("models-empty");
        visit.open("/datasets");
        visit.look.at("datasets-empty");
        visit.open("/consumers");
        visit.look.at("consumers-no-models");

        Project project = visit.workbench.project("antarctica");
        visit.contents.publish(project, "held", "held", List.of("It was judged on the data it was trained on."));
        visit.open("/models/held");
        assertThat(visit.page.getByText("No version is in production")).isVisible();
        visit.look.at("model-held");
        visit.open("/consumers");
        visit.look.at("consumers-empty");

        visit.contents.publish(project, "penguins", "promoted", List.of("It is the first version of 'penguins'."));
        visit.contents.publish(
                project,
                "penguins",
                "promoted",
                List.of("Accuracy 97.1 % against 95.7 % of version 1 on the same 69 rows."));
        visit.contents.publish(project, LONG, "promoted", List.of("It is the first version of '" + LONG + "'."));
        visit.open("/");
        assertThat(visit.page.getByRole(AriaRole.ROW, new Page.GetByRoleOptions().setName("held")))
                .containsText("nothing yet");
        visit.look.at("home");
        visit.open("/models");
        visit.look.at("models");
        visit.open("/models/penguins");
        visit.look.at("model");
        visit.open("/models/" + LONG);
        visit.look.at("model-long-name");

        visit.open("/models/penguins");
        visit.button("Roll back to version 1").click();
        visit.look.at("model-rollback");
        visit.page.locator("dialog .primary").click();
        assertThat(heading("Version 1 production")).isVisible();
        visit.look.at("model-rolled-back");
        visit.field("Why; it is kept with your name").fill("The old scales are back.");
        visit.button("Put in production").click();
        visit.page.locator("dialog .primary").click();
        assertThat(heading("Version 2 production")).isVisible();
        assertThat(visit.page.getByText("The old scales are back.")).isVisible();

        visit.open("/consumers");
        visit.field("Name").fill("web-shop");
        visit.field("penguins").check();
        visit.button("Add and show its token").click();
        assertThat(visit.page.getByText("Token of web-shop")).isVisible();
        visit.look.at("consumers-token");
        visit.field("Name").fill("web-shop");
        visit.field("penguins").check();
        visit.button("Add and show its token").click();
        assertThat(visit.page.getByText("There is a consumer 'web-shop' already"))
                .isVisible();
        assertThat(visit.field("Name")).hasValue("web-shop");
        assertThat(visit.field("penguins")).isChecked();
        visit.look.at("consumers-problem");
    }

    private Locator heading(String words) {
        return visit.page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(words));
    }

    @Test
    void theApiAndItsProblemsAreExplained() {
        visit.open("/api");
        visit.look.at("api");
        visit.page
                .locator("summary", new Page.LocatorOptions().setHasText("/api/v1/tokens"))
                .first()
                .click();
        visit.look.at("api-operation");
        visit.link("problems").click();
        visit.look.at("problems");
        visit.link("/problems/not-found").click();
        visit.look.at("problem");
    }

    @Test
    void aTokenIsShownOnceAndCanBeRevoked() {
        visit.open("/tokens");
        assertThat(visit.page.getByText("No tokens")).isVisible();
        visit.look.at("tokens-empty");
        visit.field("Name").fill("nightly-report");
        visit.page.getByLabel("viewer").check();
        visit.button("Make and show it").click();
        assertThat(visit.page.locator(".secret code")).containsText("lathe_");
        visit.look.at("tokens-made");
        visit.open("/tokens");
        assertThat(visit.page.locator(".secret")).hasCount(0);
        assertThat(visit.page.getByRole(AriaRole.ROW, new Page.GetByRoleOptions().setName("nightly-report")))
                .containsText("viewer");

        visit.button("Revoke nightly-report").click();
        assertThat(visit.page.getByRole(AriaRole.DIALOG)).isVisible();
        visit.look.at("tokens-revoke");
        visit.button("Revoke").click();
        assertThat(visit.page.getByText("No tokens")).isVisible();

        visit.field("Name").fill("nightly-report");
        visit.page.getByLabel("maintainer").check();
        visit.field("Good for days").evaluate("field => { field.max = ''; field.value = '5000'; }");
        visit.button("Make and show it").click();
        assertThat(visit.page.getByText("choose 1 to 3650")).isVisible();
        assertThat(visit.field("Good for days")).hasValue("5000");
        assertThat(visit.page.getByLabel("maintainer")).isChecked();
        visit.look.at("tokens-problem");
    }
}
