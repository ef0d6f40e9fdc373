package io.lathe.product.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.Optional;

/** A browser that is logged in to a workbench of its own. */
final class Visit implements AutoCloseable {
    final OwnWorkbench workbench;
    final Contents contents;
    final Page page;
    final Look look;
    private final Playwright playwright;
    private final Browser browser;

    private Visit(OwnWorkbench workbench, Playwright playwright, Browser browser) {
        this.workbench = workbench;
        this.contents = new Contents(workbench);
        this.playwright = playwright;
        this.browser = browser;
        this.page = browser.newPage();
        this.look = new Look(page);
    }

    /** Skips the test where Chromium is not installed. */
    static Visit start(Path folder) {
        Optional<InstalledChromium> chromium = InstalledChromium.find();
        // A browser is the machine's own; set-up does not install one.
        assumeTrue(chromium.isPresent(), "Chromium is not installed");
        OwnWorkbench workbench = new OwnWorkbench(folder);
        Playwright playwright = InstalledChromium.driver();
        Visit visit = new Visit(workbench, playwright, chromium.get().open(playwright));
        visit.page.navigate(workbench.loginLink());
        visit.button("Log in").click();
        visit.page.waitForURL(workbench.origin() + "/");
        return visit;
    }

    void open(String path) {
        page.navigate(workbench.origin() + path);
    }

    /** A page of a browser that is not logged in. Whoever asks for it closes it. */
    Page stranger() {
        return browser.newPage();
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    Locator link(String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    @Override
    public void close() {
        try {
            browser.close();
            playwright.close();
        } finally {
            workbench.close();
        }
    }
}
