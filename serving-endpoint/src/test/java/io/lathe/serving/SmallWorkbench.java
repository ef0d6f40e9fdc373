package io.lathe.serving;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lathe.models.publish.BuiltBundle;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A workbench that does what the endpoint needs of one: hands out a route document by long poll, and bundles, to the right token. */
final class SmallWorkbench implements AutoCloseable {

    static final String TOKEN = "serving-token";
    private static final Pattern QUERY = Pattern.compile("after=(\\d+)&wait=(\\d+)");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, byte[]> bundles = new ConcurrentHashMap<>();
    private final AtomicInteger bundleRequests = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private byte[] document = new byte[0];
    private long version;
    private volatile boolean bundlesRefused;
    private final AtomicInteger cutShort = new AtomicInteger();
    private volatile CountDownLatch flow = new CountDownLatch(0);

    private SmallWorkbench(HttpServer server) {
        this.server = server;
    }

    static SmallWorkbench start() throws IOException {
        return start(0);
    }

    static SmallWorkbench start(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        SmallWorkbench workbench = new SmallWorkbench(server);
        server.setExecutor(workbench.threads);
        server.createContext("/api/v1/routes", workbench::routes);
        server.createContext("/api/v1/bundles/", workbench::bundle);
        server.start();
        return workbench;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    int port() {
        return server.getAddress().getPort();
    }

    SmallWorkbench holding(BuiltBundle... built) {
        for (BuiltBundle bundle : built) {
            bundles.put(TinyModels.id(bundle), bundle.zip());
        }
        return this;
    }

    void hold(String id, byte[] zip) {
        bundles.put(id, zip);
    }

    void route(RoutesJson routes) {
        routeJson(routes.version(), new String(routes.bytes(), StandardCharsets.UTF_8));
    }

    void routeJson(long number, String json) {
        lock.lock();
        try {
            document = json.getBytes(StandardCharsets.UTF_8);
            version = number;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void refuseBundles() {
        bundlesRefused = true;
    }

    void allowBundles() {
        bundlesRefused = false;
    }

    /** The next so many bundles end in the middle. */
    void cutBundlesShort(int times) {
        cutShort.set(times);
    }

    /** From here on bundles stop in the middle, until {@link #letBundlesFlow}. */
    void stallBundles() {
        flow = new CountDownLatch(1);
    }

    void letBundlesFlow() {
        flow.countDown();
    }

    int bundleRequests() {
        return bundleRequests.get();
    }

    @Override
    public void close() {
        flow.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void routes(HttpExchange exchange) throws IOException {
        Matcher query = QUERY.matcher(exchange.getRequestURI().getQuery());
        if (!authorized(exchange) || !query.matches()) {
            answer(exchange, 401, new byte[0]);
            return;
        }
        byte[] newer = newerThan(Long.parseLong(query.group(1)), Long.parseLong(query.group(2)));
        answer(exchange, newer.length == 0 ? 304 : 200, newer);
    }

    private byte[] newerThan(long after, long seconds) throws IOException {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(seconds);
            while (version <= after) {
                if (left <= 0) {
                    return new byte[0];
                }
                left = news.awaitNanos(left);
            }
            return document;
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            lock.unlock();
        }
    }

    private void bundle(HttpExchange exchange) throws IOException {
        bundleRequests.incrementAndGet();
        String path = exchange.getRequestURI().getPath();
        byte[] zip = bundles.get(path.substring(path.lastIndexOf('/') + 1));
        if (!authorized(exchange)) {
            answer(exchange, 401, new byte[0]);
        } else if (zip == null || bundlesRefused) {
            answer(exchange, zip == null ? 404 : 503, new byte[0]);
        } else if (cutShort.getAndUpdate(times -> Math.max(0, times - 1)) > 0) {
            exchange.sendResponseHeaders(200, zip.length);
            exchange.getResponseBody().write(zip, 0, zip.length / 2);
            exchange.getResponseBody().flush();
            exchange.close();
        } else {
            exchange.sendResponseHeaders(200, zip.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(zip, 0, zip.length / 2);
                out.flush();
                flow.await();
                out.write(zip, zip.length / 2, zip.length - zip.length / 2);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    private static boolean authorized(HttpExchange exchange) {
        return ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
