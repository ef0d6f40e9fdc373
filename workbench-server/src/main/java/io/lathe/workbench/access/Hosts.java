package io.lathe.workbench.access;

import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The names this workbench answers to. Everything else is refused: a page on the internet whose name resolves to this machine must
 * not reach it. Thread-safe.
 */
public final class Hosts {
    private static final Set<String> WORKBENCH = Set.of("localhost", "127.0.0.1", "[::1]");

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
    private final NotebookHosts notebooks;

    /** Hosts with names for the projects. */
    public Hosts(IntSupplier port) {
        this(port, new NotebookNames());
    }

    /** @param port the bound port, asked at each use, since it is known only once the server listens */
    public Hosts(IntSupplier port, NotebookHosts notebooks) {
        this.port = port;
        this.notebooks = notebooks;
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
        return notebooks.findProject(host).<Host>map(Host.OfProject::new).orElseGet(Host.Unknown::new);
    }

    /** {@code http://localhost:PORT}, without a slash at its end. */
    public String workbenchOrigin() {
        return "http://localhost:" + port.getAsInt();
    }

    /** Like {@code http://PROJECT.notebooks.localhost:PORT}, without a slash at its end. */
    public String projectOrigin(String project) {
        return "http://" + notebooks.host(project) + ":" + port.getAsInt();
    }

    /** All projects' origins, as a source in a content security policy. */
    public String projectOrigins() {
        return "http://" + notebooks.policy() + ":" + port.getAsInt();
    }

    /** Tells which addresses must be listened on; see {@link NotebookHosts#listen}. */
    public void listen(Consumer<String> listener) {
        notebooks.listen(listener);
    }
}
