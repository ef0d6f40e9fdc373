package io.lathe.workbench.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.lathe.datasets.store.Content;
import io.lathe.datasets.store.FolderObjectStore;
import io.lathe.datasets.version.CommitRequest;
import io.lathe.datasets.version.DatasetName;
import io.lathe.datasets.version.DatasetVersion;
import io.lathe.datasets.version.Datasets;
import io.lathe.datasets.version.VersionRef;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackgroundWorkTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private FolderObjectStore store;
    private Datasets datasets;

    @BeforeEach
    void openStore() {
        store = new FolderObjectStore(folder);
        datasets = new Datasets(store, Clock.systemUTC());
        datasets.initialise();
    }

    private DatasetVersion commit(String csv) {
        datasets.commit(new CommitRequest(
                new DatasetName("orders"),
                Map.of("orders.csv", Content.of(csv.getBytes(StandardCharsets.UTF_8))),
                "First",
                "ada",
                "a test",
                ""));
        return datasets.load(VersionRef.parse("orders"));
    }

    private static <T> Answer<T> ended(Supplier<Answer<T>> ask) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        Answer<T> answer = ask.get();
        while (answer instanceof Answer.Running) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(5); // between two looks, up to the deadline
            answer = ask.get();
        }
        return answer;
    }

    @Test
    void statisticsAreComputedOnceAndKeptInTheStore() throws InterruptedException {
        DatasetVersion version = commit("price\n1\n2\n\n4\n");
        try (Profiles profiles = new Profiles(store, datasets, Clock.systemUTC())) {
            assertThat(profiles.statistics(version)).isInstanceOf(Answer.Running.class);
            assertThat(ended(() -> profiles.statistics(version))).isInstanceOf(Answer.Ready.class);
        }
        try (Profiles later = new Profiles(store, datasets, Clock.systemUTC())) {
            assertThat(later.statistics(version)).isInstanceOf(Answer.Ready.class);
        }
    }

    @Test
    void aFailureStaysUntilSomebodyAsksForAnotherTry() throws InterruptedException {
        DatasetVersion version = commit("a,b\n1\n");
        try (Profiles profiles = new Profiles(store, datasets, Clock.systemUTC())) {
            assertThat(ended(() -> profiles.statistics(version))).isInstanceOf(Answer.Failed.class);
            assertThat(profiles.statistics(version)).isInstanceOf(Answer.Failed.class);
            profiles.again(version);
            assertThat(profiles.statistics(version)).isInstanceOf(Answer.Running.class);
        }
    }

    @Test
    void moreThanMayWaitBeginLaterAndNoneIsLost() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        try (BackgroundWork<String> work = new BackgroundWork<>(store, Clock.systemUTC(), LONG, "test")) {
            for (int i = 0; i < 50; i++) {
                String name = "work " + i;
                assertThat(work.ask(name, 1, reader -> {
                            pass(gate);
                            return name;
                        }))
                        .isEqualTo(new Answer.Running<String>(0, 1));
            }
            gate.countDown();
            for (int i = 0; i < 50; i++) {
                String name = "work " + i;
                assertThat(ended(() -> work.ask(name, 1, reader -> name))).isEqualTo(new Answer.Ready<>(name));
            }
        }
    }

    private static void pass(CountDownLatch gate) {
        try {
            assertThat(gate.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void readingEndsAtTheDeadline() throws InterruptedException {
        DatasetVersion version = commit("price\n1\n");
        try (BackgroundWork<Long> work = new BackgroundWork<>(store, Clock.systemUTC(), Duration.ZERO, "test")) {
            assertThat(ended(() ->
                            work.ask("late", 1, reader -> reader.read(version).rows())))
                    .matches(answer -> answer instanceof Answer.Failed<Long>(var why) && why.contains("given up"));
        }
    }

    @Test
    void whatRunsEndsAtItsNextReadOnceTheWorkbenchStops() throws InterruptedException {
        DatasetVersion version = commit("price\n1\n");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        BackgroundWork<Long> work = new BackgroundWork<>(store, Clock.systemUTC(), LONG, "test");
        work.ask("open", 1, reader -> {
            begun.countDown();
            pass(closed);
            return reader.read(version).rows();
        });
        pass(begun);
        work.close();
        closed.countDown();
        assertThat(ended(() -> work.ask("open", 1, reader -> 0L)))
                .matches(answer -> answer instanceof Answer.Failed<Long>(var why) && why.contains("stopping"));
    }
}
