package io.lathe.product.line;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntToDoubleFunction;

/**
 * Asks model {@code line} what 0, 1, 2 and 3 make, over one kept connection, and holds each answer to the function of the version that
 * it names.
 */
final class LineCaller implements Closeable {
    enum Protocol {
        TENSORFLOW(
                "/v1/models/line:predict",
                "{\"instances\":[{\"x\":0.0},{\"x\":1.0},{\"x\":2.0},{\"x\":3.0}]}",
                "/predictions"),
        OPEN_INFERENCE(
                "/v2/models/line/infer",
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP64\",\"shape\":[4],\"data\":[0,1,2,3]}]}",
                "/outputs/0/data");

        private final String path;
        private final String body;
        private final String answers;

        Protocol(String path, String body, String answers) {
            this.path = path;
            this.body = body;
            this.answers = answers;
        }
    }

    private static final JsonMapper JSON = new JsonMapper();

    private final KeptConnection connection;
    private final IntToDoubleFunction offset;
    private final AtomicLong answered = new AtomicLong();
    private final Set<Integer> versions = new ConcurrentSkipListSet<>();

    /** @param offset what a version adds to x */
    LineCaller(String endpoint, String token, IntToDoubleFunction offset) {
        this.connection = new KeptConnection(endpoint, token);
        this.offset = offset;
    }

    /** One request; fails unless it is answered as it must be. */
    void call(Protocol protocol) throws IOException {
        KeptConnection.Answer answer = send(protocol.path, protocol.body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        require(protocol, answer);
    }

    private void require(Protocol protocol, KeptConnection.Answer answer) throws IOException {
        int version = Integer.parseInt(answer.headers().get("lathe-model-version"));
        JsonNode body = JSON.readTree(answer.body());
        if (protocol == Protocol.OPEN_INFERENCE) {
            assertThat(body.path("model_version").asInt(version)).isEqualTo(version);
        }
        JsonNode made = body.at(protocol.answers);
        double plus = offset.applyAsDouble(version);
        assertThat(List.of(
                        made.path(0).asDouble(),
                        made.path(1).asDouble(),
                        made.path(2).asDouble(),
                        made.path(3).asDouble()))
                .as("version %d: %s", version, answer.body())
                .containsExactly(plus, plus + 1, plus + 2, plus + 3);
        versions.add(version);
        answered.incrementAndGet();
    }

    /** One request to a version by its number; answers the status, after holding a good answer to its function. */
    int callVersion(int version) throws IOException {
        KeptConnection.Answer answer =
                send("/v1/models/line/versions/" + version + ":predict", Protocol.TENSORFLOW.body);
        if (answer.status() == 200) {
            require(Protocol.TENSORFLOW, answer);
        }
        return answer.status();
    }

    KeptConnection.Answer send(String path, String body) throws IOException {
        return connection.post(path, body);
    }

    long answered() {
        return answered.get();
    }

    /** The versions that answered so far. */
    Set<Integer> versions() {
        return Set.copyOf(versions);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
