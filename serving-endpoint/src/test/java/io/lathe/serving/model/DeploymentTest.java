package io.lathe.serving.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.schema.Schema;
import io.lathe.models.ModelKind;
import io.lathe.models.predict.RowPrediction;
import io.lathe.serving.route.RouteDocument;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Loading, swapping, failing and draining, without HTTP. */
class DeploymentTest {

    private static final String ONE = "1".repeat(64);
    private static final String TWO = "2".repeat(64);

    private final Map<String, CountingModel> loaded = new HashMap<>();
    private final Map<String, RuntimeException> failures = new HashMap<>();
    private final AtomicInteger loads = new AtomicInteger();
    private final Deployment deployment = new Deployment(new Loading(this::load, Duration.ofSeconds(10)));

    @Test
    void aVersionThatLeavesIsClosedAfterItsLastRequest() throws Exception {
        deployment.apply(List.of(model(1, version(1, ONE))));
        Lease inWork = deployment.acquire("m", new Choice.Production());
        deployment.apply(List.of(model(2, version(2, TWO))));
        assertThat(closed(ONE)).isFalse();
        try (Lease next = deployment.acquire("m", new Choice.Production())) {
            assertThat(next.version()).isEqualTo(2);
        }
        inWork.close();
        assertThat(closed(ONE)).isTrue();
        inWork.close();
        assertThat(closed(TWO)).isFalse();
        deployment.close();
        assertThat(closed(TWO)).isTrue();
    }

    @Test
    void anAliasStaysWhereItWasWhenItsNewVersionFails() throws Exception {
        deployment.apply(List.of(model(1, version(1, ONE))));
        failures.put(TWO, new LatheException(ProblemCode.BAD_REQUEST, "not this one"));
        var result = deployment.apply(List.of(model(2, version(2, TWO))));
        assertThat(result.complete()).isTrue();
        assertThat(result.served().getFirst().aliases()).containsEntry("production", 1);
        assertThat(result.served().getFirst().versions()).contains(version(1, ONE));
        try (Lease lease = deployment.acquire("m", new Choice.Production())) {
            assertThat(lease.version()).isEqualTo(1);
        }
        assertThat(deployment.find("m").orElseThrow().versions().get(2))
                .isEqualTo(new VersionState.Failed(TWO, "not this one"));
    }

    @Test
    void aFailedBundleIsNotTriedAgainButAnUnfetchedOneIs() throws Exception {
        failures.put(ONE, new LatheException(ProblemCode.BAD_REQUEST, "never"));
        failures.put(TWO, new LatheException(ProblemCode.UNAVAILABLE, "later"));
        var both = List.of(model(1, version(1, ONE), version(2, TWO)));
        assertThat(deployment.apply(both).complete()).isFalse();
        assertThat(loads.get()).isEqualTo(2);
        failures.clear();
        assertThat(deployment.apply(both).complete()).isTrue();
        assertThat(loads.get()).isEqualTo(3);
        assertThat(deployment.find("m").orElseThrow().availableVersions()).containsExactly(2);
    }

    @Test
    void anErrorWhileLoadingIsAFailedVersionWithoutInsides() throws Exception {
        failures.put(ONE, new IllegalStateException("/secret/path"));
        assertThat(deployment.apply(List.of(model(1, version(1, ONE)))).complete())
                .isTrue();
        assertThat(deployment.find("m").orElseThrow().versions().get(1))
                .isInstanceOfSatisfying(
                        VersionState.Failed.class,
                        failed -> assertThat(failed.reason()).doesNotContain("/secret"));
        assertThatThrownBy(() -> deployment.acquire("m", new Choice.Production()))
                .isInstanceOfSatisfying(
                        LatheException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.UNAVAILABLE));
    }

    @Test
    void aLoadThatOverrunsIsLeftBehindAndClosedWhenItEnds() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Deployment impatient = new Deployment(new Loading(
                _ -> {
                    awaitUninterruptibly(end);
                    return new CountingModel(closed);
                },
                Duration.ofMillis(50)));
        impatient.apply(List.of(model(1, version(1, ONE))));
        assertThat(impatient.find("m").orElseThrow().versions().get(1)).isInstanceOf(VersionState.Failed.class);
        end.countDown();
        assertThat(closed.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theVersionInProductionIsLoadedFirst() throws Exception {
        deployment.apply(List.of(model(1, version(1, ONE), version(2, TWO))));
        assertThat(loaded.get(ONE)).isNotNull();
        assertThat(order(ONE)).isLessThan(order(TWO));
    }

    @Test
    void theSameNumberWithAnotherBundleIsReplacedOnlyOnceThatIsLoaded() throws Exception {
        deployment.apply(List.of(model(1, version(1, ONE))));
        failures.put(TWO, new LatheException(ProblemCode.UNAVAILABLE, "later"));
        deployment.apply(List.of(model(1, version(1, TWO))));
        assertThat(closed(ONE)).isFalse();
        failures.clear();
        deployment.apply(List.of(model(1, version(1, TWO))));
        assertThat(closed(ONE)).isTrue();
        assertThat(closed(TWO)).isFalse();
    }

    private ServedModel load(RouteDocument.Version version) {
        loads.incrementAndGet();
        RuntimeException failure = failures.get(version.bundle());
        if (failure != null) {
            throw failure;
        }
        CountingModel model = new CountingModel(new CountDownLatch(1));
        model.order = loads.get();
        loaded.put(version.bundle(), model);
        return model;
    }

    private boolean closed(String bundle) {
        return model(bundle).closed.getCount() == 0;
    }

    private int order(String bundle) {
        return model(bundle).order;
    }

    private CountingModel model(String bundle) {
        CountingModel model = loaded.get(bundle);
        if (model == null) {
            throw new AssertionError("bundle was never loaded");
        }
        return model;
    }

    private static RouteDocument.Version version(int number, String bundle) {
        return new RouteDocument.Version(number, bundle);
    }

    private static RouteDocument.Model model(int production, RouteDocument.Version... versions) {
        return new RouteDocument.Model("m", Map.of("production", production), List.of(versions));
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean waiting = true;
        while (waiting) {
            try {
                latch.await();
                waiting = false;
            } catch (InterruptedException e) {
                // A load may ignore its interruption; this one does.
            }
        }
    }

    private static final class CountingModel implements ServedModel {

        private final CountDownLatch closed;
        private int order;

        CountingModel(CountDownLatch closed) {
            this.closed = closed;
        }

        @Override
        public Schema contract() {
            return new Schema(List.of(), List.of());
        }

        @Override
        public ModelKind kind() {
            return ModelKind.CLASSIFICATION;
        }

        @Override
        public List<String> labels() {
            return List.of();
        }

        @Override
        public List<RowPrediction> predict(List<Map<String, @Nullable Object>> rows) {
            return List.of();
        }

        @Override
        public void close() {
            if (closed.getCount() == 0) {
                throw new AssertionError("closed twice");
            }
            closed.countDown();
        }
    }
}
