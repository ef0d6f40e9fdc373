package io.lathe.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Turns for predictions, and the gate for requests. */
class AdmissionTest {

    private static final Deadline LONG = Deadline.after(Duration.ofSeconds(30));

    @Test
    void whoFindsTheQueueFullIsTurnedAwayAtOnce() throws Exception {
        Admission admission = new Admission(limits(1, 0, Duration.ofSeconds(30)));
        whileOneIsInWork(
                admission,
                () -> assertThatThrownBy(() -> admission.inTurn(LONG, () -> 1))
                        .isInstanceOfSatisfying(LatheException.class, e -> {
                            assertThat(e.code()).isEqualTo(ProblemCode.TOO_MANY_REQUESTS);
                            assertThat(Answer.error(e).headers()).containsKey("Retry-After");
                        }));
        assertThat(admission.inTurn(LONG, () -> 2)).isEqualTo(2);
    }

    @Test
    void whoWaitsTooLongForATurnIsToldToComeBack() throws Exception {
        Admission admission = new Admission(limits(1, 1, Duration.ofMillis(20)));
        whileOneIsInWork(
                admission,
                () -> assertThatThrownBy(() -> admission.inTurn(LONG, () -> 1))
                        .isInstanceOfSatisfying(
                                LatheException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.UNAVAILABLE)));
    }

    @Test
    void aTurnThatFailsIsGivenBack() {
        Admission admission = new Admission(limits(1, 0, Duration.ZERO));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> admission.inTurn(LONG, () -> {
                        throw new IllegalStateException("broken");
                    }))
                    .hasMessage("broken");
        }
        assertThat(admission.inTurn(LONG, () -> 2)).isEqualTo(2);
    }

    @Test
    void theGateLetsInAsManyAsAllowedAndDrainsThemAll() throws Exception {
        Gate gate = new Gate(limits(1, 0, Duration.ZERO));
        Gate.Pass first = gate.enter();
        Gate.Pass second = gate.enter();
        assertThatThrownBy(gate::enter).hasMessageContaining("Too many requests");
        second.close();
        assertThat(gate.closeAndDrain(Duration.ofMillis(20))).isFalse();
        assertThatThrownBy(gate::enter).hasMessageContaining("stopping");
        first.close();
        assertThat(gate.closeAndDrain(Duration.ofMillis(20))).isTrue();
    }

    @Test
    void aPassedDeadlineIsATimeout() {
        assertThatThrownBy(Deadline.after(Duration.ZERO)::check)
                .isInstanceOfSatisfying(
                        LatheException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.TIMEOUT));
    }

    private static void whileOneIsInWork(Admission admission, Runnable check) throws Exception {
        CountDownLatch inWork = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> first = threads.submit(() -> admission.inTurn(LONG, () -> {
                inWork.countDown();
                awaitQuietly(done);
                return 1;
            }));
            awaitQuietly(inWork);
            check.run();
            done.countDown();
            assertThat(first.get()).isEqualTo(1);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Limits limits(int predictions, int waiting, Duration turn) {
        return new Limits(1_000, 10_000, 10, 10, 10, 2, predictions, waiting, turn, Duration.ofSeconds(30));
    }
}
