package io.lathe.workbench.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Tells a person how far it is, every other second, and what a backup lacks. One thread uses it. */
final class BackupProgress {
    private static final long BETWEEN_LINES = Duration.ofSeconds(2).toNanos();
    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;

    private final Consumer<String> lines;
    private final String doing;
    private long bytes;
    private long said = System.nanoTime();

    /** @param doing for example {@code backing up} */
    BackupProgress(String doing, Consumer<String> lines) {
        this.doing = doing;
        this.lines = lines;
    }

    void moved(long more) {
        bytes += more;
        if (System.nanoTime() - said > BETWEEN_LINES) {
            said = System.nanoTime();
            lines.accept(doing + ": " + amount(bytes) + " so far");
        }
    }

    /** The bytes that went through so far, as they are outside of a zip. */
    long moved() {
        return bytes;
    }

    void leftOut(Path file, String why) {
        lines.accept("left out " + file + ": " + why);
    }

    void warn(String line) {
        lines.accept(line);
    }

    /** For example {@code 12.5 MiB}, and {@code 3 KiB} where it is less than one of those. */
    static String amount(long bytes) {
        return bytes < MIB
                ? Math.ceilDiv(bytes, KIB) + " KiB"
                : String.format(Locale.ROOT, "%.1f MiB", (double) bytes / MIB);
    }
}
