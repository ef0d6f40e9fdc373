package io.lathe.product.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;

/** The workbench's pages, by what a user reads on them. */
final class WorkbenchPages {
    private static final double SERVER_START_MILLIS = 180_000;

    private final Page page;
    private final RunningProduct product;
    private final Screenshots screenshots;

    WorkbenchPages(Page page, RunningProduct product, Screenshots screenshots) {
        this.page = page;
        this.product = product;
        this.screenshots = screenshots;
    }

    void signIn() {
        page.navigate(product.loginLink());
        screenshots.take(page, "login");
        button("Log in").click();
        assertThat(link("New project").first()).isVisible();
        screenshots.take(page, "home");
    }

    void createProject(String template, String name) {
        page.navigate(product.origin() + "/");
        link("New project").first().click();
        screenshots.take(page, "gallery");
        page.locator("label")
                .filter(new Locator.FilterOptions().setHasText(template))
                .first()
                .click();
        page.getByLabel("Name").first().fill(name);
        button("Make project").click();
        page.waitForURL("**/projects/" + name);
        screenshots.take(page, "project");
    }

    /** Starts the project's notebook server and sees its phases go by without loading the page again. */
    void startServer() {
        button("Start").first().click();
        screenshots.take(page, "starting");
        assertThat(openLab().first())
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(SERVER_START_MILLIS));
        screenshots.take(page, "ready");
    }

    /** The page JupyterLab is shown on: this one, or the tab that opened. */
    Page openedLab(String project) {
        String lab = "**/projects/" + project + "/lab**";
        Page[] opened = {page};
        page.onPopup(popup -> opened[0] = popup);
        openLab().first().click();
        page.waitForCondition(() -> !opened[0].equals(page) || page.url().contains("/lab"));
        opened[0].waitForURL(lab);
        return opened[0];
    }

    void openModel(String name) {
        page.navigate(product.origin() + "/models/" + name);
    }

    private Locator openLab() {
        return button("Open JupyterLab").or(link("Open JupyterLab"));
    }

    private Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private Locator link(String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }
}
