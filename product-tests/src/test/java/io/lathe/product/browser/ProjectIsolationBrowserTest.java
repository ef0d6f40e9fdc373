package io.lathe.product.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.RequestOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What code in a notebook's page may do with the login of the user who opened it: act on its own project and on nothing else. */
@Tag("slow")
class ProjectIsolationBrowserTest {
    /** Answers {@code status N} where the page may read the answer, else {@code refused}. */
    private static final String FETCH = """
            async ([url, method]) => {
              try {
                const answer = await fetch(url, {
                  method, credentials: 'include', headers: {'Content-Type': 'text/plain'},
                  body: method === 'GET' ? undefined : '{"name":"intruder","template":"tabular-classification"}'
                });
                return 'status ' + answer.status;
              } catch (error) {
                return 'refused';
              }
            }""";

    /** A POST that asks the browser for nothing beforehand; only the server can refuse it. */
    private static final String BLIND_POST = """
            async url => {
              try {
                await fetch(url, {
                  method: 'POST', mode: 'no-cors', credentials: 'include',
                  body: '{"path":"intruder.ipynb","type":"notebook","name":"intruder","template":"tabular-classification"}'
                });
              } catch (error) {
                // No answer is as good as a refusal.
              }
            }""";

    private static final String SOCKET = """
            url => new Promise(resolve => {
              const socket = new WebSocket(url);
              socket.onopen = () => resolve('open');
              socket.onerror = () => resolve('refused');
            })""";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path data;

    private final Screenshots screenshots = new Screenshots("isolation");

    @ParameterizedTest
    @ValueSource(strings = {"names", "addresses"})
    void aNotebookPageReachesItsOwnProjectAndNeitherTheWorkbenchNorAnotherProject(String hosts) {
        Optional<InstalledChromium> chromium = InstalledChromium.find();
        assumeTrue(chromium.isPresent(), "Chromium is not installed");
        try (RunningProduct product = RunningProduct.start(data, "isolation-" + hosts, "--notebook-hosts", hosts);
                Playwright playwright = InstalledChromium.driver();
                Browser browser = chromium.get().open(playwright);
                BrowserContext user = browser.newContext()) {
            try {
                Page workbench = user.newPage();
                new WorkbenchPages(workbench, product, screenshots).signIn();
                Page mine = opened("mine", user.newPage(), product);
                Page other = opened("other", user.newPage(), product);
                assertThat(origin(mine))
                        .matches(
                                hosts.equals("names")
                                        ? "http://mine\\.notebooks\\.localhost:\\d+"
                                        : "http://127\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\.\\d+\\.\\d+:\\d+")
                        .isNotEqualTo(origin(other));
                reachesItsOwnProject(mine);
                reachesNoWorkbench(mine, workbench, product);
                reachesNoOtherProject(mine, other);
            } catch (RuntimeException | AssertionError e) {
                user.pages().forEach(open -> screenshots.take(open, "failed"));
                throw e;
            }
        }
    }

    private Page opened(String project, Page page, RunningProduct product) {
        var pages = new WorkbenchPages(page, product, screenshots);
        pages.createProject("tabular", project);
        pages.startServer();
        return pages.openedLab(project);
    }

    private static String origin(Page lab) {
        URI url = URI.create(lab.url());
        return url.getScheme() + "://" + url.getAuthority();
    }

    private static void reachesItsOwnProject(Page mine) {
        String origin = origin(mine);
        assertThat(fetch(mine, origin + "/projects/mine/api/status", "GET")).isEqualTo("status 200");
        assertThat(fetch(mine, origin + "/api/v1/project", "GET")).isEqualTo("status 200");
        assertThat(socket(mine, origin + "/projects/mine/api/events/subscribe")).isEqualTo("open");
    }

    private static void reachesNoWorkbench(Page mine, Page workbench, RunningProduct product) {
        String projects = product.origin() + "/api/v1/projects";
        String before = read(workbench, projects);
        assertThat(before).contains("mine", "other");
        assertThat(fetch(mine, projects, "GET")).isEqualTo("refused");
        assertThat(fetch(mine, projects, "POST")).isEqualTo("refused");
        mine.evaluate(BLIND_POST, projects);
        assertThat(postWithLogin(mine.context(), projects, origin(mine))).isEqualTo(403);
        assertThat(read(workbench, projects)).isEqualTo(before);
    }

    private static void reachesNoOtherProject(Page mine, Page other) {
        String origin = origin(other);
        String contents = origin + "/projects/other/api/contents";
        String before = files(other, contents);
        assertThat(before).contains(".ipynb");
        assertThat(fetch(mine, contents, "GET")).isEqualTo("refused");
        assertThat(fetch(mine, contents, "POST")).isEqualTo("refused");
        assertThat(fetch(mine, origin + "/api/v1/project", "GET")).isEqualTo("refused");
        mine.evaluate(BLIND_POST, contents);
        assertThat(files(other, contents)).isEqualTo(before);

        String events = origin + "/projects/other/api/events/subscribe";
        assertThat(socket(other, events)).isEqualTo("open");
        assertThat(socket(mine, events)).isEqualTo("refused");
    }

    private static String fetch(Page from, String url, String method) {
        return String.valueOf(from.evaluate(FETCH, List.of(url, method)));
    }

    /** What the server says to the same request where no browser stands in between, with the browser's own cookies. */
    private static int postWithLogin(BrowserContext user, String url, String origin) {
        return user.request()
                .post(
                        url,
                        RequestOptions.create()
                                .setHeader("Origin", origin)
                                .setData(Map.of("name", "intruder", "template", "tabular-classification")))
                .status();
    }

    private static String read(Page from, String url) {
        return String.valueOf(from.evaluate("async url => (await fetch(url)).text()", url));
    }

    private static String files(Page from, String contents) {
        String names = "async url => (await (await fetch(url)).json()).content.map(file => file.name).sort().join(' ')";
        return String.valueOf(from.evaluate(names, contents));
    }

    private static String socket(Page from, String url) {
        return String.valueOf(from.evaluate(SOCKET, url.replaceFirst("^http", "ws")));
    }
}
