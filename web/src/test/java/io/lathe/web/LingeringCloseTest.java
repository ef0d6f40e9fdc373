package io.lathe.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LingeringCloseTest {
    private static final int BODY = 64 << 20;
    private static final Duration PLENTY = Duration.ofSeconds(20);

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    private void start(Duration longest) throws Exception {
        start(longest, Refusal.UNREAD);
    }

    private enum Refusal {
        UNREAD,
        AFTER_SOME_BYTES
    }

    private void start(Duration longest, Refusal refusal) throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                if (refusal == Refusal.AFTER_SOME_BYTES) {
                    Content.Chunk chunk = request.read();
                    if (chunk == null) {
                        request.demand(() -> handle(request, response, callback));
                        return true;
                    }
                    chunk.release();
                }
                response.setStatus(413);
                Content.Sink.write(response, true, "too large", callback);
                return true;
            }
        });

        server.insertHandler(new LingeringClose(longest));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
        socket.setSoTimeout((int) PLENTY.toMillis());
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void sendBody(Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        byte[] block = new byte[1 << 20];
        for (int sent = 0; sent < BODY; sent += block.length) {
            out.write(block);
        }
    }

    /** What comes until the server closes. */
    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Test
    void aCallerThatFirstSendsAllOfItsBodyReadsTheRefusal() throws Exception {
        start(PLENTY);
        try (Socket socket = connect()) {
            write(
                    socket,
                    "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: " + BODY + "\r\n\r\n");
            sendBody(socket);

            assertThat(answer(socket)).startsWith("HTTP/1.1 413").endsWith("too large");
        }
    }

    @Test
    void aCallerThatSendsForEverIsCutOff() throws Exception {
        start(Duration.ofMillis(50));
        try (Socket socket = connect()) {
            write(socket, "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            long end = System.nanoTime() + PLENTY.toNanos();

            assertThatThrownBy(() -> {
                        while (System.nanoTime() < end) {
                            write(socket, "1\r\nx\r\n");
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aCallerThatWaitsToBeToldToContinueIsNotToldTo() throws Exception {
        start(PLENTY);
        try (Socket socket = connect()) {
            write(
                    socket,
                    "POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: " + BODY
                            + "\r\n\r\n");

            assertThat(answer(socket)).startsWith("HTTP/1.1 413").doesNotContain("100 Continue");
        }
    }

    @Test
    void aCallerThatWasToldToContinueReadsTheRefusalToo() throws Exception {
        start(PLENTY, Refusal.AFTER_SOME_BYTES);
        try (Socket socket = connect()) {
            write(
                    socket,
                    "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: "
                            + BODY + "\r\n\r\n");
            String told = "HTTP/1.1 100 Continue\r\n\r\n";
            assertThat(socket.getInputStream().readNBytes(told.length()))
                    .isEqualTo(told.getBytes(StandardCharsets.US_ASCII));
            sendBody(socket);

            assertThat(answer(socket)).startsWith("HTTP/1.1 413").endsWith("too large");
        }
    }
}
