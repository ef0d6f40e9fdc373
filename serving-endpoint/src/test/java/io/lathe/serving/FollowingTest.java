package io.lathe.serving;

import static io.lathe.serving.TinyModels.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.datasets.store.SmallDisk;
import io.lathe.serving.route.RouteFile;
import io.lathe.serving.route.RouteFollower;
import io.lathe.serving.route.Workbench;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Following the workbench's route document through all that can go wrong on the way. */
class FollowingTest {

    private final Path folder;
    private SmallWorkbench workbench;

    FollowingTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.workbench = SmallWorkbench.start().holding(TinyModels.RISING, TinyModels.FALLING);
    }

    @AfterEach
    void stop() {
        workbench.close();
    }

    @Test
    void beforeAnyDocumentNothingIsServedAndTheCallerIsToldToWait() throws Exception {
        try (Served served = Served.start(folder, workbench.url())) {
            var reply = served.predict(row(1));
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.header("Retry-After")).isPresent();
            assertThat(served.send(served.open("/v1/models/tiny").GET()).status())
                    .isEqualTo(401);
            assertThat(served.send(served.open("/v2/health/ready").GET()).status())
                    .isEqualTo(503);
            assertThat(served.send(served.open("/v2/health/live").GET()).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void anAliasMoveIsFollowedAtOnce() throws Exception {
        RoutesJson both = RoutesJson.of(1).with(1, TinyModels.RISING).with(2, TinyModels.FALLING);
        workbench.route(both.production(1));
        try (Served served = Served.start(folder, workbench.url()).awaitRoutes(1)) {
            assertThat(labelOf(served.predict(row(30)))).isEqualTo("high");
            workbench.route(new RoutesJson(2, both.aliases(), both.versions()).production(2));
            served.awaitRoutes(2);
            assertThat(labelOf(served.predict(row(30)))).isEqualTo("low");
        }
    }

    @Test
    void aModelWithoutAVersionInProductionIsReachedByNumberOnly() throws Exception {
        workbench.route(RoutesJson.of(1).with(1, TinyModels.RISING));
        try (Served served = Served.start(folder, workbench.url()).awaitRoutes(1)) {
            var reply = served.predict(row(30));
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.error()).contains("no version in production").contains("1");
            assertThat(served.post("/v1/models/tiny/versions/1:predict", TinyModels.instances(row(1)))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aVersionThatIsNoBundleLeavesTheOldOneServing() throws Exception {
        workbench.route(RoutesJson.of(1).with(1, TinyModels.RISING).production(1));
        try (Served served = Served.start(folder, workbench.url()).awaitRoutes(1)) {
            String broken = "ab".repeat(32);
            workbench.hold(broken, "no zip at all".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            workbench.route(RoutesJson.of(2).with(2, broken).production(2));
            served.awaitRoutes(2);
            assertThat(labelOf(served.predict(row(30)))).isEqualTo("high");
            assertThat(served.predict(row(30)).header("Lathe-Model-Version")).hasValue("1");
            JsonNode failed = version(served.status(), 2);
            assertThat(failed.path("state").asText()).isEqualTo("END");
            assertThat(failed.path("reason").asText()).isNotEmpty().doesNotContain(folder.toString());
            assertThat(served.get("/v1/models/tiny/versions/2").text())
                    .contains("\"END\"")
                    .contains("UNAVAILABLE");
        }
        // What was really served is what a restart serves, without asking anybody.
        workbench.close();
        try (Served again = Served.start(folder, workbench.url())) {
            again.await("the kept routes", status -> status.path("ready").asBoolean());
            assertThat(again.predict(row(30)).header("Lathe-Model-Version")).hasValue("1");
        }
    }

    @Test
    void aBundleUnderAnotherBundlesNameIsRefused() throws Exception {
        String wrong = "cd".repeat(32);
        workbench.hold(wrong, TinyModels.FALLING.zip());
        workbench.route(
                RoutesJson.of(1).with(1, TinyModels.RISING).with(2, wrong).production(1));
        try (Served served = Served.start(folder, workbench.url()).awaitRoutes(1)) {
            assertThat(version(served.status(), 2).path("state").asText()).isEqualTo("END");
            assertThat(served.post("/v1/models/tiny/versions/2:predict", TinyModels.instances(row(1)))
                            .status())
                    .isEqualTo(503);
            assertThat(served.predict(row(1)).status()).isEqualTo(200);
            assertThat(Files.exists(folder.resolve("data/bundles/" + wrong + ".zip")))
                    .isFalse();
        }
    }

    @Test
    void aBundleThatCannotBeFetchedYetIsTriedAgain() throws Exception {
        workbench.refuseBundles();
        workbench.route(RoutesJson.of(1).with(1, TinyModels.RISING).production(1));
        try (Served served = Served.start(folder, workbench.url()).awaitRoutes(1)) {
            var reply = served.predict(row(30));
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.header("Retry-After")).isPresent();
            assertThat(served.send(served.open("/v2/health/ready").GET()).status())
                    .isEqualTo(503);
            assertThat(version(served.status(), 1).path("reason").asText()).contains("503");
            workbench.allowBundles();
            served.await(
                    "the version",
                    status -> version(status, 1).path("state").asText().equals("AVAILABLE"));
            assertThat(labelOf(served.predict(row(30)))).isEqualTo("high");
        }
    }

    @Test
    void aBundleCutShortOnTheWayIsNeverServedAndFetchedAgain() throws Exception {
        workbench.route(RoutesJson.of(1).with(1, TinyModels.RISING).production(1));
        try (Served served = Served.start(folder, workbench.url()).awaitRoutes(1)) {
            int before = workbench.bundleRequests();
            workbench.cutBundlesShort(2);
            workbench.route(RoutesJson.of(2)
                    .with(1, TinyModels.RISING)
                    .with(2, TinyModels.FALLING)
                    .production(2));
            served.await(
                    "version 2",
                    status -> status.path("models").size() == 2
                            && version(status, 2).path("state").asText().equals("AVAILABLE"));
            assertThat(workbench.bundleRequests()).isEqualTo(before + 3);
            assertThat(served.predict(row(30)).header("Lathe-Model-Version")).hasValue("2");
        }
    }

    @Test
    void itServesOnWhileTheWorkbenchIsAwayAndFollowsWhenItIsBack() throws Exception {
        workbench.route(RoutesJson.of(5).with(1, TinyModels.RISING).production(1));
        int port = workbench.port();
        try (Served served = Served.start(folder, workbench.url()).awaitRoutes(5)) {
            workbench.close();
            served.await(
                    "the loss", status -> !status.path("workbenchReachable").asBoolean());
            assertThat(labelOf(served.predict(row(30)))).isEqualTo("high");
            // A workbench restored from an older state counts from a lower number.
            workbench = SmallWorkbench.start(port).holding(TinyModels.FALLING);
            workbench.route(RoutesJson.of(2).with(2, TinyModels.FALLING).production(2));
            served.awaitRoutes(2);
            assertThat(labelOf(served.predict(row(30)))).isEqualTo("low");
        }
    }

    @Test
    void itStartsFromDiskWithoutTheWorkbenchAndWithoutItsToken() throws Exception {
        workbench.route(RoutesJson.of(1).with(1, TinyModels.RISING).production(1));
        Served.start(folder, workbench.url()).awaitRoutes(1).close();
        workbench.close();
        try (Served served = Served.start(folder, workbench.url())) {
            Files.delete(folder.resolve("serving-token"));
            served.awaitRoutes(1);
            assertThat(labelOf(served.predict(row(30)))).isEqualTo("high");
        }
    }

    @Test
    void aBundleSpoiltOnDiskIsFetchedAgain() throws Exception {
        workbench.route(RoutesJson.of(1).with(1, TinyModels.RISING).production(1));
        Served.start(folder, workbench.url()).awaitRoutes(1).close();
        Path bundle = folder.resolve("data/bundles/" + TinyModels.id(TinyModels.RISING) + ".zip");
        byte[] spoilt = Files.readAllBytes(bundle);
        spoilt[spoilt.length / 2] ^= 1;
        Files.write(bundle, spoilt);
        int before = workbench.bundleRequests();
        try (Served served = Served.start(folder, workbench.url()).awaitRoutes(1)) {
            assertThat(labelOf(served.predict(row(30)))).isEqualTo("high");
            assertThat(workbench.bundleRequests()).isEqualTo(before + 1);
            assertThat(Files.readAllBytes(bundle)).isEqualTo(TinyModels.RISING.zip());
        }
    }

    @Test
    void aDiskThatIsFullWhileABundleComesLeavesTheOldOneServingAndSaysWhy() throws Exception {
        try (SmallDisk disk = SmallDisk.at(folder.resolve("data/bundles"), 256)) {
            workbench.route(RoutesJson.of(1).with(1, TinyModels.RISING).production(1));
            try (Served served = Served.start(folder, workbench.url()).awaitRoutes(1)) {
                disk.fill();
                workbench.route(RoutesJson.of(2)
                        .with(1, TinyModels.RISING)
                        .with(2, TinyModels.FALLING)
                        .production(2));
                served.await(
                        "the reason",
                        status -> status.path("models").size() == 2
                                && version(status, 2).path("reason").asText().contains("No space left on device"));
                assertThat(served.predict(row(30)).header("Lathe-Model-Version"))
                        .hasValue("1");
                disk.makeRoom();
                served.await(
                        "version 2",
                        status -> version(status, 2).path("state").asText().equals("AVAILABLE"));
            }
        }
    }

    @Test
    void aRouteFileSpoiltOnDiskIsReplacedByTheWorkbenchs() throws Exception {
        workbench.route(RoutesJson.of(1).with(1, TinyModels.RISING).production(1));
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/routes.json"), "{\"version\":");
        try (Served served = Served.start(folder, workbench.url()).awaitRoutes(1)) {
            assertThat(labelOf(served.predict(row(30)))).isEqualTo("high");
        }
    }

    @Test
    void aDocumentThatCannotBeKeptIsServedAllTheSame() throws Exception {
        // A folder in the file's place fails the write as a full disk would, also for root.
        Path inTheWay = Files.createDirectories(folder.resolve("data/routes.json/in-the-way"));
        workbench.route(RoutesJson.of(1).with(1, TinyModels.RISING).production(1));
        try (Served served = Served.start(folder, workbench.url()).awaitRoutes(1)) {
            assertThat(labelOf(served.predict(row(30)))).isEqualTo("high");
            Files.delete(inTheWay);
            Files.delete(inTheWay.getParent());
            served.await("the kept document", _ -> Files.isRegularFile(folder.resolve("data/routes.json")));
        }
    }

    @Test
    void aKeptDocumentThatFailsDoesNotEndTheFollowing() throws Exception {
        Path kept = Files.createDirectories(folder.resolve("kept"));
        Files.write(kept.resolve("routes.json"), RoutesJson.of(1).bytes());
        workbench.route(RoutesJson.of(2));
        Path token = Files.writeString(folder.resolve("serving-token"), SmallWorkbench.TOKEN);
        CountDownLatch followed = new CountDownLatch(1);
        RouteFollower.Target target = document -> {
            if (document.version() == 1) {
                throw new IllegalStateException("this one fails");
            }
            followed.countDown();
            return new RouteFollower.Applied(document, true);
        };
        try (Workbench asked = new Workbench(workbench.url(), token);
                RouteFollower follower = new RouteFollower(asked, new RouteFile(kept), target)) {
            follower.start();
            assertThat(followed.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aDocumentThatMakesNoSenseIsNotTakenOver() throws Exception {
        workbench.route(RoutesJson.of(1).with(1, TinyModels.RISING).production(1));
        try (Served served = Served.start(folder, workbench.url()).awaitRoutes(1)) {
            workbench.route(RoutesJson.of(2).with(1, TinyModels.RISING).production(3));
            served.await(
                    "the refusal", status -> !status.path("workbenchReachable").asBoolean());
            assertThat(served.status().path("routeVersion").asLong()).isEqualTo(1);
            assertThat(labelOf(served.predict(row(30)))).isEqualTo("high");
        }
    }

    @Test
    void bundlesNoLongerNamedAreDeletedAndNothingElseIsWritten() throws Exception {
        workbench.route(RoutesJson.of(1).with(1, TinyModels.RISING).production(1));
        try (Served served = Served.start(folder, workbench.url()).awaitRoutes(1)) {
            workbench.route(RoutesJson.of(2).with(2, TinyModels.FALLING).production(2));
            served.awaitRoutes(2);
            try (Stream<Path> files = Files.walk(folder.resolve("data")).filter(Files::isRegularFile)) {
                assertThat(files.map(
                                file -> folder.resolve("data").relativize(file).toString()))
                        .containsExactlyInAnyOrder(
                                "lock", "routes.json", "bundles/" + TinyModels.id(TinyModels.FALLING) + ".zip");
            }
        }
    }

    @Test
    void aConsumerTakenAwayIsRefusedAtOnce() throws Exception {
        workbench.route(RoutesJson.of(1).with(1, TinyModels.RISING).production(1));
        try (Served served = Served.start(folder, workbench.url()).awaitRoutes(1)) {
            workbench.routeJson(2, "{\"version\":2,\"models\":[],\"consumers\":[]}");
            served.awaitRoutes(2);
            var reply = served.send(served.request("/v1/models/tiny:predict").POST(BodyPublishers.ofString("{}")));
            assertThat(reply.status()).isEqualTo(401);
        }
    }

    private static String labelOf(Served.Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().at("/predictions/0/label").asText();
    }

    private static JsonNode version(JsonNode status, int number) {
        return StreamSupport.stream(status.path("models").spliterator(), false)
                .filter(version -> version.path("version").asInt() == number)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no version " + number + " in " + status));
    }
}
