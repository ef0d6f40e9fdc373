import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that does next to nothing, in the place of a notebook server, so that what a proxy adds can be seen: below any prefix
 * {@code …/small} answers 13 bytes, {@code …/bytes?n=N} N bytes, {@code …/sink} how many bytes it was sent, a WebSocket at
 * {@code …/echo} what it was sent, and {@code …/api/status} that it is there.
 *
 * <p>Argument: the {@code server.json} that the workbench writes for a notebook server; its port is used.
 */
public final class PlainUpstream {

    private static final Pattern PORT = Pattern.compile("\"port\":\\s*(\\d+)");
    private static final byte[] SMALL = "hello, world\n".getBytes(StandardCharsets.US_ASCII);
    private static final int BLOCK = 1 << 16;
    private static final int LARGEST_MESSAGE = 1 << 20;

    public static void main(String[] arguments) throws Exception {
        Matcher port = PORT.matcher(Files.readString(Path.of(arguments[0])));
        if (!port.find()) {
            throw new IllegalArgumentException("no port in " + arguments[0]);
        }
        Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.concurrency.useVirtualThreads = true;
                    config.http.compressionStrategy = CompressionStrategy.NONE;
                    config.jetty.host = "127.0.0.1";
                    config.jetty.port = Integer.parseInt(port.group(1));
                    config.jetty.modifyWebSocketServletFactory(factory -> {
                        factory.setMaxBinaryMessageSize(LARGEST_MESSAGE);
                        factory.setIdleTimeout(Duration.ofMinutes(10));
                    });
                    config.routes.get("/*", context -> {
                        String path = context.path();
                        if (path.endsWith("/bytes")) {
                            send(Long.parseLong(String.valueOf(context.queryParam("n"))), context.res());
                        } else {
                            context.contentType("text/plain");
                            context.res().setContentLength(SMALL.length);
                            context.res().getOutputStream().write(SMALL);
                        }
                    });
                    config.routes.post("/*", context -> context.result(String.valueOf(count(context.req().getInputStream()))));
                    config.routes.ws("/*", socket -> socket.onBinaryMessage(message -> message.send(message.data())));
                })
                .start();
    }

    private static void send(long bytes, jakarta.servlet.http.HttpServletResponse response) throws Exception {
        response.setContentType("application/octet-stream");
        response.setContentLengthLong(bytes);
        byte[] block = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            block[i] = (byte) (i * 31);
        }
        OutputStream out = response.getOutputStream();
        for (long left = bytes; left > 0; left -= BLOCK) {
            out.write(block, 0, (int) Math.min(left, BLOCK));
        }
    }

    private static long count(InputStream in) throws Exception {
        byte[] block = new byte[BLOCK];
        long all = 0;
        for (int read = in.read(block); read >= 0; read = in.read(block)) {
            all += read;
        }
        return all;
    }
}
