package io.lathe.workbench.proxy;

import java.time.Duration;

/**
 * How long the proxy waits and how much it holds.
 *
 * @param connect until the notebook server accepts a connection
 * @param silence how long a request may go on without a byte in either direction
 * @param handshake until the notebook server answers a WebSocket upgrade
 * @param halfClosed how long a tunnel may be silent after one side has ended
 * @param tunnels WebSockets open at once, over all projects
 * @param tunnelsOfProject WebSockets open at once for one project
 */
public record ProxyLimits(
        Duration connect,
        Duration silence,
        Duration handshake,
        Duration halfClosed,
        int tunnels,
        int tunnelsOfProject) {
    /** A cell's download may be silent while it is made, so ten minutes; a browser opens about five WebSockets for each notebook. */
    public static ProxyLimits defaults() {
        return new ProxyLimits(
                Duration.ofSeconds(5),
                Duration.ofMinutes(10),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                2_000,
                500);
    }
}
