package io.lathe.product.browser;

import io.lathe.product.Checkout;
import io.lathe.product.LatheCommand;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Lathe, started on a data folder of its own and on ports of its own; closing it stops every process of it. */
final class RunningProduct implements AutoCloseable {
    // The first start on a fresh clone sets everything up.
    private static final Duration START = Duration.ofMinutes(20);
    private static final Duration STOP = Duration.ofMinutes(2);

    private final LatheCommand lathe;
    private final URI loginLink;

    private RunningProduct(LatheCommand lathe, URI loginLink) {
        this.lathe = lathe;
        this.loginLink = loginLink;
    }

    /** @param options of {@code ./lathe up}, beside those for the data folder and the ports */
    static RunningProduct start(Path data, String name, String... options) {
        Checkout checkout = Checkout.here();
        var lathe =
                new LatheCommand(checkout, data, checkout.leavings("browser").resolve(name));
        try {
            List<String> printed = lathe.run(
                    START,
                    "up",
                    Stream.concat(Stream.of("--port", "0", "--serving-port", "0"), Stream.of(options))
                            .toArray(String[]::new));
            return new RunningProduct(lathe, URI.create(printed.getLast().strip()));
        } catch (RuntimeException | AssertionError e) {
            // What was started before it failed must not stay.
            stop(lathe, e);
            throw e;
        }
    }

    /** Works once. */
    String loginLink() {
        return loginLink.toString();
    }

    /** Where the workbench's pages are, like {@code http://localhost:8080}. */
    String origin() {
        return loginLink.getScheme() + "://" + loginLink.getAuthority();
    }

    @Override
    public void close() {
        lathe.run(STOP, "down");
    }

    private static void stop(LatheCommand lathe, Throwable why) {
        try {
            lathe.run(STOP, "down");
        } catch (AssertionError e) {
            why.addSuppressed(e);
        }
    }
}
