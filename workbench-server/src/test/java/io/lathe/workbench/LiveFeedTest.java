package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Live feeds end with the right to see them; the job they tell of goes on meanwhile. */
@Tag("slow")
@Timeout(value = 40, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LiveFeedTest {
    private static final String EVENTS = "/api/v1/projects/mine/server/events";

    @TempDir
    Path folder;

    private RunningWorkbench workbench;

    @BeforeEach
    void start() {
        Options options = new Options(folder.resolve("data"), 0, 0, Checkout.in(folder.resolve("home")));
        workbench = new RunningWorkbench(options, services -> new PaperNotebookServers(services.jobs()));
        workbench.makeProject("mine");
        workbench.post(202, "/api/v1/projects/mine/server", "");
        sql("UPDATE job SET finished_at = NULL");
    }

    @AfterEach
    void stop() {
        workbench.close();
    }

    private void sql(String statement) {
        workbench.app.services().jdbi().useHandle(handle -> handle.execute(statement));
    }

    private interface Ending {
        void run();
    }

    /** Opens the feed, ends what lets it be read, and reads it to its end; answers what came after. */
    private String rest(HttpRequest.Builder request, Ending ending) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> feed = client.send(request.build(), BodyHandlers.ofInputStream());
            assertThat(feed.statusCode()).isEqualTo(200);
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(feed.body(), StandardCharsets.UTF_8))) {
                String line = lines.readLine();
                while (line != null && !line.startsWith("data:")) {
                    line = lines.readLine();
                }
                ending.run();
                StringBuilder rest = new StringBuilder();
                for (String next = lines.readLine(); next != null; next = lines.readLine()) {
                    rest.append(next).append('\n');
                }
                return rest.toString();
            }
        }
    }

    @Test
    void revokedTokenIsToldNothingMore() throws Exception {
        String token = workbench
                .post(201, "/api/v1/tokens", "{\"name\":\"laptop\",\"role\":\"viewer\"}")
                .path("token")
                .asText();

        String rest = rest(
                workbench.request(EVENTS).header("Authorization", "Bearer " + token),
                () -> assertThat(workbench
                                .send(workbench
                                        .operator("/api/v1/tokens/laptop")
                                        .DELETE())
                                .statusCode())
                        .isEqualTo(204));

        assertThat(rest).endsWith(": not signed in any more\n\n");
    }

    @Test
    void loggedOutBrowserIsToldNothingMore() throws Exception {
        String cookie = workbench.logIn();

        String rest = rest(workbench.request(EVENTS).header("Cookie", cookie), () -> {
            String page = workbench
                    .send(workbench.request("/").header("Cookie", cookie))
                    .body();
            String csrf = page.replaceFirst("(?s).*name=\"csrf\" value=\"([^\"]+)\".*", "$1");
            assertThat(workbench
                            .send(workbench.form("/logout", "csrf=" + csrf).header("Cookie", cookie))
                            .statusCode())
                    .isEqualTo(303);
        });

        assertThat(rest).endsWith(": not signed in any more\n\n");
    }

    @Test
    void expiredSessionIsToldNothingMoreThoughNobodyEndedIt() throws Exception {
        String rest = rest(
                workbench.request(EVENTS).header("Cookie", workbench.logIn()),
                () -> sql("UPDATE session SET expires_at = 1"));

        assertThat(rest).endsWith(": not signed in any more\n\n").doesNotContain("still here");
    }

    @Test
    void otherFeedsGoOn() throws Exception {
        String rest = rest(workbench.operator(EVENTS), () -> {
            workbench.post(201, "/api/v1/tokens", "{\"name\":\"laptop\"}");
            workbench.send(workbench.operator("/api/v1/tokens/laptop").DELETE());
            workbench.app.services().jobs().nudge();
            sql("UPDATE job SET finished_at = 1");
            workbench.app.services().jobs().announce();
        });

        assertThat(rest).endsWith("event: end\ndata: {}\n\n");
    }
}
