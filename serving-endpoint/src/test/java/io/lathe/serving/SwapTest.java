package io.lathe.serving;

import static io.lathe.serving.TinyModels.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Version swaps under load: no request fails, and every answer is its version's. */
@Tag("slow") // thirty swaps
class SwapTest {

    private static final int CLIENTS = 20;
    private static final int SWAPS = 30;

    @Test
    void thirtySwapsUnderTwentyClientsFailNoRequestAndMixNoAnswer(@TempDir Path folder) throws Exception {
        try (SmallWorkbench workbench = SmallWorkbench.start().holding(TinyModels.RISING, TinyModels.FALLING)) {
            workbench.route(only(1));
            try (Served served = Served.start(folder, workbench.url()).awaitRoutes(1);
                    ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                AtomicBoolean enough = new AtomicBoolean();
                Set<String> versionsSeen = ConcurrentHashMap.newKeySet();
                List<Future<Integer>> calls = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    calls.add(clients.submit(() -> callUntil(enough, served, versionsSeen)));
                }
                // Each document names one version only: the other is unloaded while requests are on it.
                for (int swap = 2; swap <= SWAPS + 1; swap++) {
                    workbench.route(only(swap));
                    served.awaitRoutes(swap);
                }
                enough.set(true);
                int answered = 0;
                for (Future<Integer> call : calls) {
                    answered += call.get();
                }
                assertThat(answered).isGreaterThan(CLIENTS * 5);
                assertThat(versionsSeen).containsExactlyInAnyOrder("1", "2");
            }
        }
    }

    private static RoutesJson only(int swap) {
        int number = swap % 2 == 1 ? 1 : 2;
        return RoutesJson.of(swap)
                .with(number, number == 1 ? TinyModels.RISING : TinyModels.FALLING)
                .production(number);
    }

    private static int callUntil(AtomicBoolean enough, Served served, Set<String> versionsSeen)
            throws IOException, InterruptedException {
        int answered = 0;
        while (!enough.get()) {
            var reply = served.predict(row(30), row(20), row(10));
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            String version = reply.header("Lathe-Model-Version").orElseThrow();
            String label = version.equals("1") ? "high" : "low";
            assertThat(reply.json().path("predictions").findValuesAsText("label"))
                    .containsExactly(label, label, label);
            versionsSeen.add(version);
            answered++;
        }
        return answered;
    }
}
