package io.lathe.product.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.lathe.product.Checkout;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;

/**
 * Looks at a page as people do: wide and narrow, in light and in dark. Each time it must fit the width, break no rule of
 * accessibility, and be kept as a picture.
 */
final class Look {
    private static final List<Integer> WIDTHS = List.of(1280, 360);
    private static final int HEIGHT = 800;

    private static final String TOO_WIDE = """
            () => document.documentElement.scrollWidth <= innerWidth ? [] :
              [...document.querySelectorAll('body *')]
                .filter(element => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest('.scroll > *, pre, svg'))
                .slice(0, 5).map(element => element.outerHTML.slice(0, 120))
                .concat(['the page is ' + document.documentElement.scrollWidth + ' wide'])""";

    private final Page page;
    private final AxeRules rules = new AxeRules();
    private final Path folder = Checkout.here().leavings("screenshots").resolve("pages");

    Look(Page page) {
        this.page = page;
    }

    /** @param state names page and state, for the pictures */
    void at(String state) {
        SoftAssertions all = new SoftAssertions();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            for (int width : WIDTHS) {
                page.setViewportSize(width, HEIGHT);
                String name = state + "-" + width + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT);
                page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(folder.resolve(name + ".png")));
                all.assertThat((List<?>) page.evaluate(TOO_WIDE))
                        .as("what makes %s wider than its window", name)
                        .isEmpty();
                all.assertThat(rules.broken(page))
                        .as("rules that %s breaks", name)
                        .isEmpty();
            }
        }
        all.assertAll();
    }
}
