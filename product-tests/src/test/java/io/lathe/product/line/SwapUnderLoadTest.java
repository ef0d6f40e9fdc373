package io.lathe.product.line;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.workbench.registry.Alias;
import io.lathe.workbench.registry.ModelName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Case O-D6, over the real line: versions are published and swapped while clients of both protocols ask on kept connections. No request
 * fails, and every answer is what the version it names makes of its rows.
 */
class SwapUnderLoadTest {
    private static final int CLIENTS = 10;
    private static final ModelName LINE = new ModelName("line");

    /** Odd versions add 1, even ones 1000. */
    private static double offset(int version) {
        return version % 2 == 1 ? 1 : 1000;
    }

    @TempDir
    Path folder;

    @Test
    @Tag("slow") // a workbench, an endpoint and four publications
    void fifteenSwapsUnderLoadFailNoRequest() throws Exception {
        try (Load load = new Load()) {
            load.start();
            load.publishSlowly(Duration.ofSeconds(3));
            load.publish();
            for (int swap = 0; swap < 12; swap++) {
                load.workbench
                        .services()
                        .promotions()
                        .point(
                                load.workbench.services().ownerId(),
                                LINE,
                                Alias.PRODUCTION,
                                2 + swap % 2,
                                "",
                                now -> {});
                load.awaitAnswersOf(2 + swap % 2);
            }
            load.publish();
            load.unknownVersionIsRefusedNamingTheKnownOnes();
            load.retireWhileInUse(3);
            long answered = load.stop();
            assertThat(answered).isGreaterThan(1_000);
            assertThat(load.callers.getFirst().versions()).contains(1, 2, 3, 4);
        }
    }

    @Test
    @Tag("scale") // a hundred publications
    void aHundredNewVersionsUnderLoadFailNoRequest() throws Exception {
        try (Load load = new Load()) {
            load.start();
            load.publishSlowly(Duration.ofSeconds(10));
            for (int swap = 2; swap <= 100; swap++) {
                load.publish();
            }
            // The last before production: only those two are still loaded.
            load.retireWhileInUse(100);
            long answered = load.stop();
            assertThat(answered).isGreaterThan(10_000);
            figure("requests answered while 100 new versions went live, none failed", answered, "requests");
        }
    }

    private static void figure(String what, long number, String unit) throws IOException {
        Files.writeString(
                Files.createDirectories(Path.of("target")).resolve("figures.tsv"),
                "SwapUnderLoadTest.aHundredNewVersionsUnderLoadFailNoRequest\t" + what + "\t" + number + "\t" + unit
                        + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** The clients and the versions they see come and go. */
    private final class Load implements AutoCloseable {
        final LineWorkbench workbench;
        final List<LineCaller> callers = new ArrayList<>();
        private final List<LineCaller> opened = new ArrayList<>();
        private final String[] rows;
        private final AtomicBoolean enough = new AtomicBoolean();
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final List<Future<?>> calls = new ArrayList<>();
        private String token = "";
        private int version;

        Load() throws IOException {
            workbench = LineWorkbench.start(folder);
            rows = new String[] {workbench.rowsOf(1000), workbench.rowsOf(1)};
        }

        /** Publishes version 1 and lets every client ask from then on. */
        void start() throws Exception {
            publish();
            token = workbench.consumer();
            LineCaller first = caller();
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (first.callVersion(1) == 401) {
                assertThat(System.nanoTime())
                        .as("the endpoint knows the consumer")
                        .isLessThan(deadline);
            }
            for (int i = 0; i < CLIENTS; i++) {
                LineCaller caller = i == 0 ? first : caller();
                LineCaller.Protocol protocol =
                        i % 2 == 0 ? LineCaller.Protocol.TENSORFLOW : LineCaller.Protocol.OPEN_INFERENCE;
                callers.add(caller);
                calls.add(threads.submit(() -> {
                    while (!enough.get()) {
                        caller.call(protocol);
                    }
                    return null;
                }));
            }
        }

        private LineCaller caller() {
            LineCaller caller = new LineCaller(workbench.endpoint(), token, SwapUnderLoadTest::offset);
            opened.add(caller);
            return caller;
        }

        void publish() throws Exception {
            version++;
            String evaluateOn = rows[version % 2];
            done(workbench.publish(workbench.bundle(offset(version), evaluateOn), evaluateOn));
        }

        /** While the upload lasts, nobody may see anything of it. */
        void publishSlowly(Duration time) throws Exception {
            version++;
            String evaluateOn = rows[version % 2];
            byte[] zip = workbench.bundle(offset(version), evaluateOn);
            Future<JsonNode> publication =
                    threads.submit(() -> workbench.publish(LineWorkbench.slowly(zip, time), evaluateOn));
            long half = System.nanoTime() + time.dividedBy(2).toNanos();
            LineCaller early = caller();
            while (System.nanoTime() < half) {
                assertThat(early.callVersion(version)).isEqualTo(404);
                assertThat(callers.getFirst().versions()).doesNotContain(version);
            }
            done(publication.get());
        }

        private void done(JsonNode publication) throws Exception {
            assertThat(publication.path("state").asText())
                    .as(publication.toString())
                    .isEqualTo("done");
            assertThat(publication.path("version").asInt())
                    .as(publication.toString())
                    .isEqualTo(version);
            // Done means served: the very next answer is the new version's.
            if (!token.isEmpty()) {
                LineCaller next = caller();
                next.call(LineCaller.Protocol.TENSORFLOW);
                assertThat(next.versions()).containsExactly(version);
            }
        }

        void awaitAnswersOf(int wanted) throws Exception {
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            LineCaller caller = caller();
            while (!caller.versions().contains(wanted)) {
                caller.call(LineCaller.Protocol.OPEN_INFERENCE);
                assertThat(System.nanoTime()).as("version %d answers", wanted).isLessThan(deadline);
            }
        }

        void unknownVersionIsRefusedNamingTheKnownOnes() throws Exception {
            KeptConnection.Answer answer =
                    caller().send("/v1/models/line/versions/7:predict", "{\"instances\":[{\"x\":0.0}]}");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).contains("no version 7", "3, 4");
        }

        /** Clients that ask for the version by its number get answers to the last, then a plain 404, never anything else. */
        void retireWhileInUse(int retired) throws Exception {
            LineCaller caller = caller();
            assertThat(caller.callVersion(retired)).isEqualTo(200);
            List<Future<Integer>> pinned = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                LineCaller one = caller();
                pinned.add(threads.submit(() -> {
                    int status = one.callVersion(retired);
                    while (status == 200) {
                        status = one.callVersion(retired);
                    }
                    return status;
                }));
            }
            workbench.retire(retired);
            for (Future<Integer> last : pinned) {
                assertThat(last.get()).isEqualTo(404);
            }
        }

        /** Ends the clients; fails when any of them had a bad answer. Answers how many good ones there were. */
        long stop() throws Exception {
            enough.set(true);
            for (Future<?> call : calls) {
                call.get();
            }
            return callers.stream().mapToLong(LineCaller::answered).sum();
        }

        @Override
        public void close() throws IOException {
            enough.set(true);
            for (LineCaller caller : opened) {
                caller.close();
            }
            threads.shutdownNow();
            workbench.close();
        }
    }
}
