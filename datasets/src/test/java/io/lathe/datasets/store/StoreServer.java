package io.lathe.datasets.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The workbench's side of the object store's wire contract, small, over real HTTP, with faults on demand. */
final class StoreServer implements AutoCloseable {
    static final String TOKEN = "project-token";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OBJECTS = "/api/v1/project/store/objects/";

    private final ObjectStore store;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** So many next writes are done, but the connection breaks before their answer. */
    final AtomicInteger lostAnswers = new AtomicInteger();

    /** So many next writes break the connection before anything is done. */
    final AtomicInteger lostRequests = new AtomicInteger();

    /** So many next requests are answered 503. */
    final AtomicInteger busy = new AtomicInteger();

    /** Done once after a write whose answer is lost. */
    volatile Runnable afterLostAnswer = () -> {};

    StoreServer(ObjectStore store) throws IOException {
        this.store = store;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/api/v1/project/store/", this::answer);
        server.start();
    }

    URI projectApi() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1/project");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                if (busy.getAndUpdate(n -> Math.max(n - 1, 0)) > 0) {
                    throw new LatheException(ProblemCode.UNAVAILABLE, "Busy.");
                }
                if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                    throw new LatheException(ProblemCode.UNAUTHENTICATED, "This token is not known.");
                }
                route(exchange);
            } catch (LatheException e) {
                var body = JSON.writeValueAsBytes(Map.of(
                        "type",
                        e.code().typeUri(),
                        "title",
                        e.code().wireName(),
                        "status",
                        e.code().httpStatus(),
                        "detail",
                        e.getMessage()));
                exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
                send(exchange, e.code().httpStatus(), body);
            }
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getRawPath();
        if (path.endsWith("/store/list")) {
            list(exchange);
        } else if (exchange.getRequestMethod().equals("PUT")) {
            put(exchange, new ObjectKey(path.substring(OBJECTS.length())));
        } else {
            get(exchange, new ObjectKey(path.substring(OBJECTS.length())));
        }
    }

    private void list(HttpExchange exchange) throws IOException {
        var query = new HashMap<String, String>();
        for (var part : exchange.getRequestURI().getRawQuery().split("&")) {
            var pair = part.split("=", 2);
            query.put(pair[0], URLDecoder.decode(pair[1], UTF_8));
        }
        var page = store.list(
                query.getOrDefault("prefix", ""),
                query.getOrDefault("after", ""),
                Integer.parseInt(query.getOrDefault("limit", "100")));
        var keys = page.keys().stream().map(ObjectKey::value).toList();
        send(exchange, 200, JSON.writeValueAsBytes(Map.of("keys", keys, "more", page.more())));
    }

    private void put(HttpExchange exchange, ObjectKey key) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        if (lostRequests.getAndUpdate(n -> Math.max(n - 1, 0)) > 0) {
            exchange.close();
            return;
        }
        var match = Optional.ofNullable(exchange.getRequestHeaders().getFirst("If-Match"))
                .map(tag -> tag.replace("\"", ""));
        var done = key.isReference()
                ? store.compareAndSwap(key, match, body).isPresent()
                : store.putIfAbsent(key, Content.of(body));
        if (lostAnswers.getAndUpdate(n -> Math.max(n - 1, 0)) > 0) {
            afterLostAnswer.run();
            exchange.close();
            return;
        }
        if (!done) {
            throw new LatheException(ProblemCode.PRECONDITION_FAILED, "It has moved.");
        }
        tag(exchange, key);
        send(exchange, match.isPresent() ? 200 : 201, new byte[0]);
    }

    private void get(HttpExchange exchange, ObjectKey key) throws IOException {
        var info = store.find(key).orElseThrow(() -> new LatheException(ProblemCode.NOT_FOUND, "No " + key + "."));
        tag(exchange, key);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Long.toString(info.bytes()));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        var range = exchange.getRequestHeaders()
                .getFirst("Range")
                .replace("bytes=", "")
                .split("-");
        var offset = Long.parseLong(range[0]);
        if (offset >= info.bytes()) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        var length = Long.parseLong(range[1]) - offset + 1;
        try (var in = store.open(key, new ByteRange(offset, length))) {
            send(exchange, 206, in.readAllBytes());
        }
    }

    private void tag(HttpExchange exchange, ObjectKey key) {
        store.find(key).ifPresent(info -> exchange.getResponseHeaders().set("ETag", '"' + info.tag() + '"'));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
