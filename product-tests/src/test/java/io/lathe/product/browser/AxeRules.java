package io.lathe.product.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rules of WCAG 2.2, levels A and AA, as far as axe-core can check them by itself. */
final class AxeRules {
    private static final String RUN = """
            async () => {
              const result = await axe.run(document, {
                runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
                resultTypes: ['violations']
              });
              return result.violations.map(rule => rule.id + ': ' + rule.help + '\\n' + rule.nodes.slice(0, 4).map(node =>
                '    ' + node.html.slice(0, 160) + '\\n    ' + (node.failureSummary ?? '').replaceAll('\\n', ' ')).join('\\n'));
            }""";

    private final String script;

    AxeRules() {
        try (InputStream in = AxeRules.class.getResourceAsStream("/axe.min.js")) {
            if (in == null) {
                throw new IllegalStateException("axe.min.js is not on the class path");
            }
            script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the page as it is now breaks; each with the elements that break it. */
    List<String> broken(Page page) {
        page.evaluate("script => { if (!window.axe) { (0, eval)(script); } }", script);
        return ((List<?>) page.evaluate(RUN)).stream().map(String::valueOf).toList();
    }
}
