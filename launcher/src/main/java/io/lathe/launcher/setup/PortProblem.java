package io.lathe.launcher.setup;

import java.io.IOException;

/** Why a port cannot be listened on, and what to do. */
public final class PortProblem {
    private PortProblem() {}

    /** @param option the option that chooses another port */
    public static String of(int port, IOException failure, String option) {
        String choose = "choose another with " + option + " N (0 picks a free one)";
        if (String.valueOf(failure.getMessage()).contains("Permission denied")) {
            return "port " + port + " is for the system's administrator alone: " + choose;
        }
        return "port " + port + " is in use by " + PortHolder.find(port).orElse("another program") + ": stop that, or "
                + choose;
    }
}
