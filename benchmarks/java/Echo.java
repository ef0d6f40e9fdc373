import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;

/** The ceiling of any endpoint on this server: Javalin, set up as the serving endpoint sets it up, answering each POST with its own body. Prints its port. */
public final class Echo {

    public static void main(String[] arguments) {
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.concurrency.useVirtualThreads = true;
            config.http.compressionStrategy = CompressionStrategy.NONE;
            config.jetty.host = "127.0.0.1";
            config.jetty.port = 0;
            config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
            config.routes.post("/*", context -> context.contentType("application/json").result(context.bodyAsBytes()));
        });
        System.out.println("echo port " + javalin.start().port());
    }
}
