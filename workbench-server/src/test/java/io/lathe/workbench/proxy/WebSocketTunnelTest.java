package io.lathe.workbench.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebSocketTunnelTest {
    private static final String SWITCHING =
            "HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Accept: x\n";

    private static final int MOST = 4 << 20;
    private static final int BINARY = 0x82;
    private static final int FIRST_PART = 0x02;
    private static final int LAST_PART = 0x80;

    @TempDir
    Path folder;

    private final AtomicLong counter = new AtomicLong();
    private Edge edge;
    private ScriptedServer notebooks;

    @BeforeEach
    void start() {
        ProxyLimits limits = ProxyLimits.defaults();
        edge = new Edge(
                folder,
                new ProxyLimits(
                        limits.connect(),
                        limits.silence(),
                        limits.handshake(),
                        Duration.ofMillis(700),
                        Duration.ofSeconds(3),
                        Duration.ofMillis(500),
                        Duration.ofMillis(200),
                        MOST,
                        limits.bodyBytes(),
                        6,
                        4));
        notebooks = new ScriptedServer(WebSocketTunnelTest::echo);
        edge.running("a", notebooks.port());
    }

    @AfterEach
    void stop() {
        edge.close();
        notebooks.close();
    }

    private static void echo(ScriptedServer.Exchange exchange) throws IOException {
        exchange.answer(SWITCHING + "Sec-WebSocket-Protocol: v1.kernel.websocket.jupyter.org\n\n");
        exchange.in().transferTo(exchange.out());
    }

    private String upgrade(String headers) {
        return upgrade("a", headers);
    }

    private String upgrade(String project, String headers) {
        return "GET /projects/" + project + "/api/kernels/1/channels?session_id=2 HTTP/1.1\nHost: "
                + edge.host(project)
                + "\nUpgrade: websocket\nConnection: keep-alive, Upgrade\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n"
                + "Sec-WebSocket-Version: 13\nSec-WebSocket-Protocol: other, v1.kernel.websocket.jupyter.org\n"
                + "Sec-WebSocket-Extensions: permessage-deflate\nCookie: " + edge.cookie(project) + "\n" + headers
                + "\n";
    }

    private String own() {
        return "Origin: http://" + edge.host("a") + "\n";
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private Socket open() throws IOException {
        Socket socket = edge.connect();
        send(socket, upgrade(own()));
        assertThat(ScriptedServer.readHead(socket.getInputStream())).startsWith("HTTP/1.1 101 ");
        return socket;
    }

    // ---- handshake

    @Test
    void handshakeIsSettledBetweenBrowserAndServer() throws Exception {
        try (Socket socket = edge.connect()) {
            send(socket, upgrade(own()));
            String answer = ScriptedServer.readHead(socket.getInputStream());

            assertThat(answer)
                    .startsWith("HTTP/1.1 101 ")
                    .contains(
                            "Sec-WebSocket-Protocol: v1.kernel.websocket.jupyter.org\r\n",
                            "Sec-WebSocket-Accept: x\r\n",
                            "Connection: Upgrade\r\n")
                    .containsIgnoringCase("Upgrade: websocket\r\n");
            assertThat(notebooks.heads.getFirst())
                    .startsWith("GET /projects/a/api/kernels/1/channels?session_id=2 HTTP/1.1\r\n")
                    .contains(
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
                            "Sec-WebSocket-Protocol: other, v1.kernel.websocket.jupyter.org\r\n",
                            "Sec-WebSocket-Extensions: permessage-deflate\r\n",
                            "Lathe-Server-Secret: s3cret-of-a\r\n",
                            "Origin: http://" + edge.host("a") + "\r\n",
                            "Host: " + edge.host("a") + "\r\n")
                    .doesNotContain("lathe_project");
        }
    }

    @Test
    void upgradeOfAnotherOriginIsRefusedInSpiteOfAValidCookie() throws Exception {
        for (String from : new String[] {
            "Origin: http://evil.example\n",
            "Origin: http://" + edge.host("b") + "\n",
            "",
            "Sec-Fetch-Site: same-origin\n",
            "Origin: null\n"
        }) {
            try (Socket socket = edge.connect()) {
                send(socket, upgrade(from));
                assertThat(ScriptedServer.readHead(socket.getInputStream()))
                        .as(from)
                        .startsWith("HTTP/1.1 403 ");
            }
        }
        assertThat(notebooks.heads).isEmpty();
    }

    @Test
    void upgradeWithABodyOrByPostIsRefused() throws Exception {
        for (String request : new String[] {
            upgrade(own() + "Content-Length: 5\n") + "hello",
            upgrade(own()).replaceFirst("GET", "POST"),
            upgrade(own() + "Transfer-Encoding: chunked\n") + "0\n\n"
        }) {
            try (Socket socket = edge.connect()) {
                send(socket, request);
                assertThat(ScriptedServer.readHead(socket.getInputStream())).startsWith("HTTP/1.1 400 ");
            }
        }
        assertThat(notebooks.heads).isEmpty();
    }

    @Test
    void serversRefusalIsPassedOn() throws Exception {
        notebooks.script(
                exchange -> exchange.answer("HTTP/1.1 404 Not Found\nContent-Length: 9\nX-Why: gone\n\nno kernel"));
        try (Socket socket = edge.connect()) {
            send(socket, upgrade(own() + "X: y\n"));
            String head = ScriptedServer.readHead(socket.getInputStream());

            assertThat(head).startsWith("HTTP/1.1 404 ").contains("X-Why: gone");
            assertThat(new String(socket.getInputStream().readNBytes(9), StandardCharsets.UTF_8))
                    .isEqualTo("no kernel");
            assertThat(edge.proxy.tunnels().count("a")).isZero();
        }
    }

    @Test
    void serverThatCannotBeReachedIsUnavailable() throws Exception {
        notebooks.close();
        try (Socket socket = edge.connect()) {
            send(socket, upgrade(own()));
            assertThat(ScriptedServer.readHead(socket.getInputStream())).startsWith("HTTP/1.1 503 ");
        }
        assertThat(edge.proxy.tunnels().count("a")).isZero();
    }

    // ---- bytes

    @Test
    void everyByteArrivesAsItWasSent() throws Exception {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        // Binary of every form of length, one in parts with a ping between, one as large as may be, a close code of the
        // page's own.
        for (int length : new int[] {0, 125, 126, 65_535, 65_536, MOST}) {
            all.write(Frames.frame(BINARY, length, true));
        }
        all.write(Frames.frame(FIRST_PART, MOST / 2, true));
        all.write(Frames.frame(0x89, 125, true));
        all.write(Frames.frame(LAST_PART, MOST / 2, true));
        all.write(new byte[] {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 0x0F, (byte) 0xA0}); // 4000
        byte[] frames = all.toByteArray();
        try (Socket socket = open()) {
            Thread writer = Thread.ofVirtual()
                    .start(() -> assertThatCode(() -> {
                                for (int at = 0; at < frames.length; at += 70_001) {
                                    socket.getOutputStream().write(frames, at, Math.min(70_001, frames.length - at));
                                }
                            })
                            .doesNotThrowAnyException());
            assertThat(socket.getInputStream().readNBytes(frames.length)).isEqualTo(frames);
            writer.join();
        }
    }

    @Test
    void messageOverTheLimitIsAnsweredWith1009WhileItIsStillBeingSent() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicLong got = new AtomicLong();
        notebooks.script(exchange -> {
            exchange.answer(SWITCHING + "\n");
            got.set(exchange.in().transferTo(OutputStream.nullOutputStream()));
            ended.countDown();
        });
        for (byte[][] parts : new byte[][][] {
            {Frames.header(BINARY, MOST + 1L, true)},
            {Frames.frame(FIRST_PART, MOST, true), Frames.header(LAST_PART, 1, true)}
        }) {
            try (Socket socket = open()) {
                for (byte[] part : parts) {
                    socket.getOutputStream().write(part);
                }
                // The rest of the message, which the sender does not know yet to be in vain.
                socket.getOutputStream().write(new byte[300_000]);

                assertThat(Frames.closeCode(readToEnd(socket.getInputStream()))).isEqualTo(1009);
            }
        }
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(got.get()).as("what reached the server of the parts").isLessThanOrEqualTo(MOST + 400L);
        await(() -> edge.proxy.tunnels().count("a") == 0);
    }

    @Test
    void serversMessageOverTheLimitEndsBothSidesWith1009() throws Exception {
        java.util.concurrent.CompletableFuture<byte[]> told = new java.util.concurrent.CompletableFuture<>();
        notebooks.script(exchange -> {
            exchange.answer(SWITCHING + "\n");
            exchange.out().write(Frames.header(BINARY, 10_000_000_000L, false));
            exchange.out().flush();
            told.complete(readToEnd(exchange.in()));
        });
        try (Socket socket = open()) {
            assertThat(Frames.closeCode(readToEnd(socket.getInputStream()))).isEqualTo(1009);
            assertThat(Frames.closeCode(told.get(10, TimeUnit.SECONDS))).isEqualTo(1009);
        }
    }

    @Test
    void whatOneSideNeverTakesEndsTheTunnel() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        notebooks.script(exchange -> {
            exchange.answer(SWITCHING + "\n");
            byte[] frame = Frames.frame(BINARY, 64 * 1024, false);
            try {
                while (true) {
                    exchange.out().write(frame);
                }
            } finally {
                ended.countDown();
            }
        });
        try (Socket asleep = open()) {
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
            await(() -> edge.proxy.tunnels().count("a") == 0);
            assertThat(asleep.isConnected()).isTrue();
        }
    }

    @Test
    void bytesRightBehindTheHandshakeAreNotLost() throws Exception {
        notebooks.script(exchange -> {
            exchange.answer(SWITCHING + "\nfirst from server;");
            exchange.in().transferTo(exchange.out());
        });
        try (Socket socket = edge.connect()) {
            send(socket, upgrade(own()) + "first from browser");
            ScriptedServer.readHead(socket.getInputStream());

            assertThat(new String(socket.getInputStream().readNBytes(36), StandardCharsets.US_ASCII))
                    .isEqualTo("first from server;first from browser");
        }
    }

    @Test
    void sideThatHasEndedStillReceives() throws Exception {
        notebooks.script(exchange -> {
            exchange.answer(SWITCHING + "\n");
            byte[] all = exchange.in().readAllBytes();
            exchange.answer("got " + all.length);
            exchange.socket().close();
        });
        try (Socket socket = open()) {
            socket.getOutputStream().write(new byte[1000]);
            socket.shutdownOutput();

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("got 1000");
        }
        await(() -> edge.proxy.tunnels().count("a") == 0);
    }

    @Test
    void halfEndedTunnelIsNotKeptForEver() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        notebooks.script(exchange -> {
            exchange.answer(SWITCHING + "\n");
            waitFor(release);
        });
        try (Socket socket = open()) {
            socket.shutdownOutput();
            await(() -> edge.proxy.tunnels().count("a") == 0);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } finally {
            release.countDown();
        }
    }

    @Test
    void silentTunnelStaysOpen() throws Exception {
        try (Socket socket = open()) {
            TimeUnit.MILLISECONDS.sleep(1_500); // twice what a half-ended tunnel may be silent
            socket.getOutputStream().write("x".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('x');
        }
    }

    // ---- ends

    @Test
    void lostServerEndsTheTunnelWithoutACloseFrame() throws Exception {
        notebooks.script(exchange -> {
            exchange.answer(SWITCHING + "\npartial frame");
            exchange.socket().setSoLinger(true, 0); // a reset, as from a killed process with unread data
            exchange.socket().close();
        });
        try (Socket socket = open()) {
            // What JupyterLab takes for a final close is the frame 88 02 03 E8 (1000) or 88 02 03 E9 (1001).
            assertThat(readToEnd(socket.getInputStream())).doesNotContain((byte) 0x88);
        }
        await(() -> edge.proxy.tunnels().count("a") == 0);
    }

    @Test
    void closingAProjectDropsItsTunnelsOnly() throws Exception {
        ScriptedServer other = new ScriptedServer(WebSocketTunnelTest::echo);
        edge.running("b", other.port());
        try (other;
                Socket first = open();
                Socket second = open();
                Socket kept = edge.connect()) {
            send(kept, upgrade("b", "Origin: http://" + edge.host("b") + "\n"));
            ScriptedServer.readHead(kept.getInputStream());
            assertThat(edge.proxy.tunnels().count("a")).isEqualTo(2);

            edge.proxy.tunnels().closeProject("a");

            assertThat(Frames.closeCode(readToEnd(first.getInputStream()))).isEqualTo(1012);
            assertThat(Frames.closeCode(readToEnd(second.getInputStream()))).isEqualTo(1012);
            kept.getOutputStream().write('x');
            assertThat(kept.getInputStream().read()).isEqualTo('x');
        }
        await(() -> edge.proxy.tunnels().count("a") == 0 && edge.proxy.tunnels().count("b") == 0);
    }

    @Test
    void revokedTokenEndsItsTunnelsAtOnce() throws Exception {
        edge.programs = (project, authorization, token) -> "good".equals(token);
        try (Socket socket = edge.connect();
                Socket page = open()) {
            send(
                    socket,
                    upgrade("")
                            .replaceFirst("session_id=2", "session_id=2&token=good")
                            .replaceFirst("Cookie: [^\n]*\n", ""));
            assertThat(ScriptedServer.readHead(socket.getInputStream())).startsWith("HTTP/1.1 101 ");
            assertThat(notebooks.heads)
                    .anyMatch(head -> head.contains("session_id=2 HTTP/1.1\r\n")
                            && head.contains("Lathe-Server-Client: program\r\n"));

            edge.programs = (project, authorization, token) -> false;
            edge.proxy.recheck();

            assertThat(Frames.closeCode(readToEnd(socket.getInputStream()))).isEqualTo(1008);
            await(() -> edge.proxy.tunnels().count("a") == 1);
            page.getOutputStream().write(Frames.frame(BINARY, 1, true));
            assertThat(page.getInputStream().read()).isEqualTo(BINARY);
        }
    }

    @Test
    void closingInTheMiddleOfAFrameIsAnAbnormalEnd() throws Exception {
        notebooks.script(exchange -> {
            exchange.answer(SWITCHING + "\n");
            exchange.out().write(Frames.header(BINARY, 1000, false));
            exchange.out().write(new byte[500]);
            exchange.in().readAllBytes();
        });
        try (Socket socket = open()) {
            assertThat(socket.getInputStream().readNBytes(504)).hasSize(504);

            edge.proxy.tunnels().closeProject("a");

            assertThat(readToEnd(socket.getInputStream()))
                    .as("a close frame would be read as payload")
                    .isEmpty();
        }
    }

    @Test
    void whoIsSignedOutLosesTunnelsWithinOneWatchAndOthersKeepTheirs() throws Exception {
        String leaving = edge.cookie("a");
        try (Socket mine = edge.connect();
                Socket kept = open()) {
            send(mine, upgrade(own()).replaceFirst("lathe_project=[\\w-]+", leaving));
            ScriptedServer.readHead(mine.getInputStream());
            assertThat(edge.proxy.tunnels().count("a")).isEqualTo(2);

            edge.signOut(leaving);

            assertThat(Frames.closeCode(readToEnd(mine.getInputStream()))).isEqualTo(1008);
            kept.getOutputStream().write(Frames.frame(BINARY, 1, true));
            assertThat(kept.getInputStream().read()).isEqualTo(BINARY);
            await(() -> edge.proxy.tunnels().count("a") == 1);
        }
    }

    @Test
    void deafBrowserCannotKeepATunnelThatWasClosed() throws Exception {
        notebooks.script(exchange -> {
            exchange.answer(SWITCHING + "\n");
            byte[] frame = Frames.frame(BINARY, 64 * 1024, false);
            while (true) {
                exchange.out().write(frame);
                counter.addAndGet(frame.length);
            }
        });
        try (Socket asleep = open()) {
            assertThat(asleep.isConnected()).isTrue();
            edge.proxy.tunnels().closeProject("a");
            await(() -> edge.proxy.tunnels().count("a") == 0);
        }
    }

    @Test
    void closingAProjectEndsAHandshakeTheServerNeverAnswers() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        notebooks.script(exchange -> {
            asked.countDown();
            exchange.in().read();
        });
        try (Socket socket = edge.connect()) {
            send(socket, upgrade(own()));
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

            edge.proxy.tunnels().closeProject("a");

            assertThat(ScriptedServer.readHead(socket.getInputStream())).startsWith("HTTP/1.1 503 ");
        }
    }

    @Test
    void browserThatVanishesEndsTheServersSide() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        notebooks.script(exchange -> {
            exchange.answer(SWITCHING + "\n");
            try {
                exchange.in().readAllBytes();
            } finally {
                ended.countDown();
            }
        });
        Socket socket = open();
        socket.setSoLinger(true, 0);
        socket.close();

        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        await(() -> edge.proxy.tunnels().count("a") == 0);
    }

    // ---- bounds

    @Test
    void serverIsHeldBackWhileTheBrowserDoesNotRead() throws Exception {
        notebooks.script(exchange -> {
            exchange.answer(SWITCHING + "\n");
            byte[] block = new byte[64 * 1024];
            while (true) {
                exchange.out().write(block);
                counter.addAndGet(block.length);
            }
        });
        try (Socket socket = open()) {
            assertThat(socket.isConnected()).isTrue();
            assertThat(ProjectProxyTest.settled(counter)).isLessThan(32L * 1024 * 1024);
        }
    }

    @Test
    void browserIsHeldBackWhileTheServerDoesNotRead() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        notebooks.script(exchange -> {
            exchange.answer(SWITCHING + "\n");
            waitFor(release);
        });
        try (Socket socket = open()) {
            Thread writer = Thread.ofVirtual().start(() -> {
                byte[] block = new byte[64 * 1024];
                try {
                    OutputStream out = socket.getOutputStream();
                    while (true) {
                        out.write(block);
                        counter.addAndGet(block.length);
                    }
                } catch (IOException e) {
                    // the test is over
                }
            });
            assertThat(ProjectProxyTest.settled(counter)).isLessThan(32L * 1024 * 1024);
            assertThat(writer.isAlive()).isTrue();
        } finally {
            release.countDown();
        }
    }

    @Test
    void tunnelsOfAProjectAreBounded() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                sockets.add(open());
            }
            try (Socket tooMany = edge.connect()) {
                send(tooMany, upgrade(own()));
                assertThat(ScriptedServer.readHead(tooMany.getInputStream())).startsWith("HTTP/1.1 503 ");
            }
            sockets.removeFirst().close();
            await(() -> edge.proxy.tunnels().count("a") == 3);
            sockets.add(open());
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static byte[] readToEnd(InputStream in) throws IOException {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try {
            in.transferTo(bytes);
        } catch (java.net.SocketException e) {
            // a reset is an end, too
        }
        return bytes.toByteArray();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
