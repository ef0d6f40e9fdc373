package io.lathe.launcher.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** The two streams of a command. */
public final class Terminal {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintStream out;
    private final PrintStream err;

    public Terminal(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Prints one line of the command's result. */
    public void result(String line) {
        out.println(line);
        out.flush();
    }

    /** Prints a value as one line of JSON. */
    public void json(Object value) {
        try {
            result(JSON.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("results are plain maps, lists and JSON trees", e);
        }
    }

    /** Tells the user what goes on. */
    public void progress(String line) {
        err.println("lathe: " + line);
        err.flush();
    }

    /** Prints text that belongs to the progress line before it, as it is. */
    public void detail(String text) {
        text.lines().forEach(line -> err.println("  | " + line));
        err.flush();
    }

    public PrintStream out() {
        return out;
    }

    public PrintStream err() {
        return err;
    }

    /** For example {@code 3.2 s}. */
    public static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
