package io.lathe.workbench.proxy;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The files and sockets that this process may have open. */
final class OpenFiles {
    /** Kept free for HTTP connections, the database, logs and uploads. */
    private static final long RESERVE = 256;

    private OpenFiles() {}

    /** How many this process may have open at once. */
    static long limit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    /** How many tunnels fit below the limit: each has a socket to the browser and one to the notebook server. */
    static long tunnels(long limit) {
        return Math.max(1, (limit - RESERVE) / 2);
    }
}
