package io.lathe.product.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.lathe.workbench.access.Role;
import io.lathe.workbench.access.TokenName;
import io.lathe.workbench.project.Project;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two hundred of everything, and a person who uses nothing but the keyboard. */
class ManyThingsTest extends PageTest {
    private static final int MANY = 200;

    @BeforeAll
    void fill() {
        Project first = visit.workbench.project("project-000");
        for (int i = 1; i < MANY; i++) {
            visit.workbench.project(name("project", i));
        }
        for (int i = 0; i < MANY; i++) {
            visit.contents.commit(name("data", i), "a\n" + i + "\n", "Number " + i);
            visit.contents.publish(first, name("model", i), "promoted", List.of("It is the first version."));
        }
    }

    private static String name(String kind, int number) {
        return String.format(Locale.ROOT, "%s-%03d", kind, number);
    }

    @Test
    void longListsComeInPagesAndAreSearchedByName() {
        visit.open("/");
        visit.look.at("many-home");
        visit.open("/models?page=2");
        assertThat(visit.page.getByText("Page 2 of 4")).isVisible();
        visit.look.at("many-models");
        visit.open("/datasets");
        visit.page.getByRole(AriaRole.SEARCHBOX).fill("data-19");
        visit.page.keyboard().press("Enter");
        assertThat(visit.page.getByText("10 of 200")).isVisible();
        assertThat(visit.link("data-199")).isVisible();
        visit.look.at("many-datasets-found");
        visit.open("/datasets?q=nowhere");
        assertThat(visit.page.getByText("None of 200 datasets has “nowhere” in its name."))
                .isVisible();
        visit.look.at("many-datasets-none");
    }

    @Test
    void everythingOnAPageIsReachedWithTheTabKeyAndShowsIt() {
        visit.page.setViewportSize(1280, 800);
        visit.open("/datasets?page=4");
        visit.page.keyboard().press("Tab");
        assertThat(visit.page.locator(":focus")).hasText("Skip to content");
        visit.page.keyboard().press("Enter");
        assertThat(visit.page.locator(":focus")).hasId("content");

        visit.open("/datasets?page=4");
        int reachable = (Integer)
                visit.page.evaluate(
                        "() => document.querySelectorAll('a[href], button, input:not([type=hidden]), select, [tabindex=\"0\"]').length");
        for (int i = 0; i < reachable; i++) {
            visit.page.keyboard().press("Tab");
            Object seen = visit.page.evaluate("""
                    () => {
                      const element = document.activeElement;
                      const style = getComputedStyle(element);
                      const box = element.getBoundingClientRect();
                      return element === document.body ? 'nothing has the focus'
                        : style.outlineStyle === 'none' ? 'no outline on ' + element.outerHTML.slice(0, 100)
                        : box.bottom < 0 || box.top > innerHeight ? 'out of sight: ' + element.outerHTML.slice(0, 100) : '';
                    }""");
            assertThat(seen).as("after %d times Tab", i + 1).isEqualTo("");
        }
        visit.page.keyboard().press("Tab");
        assertThat(visit.page.evaluate(
                        "() => document.activeElement === document.body || document.activeElement.className"))
                .as("the way out at the end of the page")
                .isIn(true, "skip");
    }

    @Test
    void aDialogKeepsTheFocusAndGivesItBack() {
        visit.workbench
                .services()
                .personalTokens()
                .issue(visit.workbench.owner(), new TokenName("laptop"), Role.VIEWER, 1);
        visit.open("/tokens");
        visit.button("Revoke laptop").focus();
        visit.page.keyboard().press("Enter");
        assertThat(visit.page.locator("dialog :focus")).hasText("Cancel");
        visit.page.keyboard().press("Escape");
        assertThat(visit.page.locator("dialog")).hasCount(0);
        assertThat(visit.button("Revoke laptop")).isFocused();
    }

    @Test
    void aChosenThemeIsRememberedAndWinsOverTheSystems() {
        Page page = visit.page;
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        visit.open("/consumers");
        String light = background();
        page.getByLabel("Theme").selectOption("dark");
        String dark = background();
        assertThat(dark).isNotEqualTo(light);
        visit.open("/models");
        assertThat(background()).isEqualTo(dark);
        page.getByLabel("Theme").selectOption("");
        assertThat(background()).isEqualTo(light);
    }

    private String background() {
        return String.valueOf(visit.page.evaluate("() => getComputedStyle(document.body).backgroundColor"));
    }

    @Test
    void paperShowsNoSecretAndNoButton() {
        visit.open("/tokens");
        visit.field("Name").fill("printed");
        visit.button("Make and show it").click();
        assertThat(visit.page.locator(".secret code")).isVisible();
        visit.page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(visit.page.locator(".secret code")).isHidden();
        assertThat(visit.button("Log out")).isHidden();
        visit.page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
    }

    @Test
    void logInPagesSayWhatToDo() {
        String link = visit.workbench.loginLink();
        Page stranger = visit.stranger();
        Look look = new Look(stranger);
        stranger.navigate(visit.workbench.origin() + "/models");
        assertThat(stranger.getByText("./lathe login")).isVisible();
        look.at("login-none");
        stranger.navigate(link);
        look.at("login-usable");
        stranger.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in"))
                .click();
        stranger.navigate(link);
        assertThat(stranger.getByText("This link no longer works")).isVisible();
        look.at("login-used");
        stranger.close();
    }
}
