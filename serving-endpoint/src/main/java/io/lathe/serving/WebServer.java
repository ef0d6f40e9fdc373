package io.lathe.serving;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinException;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.serving.http.Answer;
import io.lathe.serving.http.Call;
import io.lathe.serving.http.Deadline;
import io.lathe.serving.http.Limits;
import io.lathe.web.BareHeaders;
import io.lathe.web.ConnectionBounds;
import io.lathe.web.LingeringClose;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP on loopback: turns the web server's requests into calls and answers back into responses. */
final class WebServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WebServer.class);

    /** For answers on their way out when the server stops. */
    private static final Duration FLUSH = Duration.ofSeconds(1);

    /** After so long without a byte a connection is closed once the server stops; well below the patience above, or it would wait in vain. */
    private static final Duration SILENCE = Duration.ofMillis(300);

    private final Javalin javalin;

    private WebServer(Javalin javalin) {
        this.javalin = javalin;
    }

    /** Throws UNAVAILABLE when the port is taken. */
    static WebServer start(int port, Limits limits, Function<Call, Answer> answers) {
        Handler handler = context -> send(context, limits, answers);
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.concurrency.useVirtualThreads = true;
            config.http.compressionStrategy = CompressionStrategy.NONE;
            config.jetty.host = "127.0.0.1";
            config.jetty.port = port;
            config.jetty.modifyHttpConfiguration(http -> {
                http.setSendServerVersion(false);
                // A body that stops coming ends no thread's wait by itself.
                http.setIdleTimeout(limits.request().toMillis());
            });
            config.jetty.modifyServer(server -> {
                server.setErrorHandler(new JsonErrors());
                server.insertHandler(new HostCheck());
                // The endpoint drains before it stops: what is left to wait for is an answer on its way out.
                server.insertHandler(new GracefulHandler());
                server.insertHandler(new LingeringClose());
                server.insertHandler(new ConnectionBounds());
                server.setStopTimeout(FLUSH.toMillis());
            });
            for (HandlerType method : HandlerType.commonHttp()) {
                config.routes.addHttpHandler(method, "/*", handler);
            }
            config.routes.exception(
                    HttpResponseException.class,
                    (refusal, context) -> write(
                            context,
                            Answer.error(
                                            ProblemCode.METHOD_NOT_ALLOWED,
                                            "The method is not known here. Use GET or POST.")
                                    .with("Allow", "GET, POST"),
                            requestId()));
        });
        try {
            javalin.start();
            for (Connector connector : javalin.jettyServer().server().getConnectors()) {
                ((AbstractConnector) connector).setShutdownIdleTimeout(SILENCE.toMillis());
            }
            return new WebServer(javalin);
        } catch (JavalinBindException e) {
            throw new LatheException(
                    ProblemCode.UNAVAILABLE,
                    "Port " + port
                            + " on 127.0.0.1 is taken by another program. Choose another with --port N, or let the system choose with --port 0.",
                    e);
        }
    }

    int port() {
        return javalin.port();
    }

    /** Takes no more connections, lets the answers on their way out for at most a second, and stops. */
    @Override
    public void close() {
        try {
            javalin.stop();
        } catch (JavalinException e) {
            log.warn("Answers were still on their way out after {} ms and are cut off", FLUSH.toMillis(), e);
        }
    }

    private static void send(Context context, Limits limits, Function<Call, Answer> answers) {
        String id = requestId();
        Call call = new Call(
                context.req().getMethod().toUpperCase(Locale.ROOT),
                context.req().getRequestURI(),
                name -> Optional.ofNullable(context.req().getHeader(name)),
                context::bodyInputStream,
                Deadline.after(limits.request()),
                id);
        write(context, answers.apply(call), id);
    }

    /** Tells requests apart in the log; it is no secret, so it need not be drawn like one. */
    private static String requestId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private static void write(Context context, Answer answer, String id) {
        context.status(answer.status()).contentType("application/json");
        BareHeaders.ALL.forEach(context::header);
        answer.headers().forEach(context::header);
        context.header(Answer.REQUEST_ID, id);
        context.res().setContentLength(answer.body().length);
        try {
            if (answer.status() >= 400 && leavesBodyUnread(context)) {
                // Jetty closes the connection behind what it cannot read to its end; a client that is not told would
                // send its next request into it.
                context.header("Connection", "close");
            }
            // Past Javalin's own way, which makes a buffer of 32 KiB for each answer.
            context.res().getOutputStream().write(answer.body());
        } catch (IOException e) {
            log.debug("The caller of {} has gone: {}", id, e.toString());
        }
    }

    private static boolean leavesBodyUnread(Context context) throws IOException {
        boolean hasBody = context.req().getContentLengthLong() > 0 || context.header("Transfer-Encoding") != null;
        return hasBody && !context.req().getInputStream().isFinished();
    }
}
