package io.lathe.kernel.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.kernel.workbench.ProjectApi;
import io.lathe.kernel.workbench.Workbench;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lost connections while publishing: the kernel asks what became of the publication and goes on. */
class PublisherTest {
    private enum Fault {
        NONE,
        /** The bundle is taken, the answer is not sent. */
        ANSWER_LOST,
        /** The connection breaks before the bundle is taken. */
        UPLOAD_LOST
    }

    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Fault fault = Fault.NONE;
    private final AtomicInteger brokenStreams = new AtomicInteger();
    private volatile String end = "done";
    /** Whether a stream has been sent to its end; until then the publication is not settled. */
    private volatile boolean ended;

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/v1/project/publications", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private ProjectApi api() {
        return new Workbench(Map.of(
                        "LATHE_URL", "http://127.0.0.1:" + server.getAddress().getPort(), "LATHE_TOKEN", "t"))
                .project();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("POST")) {
            upload(exchange);
        } else if (path.endsWith("/events")) {
            events(exchange);
        } else {
            String id = path.substring(path.lastIndexOf('/') + 1);
            asked.add(id);
            send(
                    exchange,
                    taken.contains(id) ? 200 : 404,
                    "{\"id\":\"" + id + "\",\"state\":\"" + (ended ? end : "judging")
                            + "\",\"model\":\"m\",\"version\":2,\"verdict\":{\"outcome\":\"promoted\",\"reasons\":[]}}");
        }
    }

    private void upload(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        Fault now = fault;
        fault = Fault.NONE;
        if (now != Fault.UPLOAD_LOST && !taken.contains(key)) {
            taken.add(key);
        }
        if (now == Fault.NONE) {
            send(exchange, 202, "{\"id\":\"" + key + "\",\"state\":\"uploaded\"}");
        } else {
            exchange.close();
        }
    }

    private void events(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().getQuery());
        boolean broken = brokenStreams.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        exchange.sendResponseHeaders(200, 0);
        String first = exchange.getRequestURI().getQuery().equals("after=0")
                ? "data: {\"state\":\"uploaded\",\"message\":\"first\"}\n\n"
                : "";
        String rest = broken ? "" : "data: {\"state\":\"" + end + "\",\"message\":\"last\"}\n\ndata: {}\n\n";
        exchange.getResponseBody().write((first + rest).getBytes(StandardCharsets.UTF_8));
        if (broken) {
            exchange.getResponseBody().flush();
        } else {
            ended = true;
        }
        exchange.close();
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Upload upload(List<String> steps) {
        return Publisher.send(
                api(), Map.of("model", "m"), new byte[] {1}, (state, message) -> steps.add(state + " " + message));
    }

    @Test
    void whenTheAnswerIsLostThePublicationIsReadBackAndNotSentTwice() {
        fault = Fault.ANSWER_LOST;
        List<String> steps = new ArrayList<>();
        Upload upload = upload(steps);
        assertThat(taken).containsExactly(upload.id());
        assertThat(asked).containsExactly(upload.id());
        assertThat(steps).singleElement().asString().contains("asking whether it has the bundle");
    }

    @Test
    void whenTheUploadIsLostItIsSentAgainUnderTheSameKey() {
        fault = Fault.UPLOAD_LOST;
        Upload upload = upload(new ArrayList<>());
        assertThat(taken).containsExactly(upload.id());
        assertThat(asked).as("asked whether it was taken").containsExactly(upload.id());
    }

    @Test
    void aFollowedPublicationIsPickedUpAgainWhereTheStreamBroke() {
        taken.add("p");
        brokenStreams.set(2);
        List<String> steps = new ArrayList<>();
        Publication publication =
                Publisher.follow(api(), new Upload("p"), (state, message) -> steps.add(state + " " + message));
        assertThat(publication.outcome()).isEqualTo("promoted");
        assertThat(steps).containsExactly("uploaded first", "done last");
        assertThat(asked).contains("after=0", "after=1");
    }

    @Test
    void aCancelledPublicationIsToldAsSuch() {
        taken.add("p");
        end = "cancelled";
        assertThatThrownBy(() -> Publisher.follow(api(), new Upload("p"), Progress.NONE))
                .isInstanceOfSatisfying(
                        LatheException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.CONFLICT))
                .hasMessageContaining("was cancelled");
    }
}
