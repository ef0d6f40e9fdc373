package io.lathe.workbench.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are under way when their person logs out or their token is revoked. */
class CutRequestsTest {
    @TempDir
    Path folder;

    private final CountDownLatch serverSawTheEnd = new CountDownLatch(1);
    private Edge edge;
    private ScriptedServer notebooks;

    @BeforeEach
    void start() {
        edge = new Edge(folder, ProxyLimits.defaults());
        notebooks = new ScriptedServer(this::serve);
        edge.running("a", notebooks.port());
    }

    @AfterEach
    void stop() {
        edge.close();
        notebooks.close();
    }

    private void serve(ScriptedServer.Exchange exchange) throws IOException {
        try {
            if (exchange.head().startsWith("GET /projects/a/endless ")) {
                exchange.answer("HTTP/1.1 200 OK\nContent-Length: 1000000000000\n\n");
                byte[] block = new byte[64 * 1024];
                while (true) {
                    exchange.out().write(block);
                }
            } else if (exchange.head().startsWith("GET /projects/a/small ")) {
                exchange.ok("fine");
            } else {
                while (exchange.in().read() >= 0) {
                    // a body that never ends, or no further request
                }
                serverSawTheEnd.countDown();
            }
        } catch (IOException e) {
            serverSawTheEnd.countDown();
            throw e;
        }
    }

    private void signOut(String cookie) {
        edge.signOut(cookie);
        edge.proxy.recheck();
    }

    private void awaitServerSeesTheEnd() throws InterruptedException {
        assertThat(serverSawTheEnd.await(20, TimeUnit.SECONDS)).isTrue();
    }

    /** Reads until the connection ends in some way. */
    private static void readToTheEnd(InputStream in) throws IOException {
        try {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    @Test
    void downloadEndsWithTheSessionAndOthersGoOn() throws Exception {
        String leaving = edge.cookie("a");
        try (Socket cut = edge.begin("GET", "endless", leaving, "");
                Socket kept = edge.begin("GET", "endless", edge.cookie("a"), "")) {
            assertThat(ScriptedServer.readHead(cut.getInputStream())).startsWith("HTTP/1.1 200 ");
            assertThat(ScriptedServer.readHead(kept.getInputStream())).startsWith("HTTP/1.1 200 ");

            signOut(leaving);

            readToTheEnd(cut.getInputStream());
            awaitServerSeesTheEnd();
            assertThat(kept.getInputStream().readNBytes(20 << 20)).hasSize(20 << 20);
        }
    }

    @Test
    void downloadThatNobodyReadsEndsToo() throws Exception {
        String leaving = edge.cookie("a");
        try (Socket cut = edge.begin("GET", "endless", leaving, "")) {
            assertThat(ScriptedServer.readHead(cut.getInputStream())).startsWith("HTTP/1.1 200 ");

            signOut(leaving);

            awaitServerSeesTheEnd();
            readToTheEnd(cut.getInputStream());
        }
    }

    @Test
    void uploadEndsWithTheSession() throws Exception {
        String leaving = edge.cookie("a");
        try (Socket cut = edge.begin("PUT", "sink", leaving, "Content-Length: 1000000\r\n")) {
            cut.getOutputStream().write(new byte[1000]);
            WebSocketTunnelTest.await(() -> !notebooks.heads.isEmpty());

            signOut(leaving);

            assertThat(ScriptedServer.readHead(cut.getInputStream())).startsWith("HTTP/1.1 401 ");
            awaitServerSeesTheEnd();
        }
    }

    @Test
    void requestThatWaitsForItsAnswerIsToldWhy() throws Exception {
        String leaving = edge.cookie("a");
        try (Socket cut = edge.begin("GET", "silent", leaving, "Connection: close\r\n")) {
            WebSocketTunnelTest.await(() -> !notebooks.heads.isEmpty());

            signOut(leaving);

            String answer = new String(cut.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 401 ").contains("Not signed in any more");
            awaitServerSeesTheEnd();
        }
    }

    @Test
    void nextRequestAfterSigningOutIsRefusedAtOnce() throws Exception {
        String cookie = edge.cookie("a");
        for (int i = 0; i < 3; i++) {
            assertThat(edge.get("a", "/projects/a/small", "Cookie: " + cookie + "\n")
                            .status())
                    .isEqualTo(200);
        }
        signOut(cookie);

        assertThat(edge.get("a", "/projects/a/small", "Cookie: " + cookie + "\n")
                        .status())
                .isEqualTo(401);
    }
}
