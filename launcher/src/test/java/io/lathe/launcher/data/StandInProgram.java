package io.lathe.launcher.data;

import java.io.IOException;
import java.nio.file.Path;

/** A process with the command line of one of Lathe's programs; it waits for input that never comes. */
public final class StandInProgram {
    private StandInProgram() {}

    /** Whoever starts it ends it. Its command line says port 4711. */
    public static Process start(String jar, Path data) throws IOException {
        return new ProcessBuilder(
                        "sh", "-c", "read line", "sh", "-jar", "/x/" + jar, "--data", data.toString(), "--port", "4711")
                .start();
    }
}
