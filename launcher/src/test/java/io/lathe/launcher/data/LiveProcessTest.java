package io.lathe.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveProcessTest {
    private final Process child;

    LiveProcessTest() throws IOException {
        child = new ProcessBuilder("sleep", "60").start();
    }

    @BeforeEach
    void childRuns() {
        assertThat(child.isAlive()).isTrue();
    }

    @AfterEach
    void endChild() throws InterruptedException {
        child.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
    }

    @Test
    void runningProcessIsFound() {
        LiveProcess process = LiveProcess.of(child.toHandle());
        assertThat(process.find().map(ProcessHandle::pid)).contains(child.pid());
    }

    @Test
    void sameIdWithAnotherStartTimeIsAnotherProcess() throws InterruptedException {
        LiveProcess earlier =
                new LiveProcess(child.pid(), LiveProcess.of(child.toHandle()).started() - 60_000);
        assertThat(earlier.isAlive()).isFalse();
        earlier.stop(Duration.ZERO);
        earlier.kill();
        assertThat(child.isAlive()).isTrue();
    }

    @Test
    void startTimeMayBeAMomentOff() {
        LiveProcess off =
                new LiveProcess(child.pid(), LiveProcess.of(child.toHandle()).started() + 1_000);
        assertThat(off.isAlive()).isTrue();
    }

    @Test
    void stopEndsAProcess() throws InterruptedException {
        LiveProcess process = LiveProcess.of(child.toHandle());
        process.stop(Duration.ofSeconds(5));
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void stopEndsAProcessThatDoesNotListen() throws IOException, InterruptedException {
        Process deaf = new ProcessBuilder("sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 0.1; done").start();
        try {
            assertThat(deaf.getInputStream().read()).isEqualTo('d');
            LiveProcess process = LiveProcess.of(deaf.toHandle());
            process.stop(Duration.ofMillis(200));
            assertThat(process.isAlive()).isFalse();
        } finally {
            deaf.destroyForcibly();
        }
    }
}
