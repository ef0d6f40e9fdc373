package io.lathe.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionBoundsTest {
    private static final Duration PLENTY = Duration.ofSeconds(20);

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final CountDownLatch slowMayAnswer = new CountDownLatch(1);

    private void start(int most, Duration patience) throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                if (request.getHttpURI().getPath().equals("/slow")) {
                    slowMayAnswer.await();
                }
                Content.Sink.write(response, true, "ok", callback);
                return true;
            }
        });
        server.insertHandler(new ConnectionBounds(most, patience));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        slowMayAnswer.countDown();
        server.stop();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
        socket.setSoTimeout((int) PLENTY.toMillis());
        return socket;
    }

    private static void ask(Socket socket, String path) throws IOException {
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether an answer begins; false when the connection is closed instead. */
    private static boolean isAnswered(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
        } catch (SocketException closed) {
            return false;
        }
    }

    private boolean isServed() throws IOException {
        try (Socket socket = connect()) {
            ask(socket, "/");
            return isAnswered(socket);
        } catch (SocketException closed) {
            return false;
        }
    }

    /** Sends a header that never ends until the server has enough of it. */
    private void drip() throws IOException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write("GET / HTTP/1.1\r\nHost: localhost\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            long end = System.nanoTime() + PLENTY.toNanos();
            socket.setSoTimeout(20);
            while (System.nanoTime() < end) {
                out.write('x');
                try {
                    if (socket.getInputStream().read() < 0) {
                        return;
                    }
                } catch (java.net.SocketTimeoutException stillOpen) {
                    // the next byte
                }
            }
        } catch (SocketException closed) {
            return;
        }
        throw new AssertionError("The server waits for the end of a header for ever.");
    }

    @Test
    void aHeaderThatDripsIsNotWaitedForForEver() throws Exception {
        start(10, Duration.ofMillis(300));

        drip();

        assertThat(isServed()).isTrue();
    }

    @Test
    void aRequestUnderWayIsNotCut() throws Exception {
        start(10, Duration.ofMillis(300));
        try (Socket slow = connect()) {
            ask(slow, "/slow");

            drip(); // opened later and closed for its age: the slow one is older
            slowMayAnswer.countDown();

            assertThat(isAnswered(slow)).isTrue();
        }
    }

    @Test
    void oneConnectionTooManyIsClosedAndRoomComesBack() throws Exception {
        start(2, Duration.ofMinutes(10));
        Socket first = connect();
        ask(first, "/");
        assertThat(isAnswered(first)).isTrue();
        try (Socket second = connect()) {
            ask(second, "/");
            assertThat(isAnswered(second)).isTrue();

            assertThat(isServed()).isFalse();

            first.close();
            long end = System.nanoTime() + PLENTY.toNanos();
            while (!isServed()) {
                assertThat(System.nanoTime()).as("there is room again").isLessThan(end);
            }
        }
    }
}
