package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.workbench.json.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every route of the API has in common: keys, tags, pages, problems. */
@Tag("slow") // a workbench for each of many
class ApiHabitsTest {
    private static final String MINE = "{\"name\":\"mine\",\"template\":\"" + Checkout.TEMPLATE + "\"}";

    @TempDir
    Path folder;

    private RunningWorkbench workbench;

    @BeforeEach
    void start() {
        workbench = new RunningWorkbench(folder.resolve("data"), Checkout.in(folder.resolve("home")));
    }

    @AfterEach
    void stop() {
        workbench.close();
    }

    private HttpResponse<String> post(String path, String key, String body) {
        return workbench.send(
                workbench.operator(path).header("Idempotency-Key", key).POST(BodyPublishers.ofString(body)));
    }

    @Test
    void requestSentTwiceWithOneKeyIsDoneOnceAndAnsweredTheSame() {
        HttpResponse<String> first = post("/api/v1/projects", "k1", MINE);
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        HttpResponse<String> second = post("/api/v1/projects", "k1", MINE);
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(second.headers().firstValue("Content-Type"))
                .isEqualTo(first.headers().firstValue("Content-Type"));

        HttpResponse<String> other = post("/api/v1/projects", "k1", MINE.replace("mine", "other"));
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("/problems/key-reused");
        assertThat(workbench.get("/api/v1/projects")).hasSize(1);
        assertThat(post("/api/v1/projects", "no blank", MINE).statusCode()).isEqualTo(400);
    }

    @Test
    void keyOutlivesARestart() {
        HttpResponse<String> first = post("/api/v1/projects", "k1", MINE);
        workbench.close();
        workbench = new RunningWorkbench(folder.resolve("data"), folder.resolve("home"));
        assertThat(post("/api/v1/projects", "k1", MINE).body()).isEqualTo(first.body());
    }

    @Test
    void refusedRequestMayBeMendedUnderItsKey() {
        assertThat(post("/api/v1/projects", "k1", "{\"name\":\"mine\"}").statusCode())
                .isEqualTo(400);
        assertThat(post("/api/v1/projects", "k1", MINE).statusCode()).isEqualTo(201);
    }

    @Test
    void manyAtOnceWithOneKeyAreDoneOnce() throws InterruptedException {
        var answers = new ConcurrentLinkedQueue<Integer>();
        List<Thread> all = IntStream.range(0, 8)
                .mapToObj(index -> Thread.ofVirtual()
                        .start(() ->
                                answers.add(post("/api/v1/projects", "k1", MINE).statusCode())))
                .toList();
        for (Thread thread : all) {
            thread.join();
        }
        assertThat(answers).hasSize(8).containsOnly(201, 409).contains(201);
        assertThat(workbench.get("/api/v1/projects")).hasSize(1);
    }

    @Test
    void secretIsNeitherKeptNorShownAgain() {
        String secret = Json.tree(
                        post("/api/v1/tokens", "k1", "{\"name\":\"laptop\"}").body())
                .path("token")
                .asText();
        HttpResponse<String> again = post("/api/v1/tokens", "k1", "{\"name\":\"laptop\"}");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("secret").doesNotContain(secret);
        assertThat(workbench
                        .app
                        .services()
                        .jdbi()
                        .withHandle(handle -> handle.createQuery("SELECT * FROM kept_answer")
                                .mapToMap()
                                .list())
                        .toString())
                .doesNotContain(secret, "lathe_");
    }

    @Test
    void requestThatWasNeverFinishedIsNotDoneAgainBlindly() {
        post("/api/v1/projects", "k1", MINE);
        workbench.app.services().jdbi().useHandle(handle -> handle.execute("UPDATE kept_answer SET status = NULL"));
        HttpResponse<String> again = post("/api/v1/projects", "k1", MINE);
        assertThat(again.body()).contains("/problems/outcome-unknown");
    }

    @Test
    void knownAnswerIsNotSentAgain() {
        workbench.makeProject("mine");
        HttpResponse<String> first = workbench.send(workbench.operator("/api/v1/projects/mine"));
        String tag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> second =
                workbench.send(workbench.operator("/api/v1/projects/mine").header("If-None-Match", tag));
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(workbench
                        .send(workbench.operator("/api/v1/projects/mine").header("If-None-Match", "\"other\""))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatHasChangedSinceItWasSeenIsNotChanged() {
        workbench.post(201, "/api/v1/tokens", "{\"name\":\"laptop\"}");
        HttpRequest.Builder stale = workbench
                .operator("/api/v1/tokens/laptop")
                .header("If-Match", "\"stale\"")
                .DELETE();
        HttpResponse<String> refused = workbench.send(stale);
        assertThat(refused.statusCode()).isEqualTo(412);
        String tag = refused.headers().firstValue("ETag").orElseThrow();
        HttpRequest.Builder seen = workbench
                .operator("/api/v1/tokens/laptop")
                .header("If-Match", tag)
                .DELETE();
        assertThat(workbench.send(seen).statusCode()).isEqualTo(204);
    }

    @Test
    void ofManyWhoSawTheSameStateOneChangesIt() throws InterruptedException {
        workbench.makeProject("mine");
        Published.version(workbench.app.services(), "mine", "00000000-0000-4000-8000-000000000000", '0');
        Published.version(workbench.app.services(), "mine", "00000000-0000-4000-8000-000000000001", '1');
        Published.version(workbench.app.services(), "mine", "00000000-0000-4000-8000-000000000002", '2');
        for (int round = 0; round < 20; round++) {
            HttpResponse<String> seen = workbench.send(workbench.operator("/api/v1/models/penguins"));
            String tag = seen.headers().firstValue("ETag").orElseThrow();
            String body = "{\"version\":" + (1 + round % 2) + "}";
            ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();
            CountDownLatch together = new CountDownLatch(4);
            List<Thread> writers = IntStream.range(0, 4)
                    .mapToObj(i -> Thread.ofVirtual().start(() -> {
                        together.countDown();
                        awaitAll(together);
                        statuses.add(workbench
                                .send(workbench
                                        .operator("/api/v1/models/penguins/aliases/candidate")
                                        .header("If-Match", tag)
                                        .PUT(BodyPublishers.ofString(body)))
                                .statusCode());
                    }))
                    .toList();
            for (Thread writer : writers) {
                writer.join();
            }
            assertThat(statuses).as("round %d", round).containsExactlyInAnyOrder(200, 412, 412, 412);
        }
    }

    @Test
    void versionInProductionIsNoCandidate() {
        workbench.makeProject("mine");
        Published.version(workbench.app.services(), "mine", "00000000-0000-4000-8000-000000000000", '0');
        Published.version(workbench.app.services(), "mine", "00000000-0000-4000-8000-000000000001", '1');
        String candidate = "/api/v1/models/penguins/aliases/candidate";

        JsonNode refused =
                workbench.json(409, workbench.operator(candidate).PUT(BodyPublishers.ofString("{\"version\":2}")));
        assertThat(refused.path("type").asText()).isEqualTo("/problems/conflict");
        assertThat(refused.path("detail").asText()).contains("Version 2", "is in production");

        workbench.json(200, workbench.operator(candidate).PUT(BodyPublishers.ofString("{\"version\":1}")));
        workbench.post(200, "/api/v1/models/penguins/rollback", "");
        assertThat(workbench.get("/api/v1/models/penguins").path("aliases").toString())
                .isEqualTo("{\"production\":1}");
        workbench.post(409, "/api/v1/models/penguins/candidate/reject", "{\"reason\":\"no\"}");
    }

    private static void awaitAll(CountDownLatch together) {
        try {
            assertThat(together.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void pagesShowEverythingOnceInOrder() {
        for (String name : List.of("c", "a", "e", "b", "d")) {
            workbench.post(201, "/api/v1/tokens", "{\"name\":\"" + name + "\"}");
        }
        List<String> names = new ArrayList<>();
        String next = "/api/v1/tokens?limit=2";
        int pages = 0;
        while (!next.isEmpty()) {
            HttpResponse<String> page = workbench.send(workbench.operator(next));
            Json.tree(page.body()).forEach(token -> names.add(token.path("name").asText()));
            next = page.headers()
                    .firstValue("Link")
                    .map(link -> link.replaceFirst("<(.*)>; rel=\"next\"", "$1"))
                    .orElse("");
            pages++;
        }
        assertThat(names).containsExactly("a", "b", "c", "d", "e");
        assertThat(pages).isEqualTo(3);
        for (String limit : List.of("0", "1001", "x", "-1")) {
            workbench.json(400, workbench.operator("/api/v1/tokens?limit=" + limit));
        }
    }

    @Test
    void unknownFieldIsRefusedNamingTheNearest() {
        JsonNode problem = workbench.post(400, "/api/v1/tokens", "{\"name\":\"laptop\",\"rolle\":\"viewer\"}");
        assertThat(problem.path("detail").asText()).contains("'rolle'", "Did you mean 'role'?");
        workbench.post(400, "/api/v1/tokens", "{\"name\":\"a\",\"name\":\"b\"}");
        workbench.post(400, "/api/v1/tokens", "{\"name\":\"a\"} {}");
        assertThat(workbench.get("/api/v1/tokens")).isEmpty();
    }

    @Test
    void documentListsEveryKindOfProblem() throws Exception {
        Set<String> documented = Files.readString(Path.of("..", "docs", "api.md"))
                .lines()
                .filter(line -> line.startsWith("| `/problems/"))
                .map(line -> line.replaceAll(" *\\| *", "|"))
                .collect(Collectors.toSet());
        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ProblemCode.values())
                        .map(code -> "|`" + code.typeUri() + "`|" + code.httpStatus() + "|" + code.meaning() + "|")
                        .toList());
    }

    @Test
    void everyTypeOfProblemLeadsToAPageThatExplainsIt() {
        String all = workbench.send(workbench.request("/problems")).body();
        for (ProblemCode code : ProblemCode.values()) {
            HttpResponse<String> page = workbench.send(workbench.request(code.typeUri()));
            assertThat(page.statusCode()).as(code.typeUri()).isEqualTo(200);
            assertThat(page.body()).contains(code.typeUri(), code.title(), String.valueOf(code.httpStatus()));
            assertThat(all).contains("href=\"" + code.typeUri() + "\"");
        }
        assertThat(workbench
                        .json(404, workbench.request("/problems/not-fuond"))
                        .path("detail")
                        .asText())
                .contains("'not-found'");
    }

    @Test
    void problemsOfOneStatusThatAProgramTreatsDifferentlyHaveTypesOfTheirOwn() {
        workbench.makeProject("mine");
        assertThat(workbench.post(409, "/api/v1/projects", MINE).path("type").asText())
                .isEqualTo("/problems/name-taken");
        assertThat(workbench.post(400, "/api/v1/projects", "{").path("type").asText())
                .isEqualTo("/problems/invalid-json");
        assertThat(workbench
                        .json(404, workbench.operator("/api/v1/nothing"))
                        .path("type")
                        .asText())
                .isEqualTo("/problems/no-such-route");
        HttpResponse<String> method =
                workbench.send(workbench.operator("/api/v1/templates").DELETE());
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.headers().firstValue("Allow")).contains("GET");
        assertThat(method.body()).contains("/problems/method-not-allowed");
        String session = workbench.logIn();
        assertThat(workbench
                        .json(
                                403,
                                workbench
                                        .request("/api/v1/projects")
                                        .header("Cookie", session)
                                        .POST(BodyPublishers.ofString(MINE)))
                        .path("type")
                        .asText())
                .isEqualTo("/problems/cross-site");
    }
}
