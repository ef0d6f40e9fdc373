package io.lathe.workbench.notebookserver;

import java.time.Duration;
import java.util.List;

/**
 * A way to run notebook servers: today as processes of this machine. It makes, looks at and ends them, and keeps no state of its own
 * that the next workbench would need: that is in {@link Placement}. Thread-safe.
 */
public sealed interface Provisioner permits ProcessProvisioner {
    /**
     * Checks what a start needs and lays out the server's own files.
     *
     * @throws io.lathe.datasets.problem.LatheException when something is missing, saying what to do
     */
    void prepare(LaunchRequest request);

    /** Launches the prepared server and returns without waiting for it to answer. May be called again after {@link Health.LostPort}. */
    Placement launch(LaunchRequest request);

    /** Looks whether what was launched is still there; does not ask it over the network. */
    Health look(String serverId, Placement placement);

    /**
     * Asks the server to end its kernels and itself, waits for {@code grace}, then ends by force whatever is left of it. Nothing is
     * touched that is not provably this server's.
     */
    void stop(String serverId, Placement placement, Duration grace);

    /** Ends by force everything left of a server that ended by itself, or whose placement was never learnt; removes its files but the log. */
    void clean(String serverId);

    /** Tells other programs what state the server is in, where the provisioner has a place for that. */
    void announce(String serverId, String project, Placement placement, NotebookServer.State state);

    /** The last lines of its output, oldest first; empty when there is none. */
    List<String> logTail(String serverId);
}
