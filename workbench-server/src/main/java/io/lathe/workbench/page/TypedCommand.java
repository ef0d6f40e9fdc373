package io.lathe.workbench.page;

import java.nio.file.Path;

/**
 * Commands of {@code ./lathe} as they must be typed to mean this workbench: with {@code --data} unless its data folder is the standard one.
 *
 * @param option what follows the words: nothing, or the option with the space before it
 */
public record TypedCommand(String option) {
    /**
     * @param data the workbench's data folder
     * @param home what it runs from: a checkout, or the copy of its jars that set-up keeps in {@code .build} of one
     */
    public static TypedCommand of(Path data, Path home) {
        Path folder = home.getParent();
        Path standard =
                folder != null && folder.endsWith(".build") ? folder.resolveSibling(".lathe") : home.resolve(".lathe");
        return new TypedCommand(data.equals(standard) ? "" : " --data " + quoted(data.toString()));
    }

    /** For example {@code ./lathe login --data /srv/trial}. */
    public String of(String words) {
        return "./lathe " + words + option;
    }

    /** As a POSIX shell takes it for one word. */
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
