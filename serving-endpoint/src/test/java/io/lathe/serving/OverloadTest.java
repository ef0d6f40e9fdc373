package io.lathe.serving;

import static io.lathe.serving.TinyModels.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.lathe.serving.http.Limits;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More asked than can be done: told so at once, and health still answers. */
class OverloadTest {

    @Test
    void whenTooManyRequestsAreInWorkTheNextIsToldToComeBack(@TempDir Path folder) throws Exception {
        Limits one = new Limits(1_000, 10_000, 10, 10, 10, 1, 1, 0, Duration.ofSeconds(1), Duration.ofSeconds(30));
        try (SmallWorkbench workbench = SmallWorkbench.start().holding(TinyModels.RISING)) {
            workbench.route(RoutesJson.of(1).with(1, TinyModels.RISING).production(1));
            try (Served served = Served.start(folder, workbench.url(), one).awaitRoutes(1)) {
                try (Socket slow = beginRequest(served.port(), "Expect: 100-continue\r\nContent-Length: 10\r\n")) {
                    assertThat(slow.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 100");
                    var reply = served.predict(row(1));
                    assertThat(reply.status()).isEqualTo(503);
                    assertThat(reply.header("Retry-After")).hasValue("1");
                    assertThat(served.send(served.open("/v2/health/ready").GET())
                                    .status())
                            .isEqualTo(200);
                }
                awaitAnswer(served);
            }
        }
    }

    @Test
    void aBodyThatDripsPastTheDeadlineIsCutOff(@TempDir Path folder) throws Exception {
        Limits hasty =
                new Limits(100_000, 1_000_000, 10, 10, 10, 8, 1, 0, Duration.ofSeconds(1), Duration.ofMillis(200));
        try (SmallWorkbench workbench = SmallWorkbench.start().holding(TinyModels.RISING)) {
            workbench.route(RoutesJson.of(1).with(1, TinyModels.RISING).production(1));
            try (Served served = Served.start(folder, workbench.url(), hasty).awaitRoutes(1);
                    Socket slow = beginRequest(served.port(), "Content-Length: 100000\r\n")) {
                OutputStream out = slow.getOutputStream();
                var in = slow.getInputStream();
                long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
                int sent = 0;
                while (in.available() == 0 && System.nanoTime() < end) {
                    // Never all of it: a fast machine would be done before the deadline.
                    if (sent < 90_000) {
                        out.write(' ');
                        out.flush();
                        sent++;
                    }
                    Thread.onSpinWait();
                }
                assertThat(in.readNBytes(12)).asString().isEqualTo("HTTP/1.1 504");
            }
        }
    }

    @Test
    void aBodyThatStopsComingIsCutOff(@TempDir Path folder) throws Exception {
        Limits hasty =
                new Limits(100_000, 1_000_000, 10, 10, 10, 8, 1, 0, Duration.ofSeconds(1), Duration.ofMillis(200));
        try (SmallWorkbench workbench = SmallWorkbench.start().holding(TinyModels.RISING)) {
            workbench.route(RoutesJson.of(1).with(1, TinyModels.RISING).production(1));
            try (Served served = Served.start(folder, workbench.url(), hasty).awaitRoutes(1);
                    Socket silent = beginRequest(served.port(), "Content-Length: 100000\r\n")) {
                silent.getOutputStream().write(' ');

                assertThat(silent.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 504");
            }
        }
    }

    private static void awaitAnswer(Served served) throws IOException, InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (served.predict(row(1)).status() != 200) {
            assertThat(System.nanoTime()).as("the place is free again").isLessThan(end);
        }
    }

    private static Socket beginRequest(int port, String headers) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(("POST /v1/models/tiny:predict HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                + RoutesJson.WEB_TOKEN + "\r\n" + headers + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }
}
