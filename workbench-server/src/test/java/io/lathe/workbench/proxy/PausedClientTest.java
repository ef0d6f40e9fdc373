package io.lathe.workbench.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that pause in the middle of a request, for longer than a connection may be idle between two. */
@Tag("slow")
class PausedClientTest {
    private static final int BYTES = 64 << 20;

    @TempDir
    Path folder;

    private final CountDownLatch paused = new CountDownLatch(1);
    private Edge edge;
    private ScriptedServer notebooks;

    @BeforeEach
    void start() {
        edge = new Edge(folder, ProxyLimits.defaults());
        edge.closeSilentConnectionsAfter(Duration.ofMillis(500));
        notebooks = new ScriptedServer(this::serve);
        edge.running("a", notebooks.port());
    }

    @AfterEach
    void stop() {
        edge.close();
        notebooks.close();
    }

    private void serve(ScriptedServer.Exchange exchange) throws IOException {
        if (exchange.head().startsWith("GET /projects/a/big ")) {
            exchange.answer("HTTP/1.1 200 OK\nContent-Length: " + BYTES + "\n\n");
            exchange.out().write(new byte[BYTES]);
            exchange.out().flush();
        } else if (exchange.head().startsWith("GET /projects/a/late ")) {
            try {
                assertThat(paused.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            exchange.ok("late");
        } else {
            exchange.in().readNBytes(BYTES);
            exchange.ok("whole");
        }
    }

    /** Until the edge has given up connections that were opened later and are silent. */
    private void pause() throws IOException {
        for (int i = 0; i < 2; i++) {
            try (Socket silent = edge.connect()) {
                assertThat(silent.getInputStream().read()).isEqualTo(-1);
            }
        }
        paused.countDown();
    }

    @Test
    void downloadGoesOnAfterAPause() throws IOException {
        try (Socket socket = edge.begin("GET", "big", edge.cookie("a"), "")) {
            assertThat(ScriptedServer.readHead(socket.getInputStream())).startsWith("HTTP/1.1 200 ");
            pause();
            assertThat(socket.getInputStream().readNBytes(BYTES)).hasSize(BYTES);
        }
    }

    @Test
    void uploadGoesOnAfterAPause() throws IOException {
        try (Socket socket = edge.begin("PUT", "sink", edge.cookie("a"), "Content-Length: " + BYTES + "\r\n")) {
            socket.getOutputStream().write(new byte[1000]);
            pause();
            socket.getOutputStream().write(new byte[BYTES - 1000]);
            assertThat(ScriptedServer.readHead(socket.getInputStream())).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void answerMayTakeItsTime() throws IOException {
        try (Socket socket = edge.begin("GET", "late", edge.cookie("a"), "")) {
            pause();
            assertThat(ScriptedServer.readHead(socket.getInputStream())).startsWith("HTTP/1.1 200 ");
        }
    }
}
