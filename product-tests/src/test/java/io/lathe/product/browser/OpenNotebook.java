package io.lathe.product.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A notebook in a page of JupyterLab. Its first cell prints lines 0 to 19, waits until it is told to go on, and prints lines 20 to 39;
 * its second cell needs what the first one has left in the kernel.
 */
final class OpenNotebook {
    private static final double REPLY_MILLIS = 120_000;

    private static final String NEVER_RUN = "[ ]:";

    private static final String NOTEBOOK = """
            {"nbformat": 4, "nbformat_minor": 5,
             "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
             "cells": [
              {"cell_type": "code", "id": "print", "metadata": {}, "execution_count": null, "outputs": [], "source": [
               "import os, time\\n",
               "answer = 42\\n",
               "for i in range(20): print(f'line {i}.', flush=True)\\n",
               "while not os.path.exists('go'): time.sleep(0.05)\\n",
               "for i in range(20, 40): print(f'line {i}.', flush=True)\\n",
               "print('done')\\n",
               "open('printed', 'w').close()"]},
              {"cell_type": "code", "id": "ask", "metadata": {}, "execution_count": null, "outputs": [], "source": [
               "print(f'still {answer}')"]}]}
            """;

    private final Page page;
    private final Path folder;

    private OpenNotebook(Page page, Path folder) {
        this.page = page;
        this.folder = folder;
    }

    /** Makes a project, starts its notebook server and opens the notebook. */
    static OpenNotebook open(Page page, KillableWorkbench workbench, String project) throws Exception {
        workbench.open(project);
        Path folder = workbench.folder(project);
        Files.writeString(folder.resolve("night.ipynb"), NOTEBOOK);
        String ticket = workbench.ticket(project);
        page.navigate(ticket);
        page.navigate(
                ticket.substring(0, ticket.indexOf("/lathe/enter")) + "/projects/" + project + "/lab/tree/night.ipynb");
        page.getByText("Python 3 (ipykernel) | Idle")
                .first()
                .waitFor(new Locator.WaitForOptions().setTimeout(REPLY_MILLIS));
        return new OpenNotebook(page, folder);
    }

    /** Runs the first cell until it waits, and its lines so far are on the page. */
    void begin() {
        // JupyterLab forgets a run that is asked for while its page still gets to know the kernel.
        for (int i = 0; i < 10 && prompt().equals(NEVER_RUN); i++) {
            run(0);
            try {
                page.waitForCondition(
                        () -> !prompt().equals(NEVER_RUN), new Page.WaitForConditionOptions().setTimeout(5_000));
            } catch (TimeoutError e) {
                // once more
            }
        }
        awaitOutput("line 19.");
    }

    /** Of the first cell: a star while it runs, then its number. */
    private String prompt() {
        return page.locator(".jp-CodeCell .jp-InputPrompt").first().textContent();
    }

    /** Has the first cell go on, to its end in the kernel. */
    void goOn() throws Exception {
        Files.createFile(folder.resolve("go"));
        KillableWorkbench.await("the cell's end", () -> Files.exists(folder.resolve("printed")));
    }

    /** Waits for the first cell's end on the page; what the page had not confirmed may have come once more, nothing may be missing. */
    void assertEveryLineIsThere() {
        awaitOutput("done");
        page.waitForCondition(() -> page.locator(".jp-CodeCell .jp-InputPrompt")
                .first()
                .textContent()
                .equals("[1]:"));
        String output = String.join(
                "",
                page.locator(".jp-CodeCell")
                        .first()
                        .locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stdout'] pre")
                        .allTextContents());
        assertThat(output).startsWith(lines(0, 20)).endsWith(lines(20, 40) + "done\n");
        Matcher numbers = Pattern.compile("line (\\d+)\\.").matcher(output);
        int last = -1;
        while (numbers.find()) {
            int number = Integer.parseInt(numbers.group(1));
            assertThat(number).as(output).isLessThanOrEqualTo(last + 1);
            last = number;
        }
    }

    /** Runs the second cell, in the kernel of the first; there is nothing to click away before. */
    void assertItGoesOn() {
        assertThat(page.getByRole(AriaRole.DIALOG).count()).isZero();
        run(1);
        awaitOutput("still 42");
    }

    private void run(int cell) {
        page.locator(".jp-CodeCell .cm-content").nth(cell).click();
        page.keyboard().press("Shift+Enter");
    }

    private void awaitOutput(String text) {
        page.locator(".jp-OutputArea-output", new Page.LocatorOptions().setHasText(text))
                .first()
                .waitFor(new Locator.WaitForOptions().setTimeout(REPLY_MILLIS));
    }

    private static String lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "line " + i + ".\n").reduce("", String::concat);
    }
}
