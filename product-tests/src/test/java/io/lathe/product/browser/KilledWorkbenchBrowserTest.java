package io.lathe.product.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.lathe.product.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Case O-C5 in a real browser: a cell prints while the workbench is not there, or the browser's machine sleeps. */
class KilledWorkbenchBrowserTest {
    /** What happens to an open notebook. */
    private interface Night {
        void pass(Page page, KillableWorkbench workbench) throws Exception;
    }

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final Screenshots screenshots = new Screenshots("killed-workbench");

    private void through(Night night) throws Exception {
        Optional<InstalledChromium> chromium = InstalledChromium.find();
        // Set-up makes JupyterLab; a browser is the machine's own, and everything else can be tested without one.
        assumeTrue(chromium.isPresent(), "Chromium is not installed");
        assumeTrue(
                Files.isExecutable(Checkout.here().root().resolve(".build/python/bin/python")),
                "no JupyterLab: ./lathe up makes .build/python");
        try (KillableWorkbench workbench = new KillableWorkbench(folder);
                Playwright playwright = InstalledChromium.driver();
                Browser browser = chromium.get().open(playwright)) {
            Page page = browser.newPage();
            try {
                night.pass(page, workbench);
            } catch (RuntimeException | AssertionError e) {
                screenshots.take(page, "failed");
                throw e;
            }
        }
    }

    @Test
    @Tag("slow")
    void notebookGoesOnAfterTheWorkbenchWasKilledWithEveryLineThatItsKernelPrintedMeanwhile() throws Exception {
        through((page, workbench) -> {
            OpenNotebook notebook = OpenNotebook.open(page, workbench, "night");
            notebook.begin();

            workbench.kill();
            notebook.goOn();
            screenshots.take(page, "alone");
            workbench.startAgain();

            notebook.assertEveryLineIsThere();
            screenshots.take(page, "back");
            notebook.assertItGoesOn();
        });
    }

    /** Until the notebook server has given the browser up, which takes it a minute and a half. */
    @Test
    @Tag("scale")
    void notebookGoesOnAfterTheBrowsersMachineSleptWithEveryLineThatItsKernelPrintedMeanwhile() throws Exception {
        through((page, workbench) -> {
            OpenNotebook notebook = OpenNotebook.open(page, workbench, "night");
            notebook.begin();

            List<ProcessHandle> asleep = browserProcesses();
            signal("-STOP", asleep);
            try {
                notebook.goOn();
                workbench.awaitNobodyConnected("night");
            } finally {
                signal("-CONT", asleep);
            }

            notebook.assertEveryLineIsThere();
            screenshots.take(page, "awake");
            notebook.assertItGoesOn();
        });
    }

    /** The browser that this test has started. */
    private static List<ProcessHandle> browserProcesses() {
        List<ProcessHandle> found = ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").contains("chrom"))
                .toList();
        assertThat(found).as("the browser's processes").isNotEmpty();
        return found;
    }

    private static void signal(String which, List<ProcessHandle> processes) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of("kill", which), processes.stream().map(process -> Long.toString(process.pid())))
                .toList();
        if (!new ProcessBuilder(command).inheritIO().start().waitFor(10, TimeUnit.SECONDS)) {
            throw new AssertionError("kill does not end");
        }
    }
}
