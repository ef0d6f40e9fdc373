package io.lathe.product.browser;

import com.microsoft.playwright.Page;
import io.lathe.product.Checkout;
import java.nio.file.Path;

/** Numbered pictures of the stations of one test, for people to look at. */
final class Screenshots {
    private final Path folder;
    private final String name;
    private int taken;

    Screenshots(String name) {
        this.folder = Checkout.here().leavings("screenshots");
        this.name = name;
    }

    void take(Page page, String station) {
        taken++;
        page.screenshot(
                new Page.ScreenshotOptions().setPath(folder.resolve("%s-%02d-%s.png".formatted(name, taken, station))));
    }
}
