package io.lathe.workbench.web;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells that a failure comes of a full disk, and says so in a way that helps. */
public record FullDisk(Path folder) {
    private static final Pattern WORDS = Pattern.compile("No space left on device|SQLITE_FULL|Disk quota exceeded");

    /** Whether a failure, or what caused it, is a disk without room. */
    public static boolean causes(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (WORDS.matcher(String.valueOf(cause.getMessage())).find()) {
                return true;
            }
        }
        return false;
    }

    /** A problem of kind {@link ProblemCode#INSUFFICIENT_STORAGE}. */
    public LatheException problem(Throwable cause) {
        return new LatheException(ProblemCode.INSUFFICIENT_STORAGE, words(), cause);
    }

    String words() {
        return "The disk of the data folder '" + folder + "' is full" + free()
                + ". Free some space there and try again; what was there before is as it was.";
    }

    private String free() {
        try {
            long bytes = Files.getFileStore(folder).getUsableSpace();
            return String.format(Locale.ROOT, ": %,d KiB are free", bytes >> 10);
        } catch (IOException e) {
            return "";
        }
    }
}
