package io.lathe.workbench.proxy;

import java.time.Duration;

/**
 * How long the proxy waits and how much it holds.
 *
 * @param connect until the notebook server accepts a connection
 * @param silence how long a request may go on without a byte in either direction
 * @param handshake until the notebook server answers a WebSocket upgrade
 * @param halfClosed how long a tunnel may be silent after one side has ended
 * @param stalled how long one side of a tunnel may take nothing of what was written to it
 * @param farewell how long a tunnel that is being closed waits for both sides to see why
 * @param watch between two looks at whether tunnels may stay open
 * @param messageBytes payload of one WebSocket message, in either direction
 * @param bodyBytes body of one request; a larger file is sent in pieces, as JupyterLab does
 * @param tunnels WebSockets open at once, over all projects; each takes two of the process's open files
 * @param tunnelsOfProject WebSockets open at once for one project
 */
public record ProxyLimits(
        Duration connect,
        Duration silence,
        Duration handshake,
        Duration halfClosed,
        Duration stalled,
        Duration farewell,
        Duration watch,
        long messageBytes,
        long bodyBytes,
        int tunnels,
        int tunnelsOfProject) {
    /**
     * A cell's download may be silent while it is made, so ten minutes. Jupyter itself gives a browser up that has answered no ping
     * for 90 seconds, so one that takes nothing for two minutes is dead. 64 and 512 MiB are what Jupyter takes, too.
     */
    public static ProxyLimits defaults() {
        return new ProxyLimits(
                Duration.ofSeconds(5),
                Duration.ofMinutes(10),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                Duration.ofMinutes(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                64L << 20,
                512L << 20,
                20_000,
                10_000);
    }
}
