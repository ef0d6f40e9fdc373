package io.lathe.product.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;

/** The window behind the button <em>Publish model</em>. */
final class PublishWindow {
    private static final double PUBLISH_MILLIS = 180_000;

    private final Page page;

    PublishWindow(Page page) {
        this.page = page;
        page.getByLabel("Name in the registry").waitFor();
    }

    String name() {
        return page.getByLabel("Name in the registry").inputValue();
    }

    String judgedOn() {
        return page.getByLabel("Judged on").inputValue();
    }

    void nameIt(String name) {
        page.getByLabel("Name in the registry").fill(name);
    }

    /** Chooses the kernel's variable to publish. */
    void choose(String variable) {
        page.getByLabel("Model", new Page.GetByLabelOptions().setExact(true)).selectOption(variable);
    }

    void publish() {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Publish").setExact(true))
                .click();
    }

    /** What stands under the fields that are wrong. */
    List<String> complaints() {
        return page.locator(".lathe-FieldProblem").allInnerTexts();
    }

    /** Waits for the verdict: {@code promoted}, {@code held}, {@code rejected}, or {@code failed} without one. */
    String outcome() {
        Locator verdict = page.locator(".lathe-Verdict");
        verdict.waitFor(new Locator.WaitForOptions().setTimeout(PUBLISH_MILLIS));
        return String.valueOf(verdict.getAttribute("data-outcome"));
    }

    List<String> reasons() {
        return page.locator(".lathe-Reasons li").allInnerTexts();
    }

    /** The numbers of both models, as text. */
    String comparison() {
        return String.join("\n", page.locator(".lathe-Verdict table").allInnerTexts());
    }

    String headline() {
        return page.locator(".lathe-PublishDialog-title").innerText();
    }

    /** The call to copy. */
    String call() {
        return page.locator(".lathe-Call pre").innerText();
    }

    void close() {
        page.keyboard().press("Escape");
        page.locator(".lathe-PublishDialog")
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }
}
