package io.lathe.launcher.setup;

import java.nio.file.Path;

/** Commands as they are typed into a shell. */
public final class TypedCommand {
    private TypedCommand() {}

    /**
     * For example {@code ./lathe up --data /srv/trial}.
     *
     * @param data the folder that it is about
     * @param standard the folder that it would mean without naming one
     */
    public static String of(String words, Path data, Path standard) {
        return "./lathe " + words + (data.equals(standard) ? "" : " --data " + quoted(data.toString()));
    }

    /** The word itself where a shell takes it as it is, else in single quotes. */
    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
