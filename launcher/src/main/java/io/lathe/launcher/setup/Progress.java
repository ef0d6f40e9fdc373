package io.lathe.launcher.setup;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Where set-up says what it does: one line per event, on standard error. */
public final class Progress {
    private final PrintStream stream;

    public Progress(PrintStream stream) {
        this.stream = stream;
    }

    /** Prints one line. */
    public void say(String line) {
        stream.println("lathe: " + line);
        stream.flush();
    }

    /** Prints a line that belongs to the one before it. */
    void detail(String line) {
        stream.println("       " + line);
        stream.flush();
    }

    /** For example {@code 3.2 s} or {@code 2 min 5 s}. */
    public static String seconds(Duration time) {
        return time.toSeconds() < 100
                ? String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0)
                : time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }
}
