package io.lathe.workbench.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kernel sockets of open notebooks that nobody uses: each costs memory and no thread. */
class IdleSocketsTest {
    /** Of heap, for one tunnel: two connections, two pipes, and who may have it. */
    private static final long MOST_BYTES = 16 * 1024;

    @TempDir
    Path folder;

    @Test
    @Tag("slow")
    void fourHundredIdleSocketsTakeLittleMemoryAndNoThreads() throws Exception {
        measure(400, "-Xmx64m");
    }

    @Test
    @Tag("scale")
    void fiveThousandIdleSocketsTakeLittleMemoryAndNoThreads() throws Exception {
        measure(5_000, "-Xmx192m");
    }

    private void measure(int count, String heap) throws Exception {
        List<SocketChannel> browsers = new ArrayList<>();
        try (Accepting notebooks = new Accepting();
                SmallEdge edge = new SmallEdge(folder, notebooks.port(), heap, "-XX:+UseSerialGC")) {
            // The first ones load classes and start threads that later ones use.
            for (int i = 0; i < 50; i++) {
                browsers.add(open(edge));
            }
            SmallEdge.Use before = edge.use();
            for (int i = 0; i < count; i++) {
                browsers.add(open(edge));
            }
            assertThat(edge.tunnels()).isEqualTo(count + 50);
            SmallEdge.Use after = edge.use();

            long each = (after.heapBytes() - before.heapBytes()) / count;
            Figures.add("IdleSocketsTest.heap of each of " + count + " idle tunnels", each, "bytes");
            Figures.add("IdleSocketsTest.direct memory with " + count + " idle tunnels", after.directBytes(), "bytes");
            Figures.add("IdleSocketsTest.resident memory with 50 idle tunnels", before.residentBytes(), "bytes");
            Figures.add(
                    "IdleSocketsTest.resident memory with " + count + " idle tunnels", after.residentBytes(), "bytes");
            Figures.add("IdleSocketsTest.open files with " + count + " idle tunnels", after.files(), "files");
            Figures.add("IdleSocketsTest.threads with " + count + " idle tunnels", after.threads(), "threads");
            assertThat(each).isLessThan(MOST_BYTES);
            assertThat(after.directBytes()).isLessThan(32L << 20);
            assertThat(after.threads()).isLessThan(before.threads() + 40);
            assertThat(after.files() - before.files()).isBetween(2L * count, 2L * count + 50);

            for (SocketChannel browser : List.of(browsers.getFirst(), browsers.getLast())) {
                browser.write(ByteBuffer.wrap(Frames.frame(0x82, 10, true)));
                ByteBuffer echo = ByteBuffer.allocate(16);
                while (echo.hasRemaining() && browser.read(echo) >= 0) {
                    // until all is here
                }
                assertThat(echo.hasRemaining()).isFalse();
            }
            for (SocketChannel browser : browsers) {
                browser.close();
            }
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (edge.tunnels() > 0) {
                assertThat(System.nanoTime()).as("tunnels left").isLessThan(deadline);
                TimeUnit.MILLISECONDS.sleep(50);
            }
            assertThat(edge.use().files()).isLessThan(before.files());
        } finally {
            for (SocketChannel browser : browsers) {
                browser.close();
            }
        }
    }

    private static SocketChannel open(SmallEdge edge) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), edge.port));
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
        channel.write(ByteBuffer.wrap(("GET /projects/a/api/kernels/1/channels HTTP/1.1\r\nHost: " + edge.host()
                        + "\r\nOrigin: http://" + edge.host() + "\r\nCookie: " + edge.cookie
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII)));
        StringBuilder head = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1024);
        while (head.indexOf("\r\n\r\n") < 0 && channel.read(one.clear()) >= 0) {
            head.append(StandardCharsets.US_ASCII.decode(one.flip()));
        }
        assertThat(head.toString()).startsWith("HTTP/1.1 101");
        return channel;
    }

    /** A notebook server that accepts WebSockets and sends back what comes, all on one thread. */
    private static final class Accepting implements AutoCloseable {
        private static final byte[] SWITCHING =
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII);

        private final Selector selector = Selector.open();
        private final ServerSocketChannel listener = ServerSocketChannel.open();

        Accepting() throws IOException {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
            listener.configureBlocking(false);
            listener.register(selector, SelectionKey.OP_ACCEPT);
            Thread.ofPlatform().daemon().start(this::run);
        }

        int port() {
            return listener.socket().getLocalPort();
        }

        private void run() {
            ByteBuffer buffer = ByteBuffer.allocate(8 * 1024);
            try {
                while (selector.isOpen()) {
                    selector.select(key -> {
                        try {
                            serve(key, buffer.clear());
                        } catch (IOException e) {
                            key.cancel();
                        }
                    });
                }
            } catch (IOException | java.nio.channels.ClosedSelectorException e) {
                // closed
            }
        }

        private void serve(SelectionKey key, ByteBuffer buffer) throws IOException {
            if (key.isAcceptable()) {
                SocketChannel accepted = listener.accept();
                accepted.configureBlocking(false);
                accepted.register(selector, SelectionKey.OP_READ);
            } else if (key.channel() instanceof SocketChannel channel) {
                int read = channel.read(buffer);
                if (read < 0) {
                    channel.close();
                } else if (key.attachment() == null) {
                    // The whole request comes at once here: it is short, and the edge writes it in one piece.
                    key.attach(this);
                    channel.write(ByteBuffer.wrap(SWITCHING));
                } else {
                    channel.write(buffer.flip());
                }
            }
        }

        @Override
        public void close() throws IOException {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        }
    }
}
