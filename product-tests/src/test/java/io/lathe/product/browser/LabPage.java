package io.lathe.product.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;

/** JupyterLab with one notebook. */
final class LabPage {
    private static final String IN_SIGHT = "in sight";

    /** Looks twice, two frames apart, whether the element's middle is inside the window and at rest. */
    private static final String PLACE = """
            element => new Promise(answer => {
              const before = element.getBoundingClientRect().top;
              requestAnimationFrame(() => requestAnimationFrame(() => {
                const box = element.getBoundingClientRect();
                const middle = box.top + Math.min(box.height, innerHeight) / 2;
                answer(box.height > 0 && box.top === before && middle > 0 && middle < innerHeight ? 'in sight' : 'moving');
              }));
            })""";

    private static final double OPEN_MILLIS = 120_000;
    private static final double RUN_ALL_MILLIS = 300_000;

    private final Page page;

    LabPage(Page page) {
        this.page = page;
    }

    /** Waits for the project's first notebook, which opens by itself, and for its kernel. */
    void awaitNotebook() {
        publishButton().waitFor(new Locator.WaitForOptions().setTimeout(OPEN_MILLIS));
        page.waitForCondition(
                () -> "false".equals(publishButton().getAttribute("aria-disabled")),
                new Page.WaitForConditionOptions().setTimeout(OPEN_MILLIS));
    }

    /** Runs all cells and waits until each has run; a cell that fails is told with its output. */
    void runAll() {
        page.getByRole(AriaRole.MENUITEM, exactly("Run")).click();
        page.getByRole(AriaRole.MENUITEM, exactly("Run All Cells")).click();
        page.waitForCondition(
                () -> failures().count() > 0 || allHaveRun(),
                new Page.WaitForConditionOptions().setTimeout(RUN_ALL_MILLIS));
        assertThat(failures().allTextContents())
                .as("outputs of cells that failed")
                .isEmpty();
    }

    /** Adds a cell at the notebook's end and runs it. */
    void runMore(String code) {
        page.locator(".jp-NotebookPanel:visible .jp-Notebook-footer").click();
        Locator cell = page.locator(".jp-NotebookPanel:visible .jp-CodeCell.jp-mod-active .cm-content");
        cell.click();
        page.keyboard().insertText(code);
        page.waitForCondition(
                () -> cell.innerText().contains(code.lines().findFirst().orElse(code)));
        page.keyboard().press("Control+Enter");
        page.waitForCondition(() -> failures().count() > 0 || allHaveRun());
        assertThat(failures().allTextContents()).isEmpty();
    }

    /** Whether every cell of code has a number, which it gets when it has run. Cells out of sight are drawn late, so their text counts, not what is seen. */
    private boolean allHaveRun() {
        List<String> prompts = page.locator(".jp-NotebookPanel:visible .jp-CodeCell .jp-InputPrompt")
                .allTextContents();
        return !prompts.isEmpty() && prompts.stream().allMatch(prompt -> prompt.matches("\\[\\d+\\]:"));
    }

    private Locator failures() {
        return page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.error']");
    }

    /** Brings the first rendered table into view. */
    Locator table() {
        return shown(page.locator(".jp-OutputArea-output table"));
    }

    /** Brings the first drawn Plotly plot into view. */
    Locator plot() {
        return shown(page.locator(".js-plotly-plot .main-svg"));
    }

    /** The notebook draws cells as they come into view and moves the others; so it scrolls until the place holds still and really is in sight. */
    private Locator shown(Locator locator) {
        Locator first = locator.first();
        page.waitForCondition(() -> {
            first.scrollIntoViewIfNeeded();
            return IN_SIGHT.equals(first.evaluate(PLACE));
        });
        return first;
    }

    PublishWindow publishModel() {
        page.waitForCondition(() -> "false".equals(publishButton().getAttribute("aria-disabled")));
        publishButton().click();
        return new PublishWindow(page);
    }

    private Locator publishButton() {
        return page.locator(".lathe-PublishButton:visible jp-button").first();
    }

    private static Page.GetByRoleOptions exactly(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
