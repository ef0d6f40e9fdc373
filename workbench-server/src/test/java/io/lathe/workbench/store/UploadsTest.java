package io.lathe.workbench.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsTest {
    @TempDir
    Path folder;

    /** Sends one byte when it is first asked, and more when the gate opens. */
    private static final class Stalled extends InputStream {
        private final CountDownLatch begun;
        private final CountDownLatch gate;
        private int left = 2;

        Stalled(CountDownLatch begun, CountDownLatch gate) {
            this.begun = begun;
            this.gate = gate;
        }

        @Override
        public int read() throws IOException {
            if (left == 1) {
                begun.countDown();
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            return left-- > 0 ? 'x' : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int next = read();
            if (next < 0) {
                return -1;
            }
            buffer[offset] = (byte) next;
            return 1;
        }
    }

    @Test
    void oneProjectCannotTakeEverySeat() throws Exception {
        Uploads uploads = new Uploads(folder);
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(8);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Path>> slow = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                slow.add(threads.submit(() -> uploads.receive(new Stalled(begun, gate), -1, "greedy", 10)));
            }
            begun.await();
            assertThatThrownBy(() -> uploads.receive(new ByteArrayInputStream(new byte[1]), 1, "greedy", 10))
                    .isInstanceOfSatisfying(
                            LatheException.class,
                            refused -> assertThat(refused.code()).isEqualTo(ProblemCode.UNAVAILABLE))
                    .hasMessageContaining("8 uploads");
            assertThat(uploads.receive(new ByteArrayInputStream(new byte[1]), 1, "other", 10))
                    .hasSize(1);
            gate.countDown();
            for (Future<Path> upload : slow) {
                assertThat(upload.get()).hasSize(2);
            }
            assertThat(uploads.receive(new ByteArrayInputStream(new byte[1]), 1, "greedy", 10))
                    .hasSize(1);
        }
    }

    @Test
    void whoSendsTooSlowlyLosesTheSeatAndLeavesNoFile() {
        Uploads uploads =
                new Uploads(folder, new Uploads.Pace(Duration.ZERO, Long.MAX_VALUE / 4, Duration.ofMinutes(1)));
        assertThatThrownBy(() -> uploads.receive(new ByteArrayInputStream(new byte[100]), -1, "mine", 1_000))
                .isInstanceOfSatisfying(
                        LatheException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ProblemCode.TIMEOUT))
                .hasMessageContaining("too slowly");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theLimitIsNamed() {
        Uploads uploads = new Uploads(folder);
        assertThatThrownBy(() -> uploads.receive(new ByteArrayInputStream(new byte[0]), 3 << 20, "mine", 2 << 20))
                .hasMessageContaining("at most 2 MiB");
        assertThatThrownBy(
                        () -> uploads.receive(new ByteArrayInputStream(new byte[(2 << 20) + 1]), -1, "mine", 2 << 20))
                .isInstanceOfSatisfying(
                        LatheException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ProblemCode.TOO_LARGE));
        assertThat(folder).isEmptyDirectory();
    }
}
