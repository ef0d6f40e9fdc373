package io.lathe.serving;

import static io.lathe.serving.TinyModels.instances;
import static io.lathe.serving.TinyModels.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies and requests made to hurt: each is refused in words, and the next request is answered. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileBodyTest {

    private static final String PREDICT = "/v1/models/tiny:predict";
    private static final String INFER = "/v2/models/tiny/infer";
    private static final int CAP = 8 << 20;

    private final Served served;

    HostileBodyTest(@TempDir Path folder) throws Exception {
        served =
                Served.start(folder, RoutesJson.of(1).with(1, TinyModels.RISING).production(1), TinyModels.RISING);
    }

    @AfterEach
    void stillAnswers() throws Exception {
        assertThat(served.predict(row(30)).status()).isEqualTo(200);
    }

    @AfterAll
    void stop() {
        served.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {PREDICT, INFER})
    void deepNestingIsRefused(String path) throws Exception {
        String deep = "[".repeat(100_000);
        for (String body : new String[] {
            deep,
            "{\"instances\":" + deep,
            "{\"instances\":[{\"x\":" + deep,
            "{\"skipped\":" + deep,
            "{\"inputs\":[{\"data\":" + deep,
            "{\"a\":".repeat(50_000)
        }) {
            var reply = served.post(path, body);
            assertThat(reply.status()).as(reply.text()).isEqualTo(400);
            assertThat(reply.text()).doesNotContain("StreamReadConstraints").doesNotContain("fasterxml");
        }
    }

    @Test
    void hugeNumbersAreRefusedByTheirPlace() throws Exception {
        for (String number :
                new String[] {"9".repeat(100_000), "9".repeat(390), "1e999999999", "-1E+400", "0." + "1".repeat(5_000)
                }) {
            var reply = served.predict(row(1).replace("\"amount\":2", "\"amount\":" + number));
            assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        }
        assertThat(served.predict(row(1).replace("\"amount\":2", "\"amount\":1e-999999999"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aBodyBeyondTheCapIs413WithTheLimit() throws Exception {
        byte[] body = new byte[CAP + 1];
        Arrays.fill(body, (byte) ' ');
        var declared = served.send(served.request(PREDICT).POST(BodyPublishers.ofByteArray(body)));
        assertThat(declared.status()).isEqualTo(413);
        assertThat(declared.error()).contains(String.valueOf(CAP));
        var chunked = served.send(served.request(PREDICT)
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body))));
        assertThat(chunked.status()).isEqualTo(413);
    }

    @Test
    void aCallerThatFirstSendsAllOfATooLargeBodyReadsTheRefusal() throws Exception {
        byte[] block = new byte[CAP];
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("POST " + PREDICT + " HTTP/1.1\r\nHost: localhost:" + served.port() + "\r\nAuthorization: Bearer "
                                    + RoutesJson.WEB_TOKEN + "\r\nContent-Length: " + 8 * CAP + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            for (int i = 0; i < 8; i++) {
                out.write(block);
            }
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 413").contains(String.valueOf(CAP));
        }
    }

    @Test
    void aGzipBombIs413() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                gzip.write(zeros);
            }
        }
        var reply = served.send(served.request(PREDICT)
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(bomb.toByteArray())));
        assertThat(reply.status()).isEqualTo(413);
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() throws Exception {
        byte[] body = instances(row(1)).replace("red", "r\u00e9d").getBytes(StandardCharsets.ISO_8859_1);
        byte[] overlong = instances(row(1)).getBytes(StandardCharsets.UTF_8);
        overlong[overlong.length - 5] = (byte) 0xC0;
        byte[] wide = instances(row(1)).getBytes(StandardCharsets.UTF_16);
        for (byte[] bytes : new byte[][] {body, overlong, wide}) {
            var reply = served.send(served.request(PREDICT).POST(BodyPublishers.ofByteArray(bytes)));
            assertThat(reply.status()).as(reply.text()).isEqualTo(400);
            assertThat(reply.error()).contains("UTF-8");
        }
    }

    @Test
    void textBeyondAsciiIsKeptAndEchoedWhole() throws Exception {
        var reply = served.predict(row(1).replace("\"red\"", "\"żółć 東京 🚀\""));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).contains("żółć 東京 🚀");
    }

    @Test
    void tooManyRowsFieldsOrTensorsAreRefused() throws Exception {
        assertThat(served.post(PREDICT, "{\"instances\":[" + "{},".repeat(10_000) + "{}]}")
                        .error())
                .contains("10000 rows");
        StringBuilder fields = new StringBuilder("{\"f\":1");
        for (int i = 0; i < 1_001; i++) {
            fields.append(",\"f").append(i).append("\":1");
        }
        assertThat(served.predict(fields.append('}').toString()).error()).contains("1000 fields");
        assertThat(served.post(INFER, "{\"inputs\":[{\"data\":[" + "1,".repeat(10_000) + "1]}]}")
                        .error())
                .contains("10000 values");
        var rows = served.send(served.request(PREDICT)
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("x,amount\n" + "1,2\n".repeat(10_001))));
        assertThat(rows.status()).isEqualTo(400);
        assertThat(rows.error()).contains("10000 rows");
        // Refused at the header: scanning so many columns would take gigabytes.
        var columns = served.send(served.request(PREDICT)
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(",".repeat(CAP - 1))));
        assertThat(columns.status()).isEqualTo(400);
        assertThat(columns.error()).contains("1000 columns");
    }

    @Test
    void valuesThatWouldFillTheMemoryAreRefused() throws Exception {
        StringBuilder row = new StringBuilder("{\"00\":1");
        StringBuilder header = new StringBuilder("c0");
        StringBuilder tensors = new StringBuilder();
        String data = "0,".repeat(9_999) + "0";
        for (int i = 0; i < 100; i++) {
            row.append(",\"").append(Integer.toString(i + 36, 36)).append("\":1");
            header.append(",c").append(i + 1);
            tensors.append("{\"name\":\"t")
                    .append(i)
                    .append("\",\"datatype\":\"INT64\",\"shape\":[10000],\"data\":[")
                    .append(data)
                    .append("]},");
        }
        String rows = (row + "},").repeat(9_999) + row + "}";
        assertThat(served.post(PREDICT, "{\"instances\":[" + rows + "]}").error())
                .contains("1000000 values");
        assertThat(served.post(
                                INFER,
                                "{\"inputs\":[" + tensors
                                        + "{\"name\":\"t\",\"datatype\":\"INT64\",\"shape\":[1],\"data\":[0]}]}")
                        .error())
                .contains("1000000 values");
        String line = "0,".repeat(100) + "0\n";
        var csv = served.send(served.request(PREDICT)
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(header + "\n" + line.repeat(10_000))));
        assertThat(csv.status()).isEqualTo(400);
        assertThat(csv.error()).contains("1000000 values");
    }

    @Test
    void aBodyCutShortIsRefused() throws Exception {
        var reply =
                raw("POST " + PREDICT + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                        + RoutesJson.WEB_TOKEN + "\r\nContent-Length: 100\r\n\r\n{\"instances\":[");
        assertThat(reply.isEmpty() || reply.startsWith("HTTP/1.1 400"))
                .as(reply)
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/models/..%2f..%2fetc HTTP/1.1",
                "GET /v1/models/tiny/../../../etc/passwd HTTP/1.1",
                "GET /v1/models/%c0%ae%c0%ae HTTP/1.1",
                "GET /v1/models/tiny;x=1 HTTP/1.1",
                "GET //v1/models/tiny HTTP/1.1",
                "GET /v1/models/% HTTP/1.1",
                "NONSENSE /v1/models/tiny HTTP/1.1",
                "GET /v1/models/tiny HTTP/9.9",
            })
    void aStrangeRequestLineGetsAJsonErrorWithoutInsides(String line) throws Exception {
        var reply = raw(line + "\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                + RoutesJson.WEB_TOKEN + "\r\n\r\n");
        assertThat(reply).containsPattern("^HTTP/1\\.1 (4|505)").contains("{\"error\":");
        assertThat(reply).doesNotContain("jetty").doesNotContain("Exception").doesNotContain("<html");
    }

    @Test
    void aHeaderTooLargeGetsAJsonError() throws Exception {
        var reply = raw(
                "GET /v2 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: " + "y".repeat(100_000) + "\r\n\r\n");
        assertThat(reply.isEmpty() || reply.startsWith("HTTP/1.1 431"))
                .as(reply)
                .isTrue();
    }

    @Test
    void aRefusalBeforeTheBodyHasComeSaysThatTheConnectionEnds() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("POST " + PREDICT + " HTTP/1.1\r\nHost: localhost:" + served.port()
                                    + "\r\nContent-Length: 20\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 401").containsIgnoringCase("\r\nConnection: close\r\n");
        }
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.net.SocketException e) {
            return "";
        }
    }
}
