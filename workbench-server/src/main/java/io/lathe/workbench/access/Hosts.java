package io.lathe.workbench.access;

import java.util.Locale;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names this workbench answers to. Everything else is refused: a page on the internet whose name resolves to this machine must
 * not reach it. Thread-safe.
 */
public final class Hosts {
    private static final Set<String> WORKBENCH = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern PROJECT = Pattern.compile("([a-z][a-z0-9-]{0,29})\\.notebooks\\.localhost");

    /** What a {@code Host} header asks for. */
    public sealed interface Host {
        /** The workbench itself. */
        record Workbench() implements Host {}

        /** The host name of one project, whether it exists or not. */
        record OfProject(String project) implements Host {}

        /** Not ours. */
        record Unknown() implements Host {}
    }

    private final IntSupplier port;

    /** @param port the bound port, asked at each use, since it is known only once the server listens */
    public Hosts(IntSupplier port) {
        this.port = port;
    }

    /** Reads a {@code Host} header: name and port must match exactly. */
    public Host resolve(@Nullable String header) {
        if (header == null) {
            return new Host.Unknown();
        }
        String host = header.toLowerCase(Locale.ROOT);
        String suffix = ":" + port.getAsInt();
        if (host.endsWith(suffix)) {
            host = host.substring(0, host.length() - suffix.length());
        } else if (port.getAsInt() != 80) {
            return new Host.Unknown();
        }
        if (WORKBENCH.contains(host)) {
            return new Host.Workbench();
        }
        Matcher project = PROJECT.matcher(host);
        return project.matches() ? new Host.OfProject(project.group(1)) : new Host.Unknown();
    }

    /** {@code http://localhost:PORT}, without a slash at its end. */
    public String workbenchOrigin() {
        return "http://localhost:" + port.getAsInt();
    }

    /** {@code http://PROJECT.notebooks.localhost:PORT}, without a slash at its end. */
    public String projectOrigin(String project) {
        return "http://" + project + ".notebooks.localhost:" + port.getAsInt();
    }
}
