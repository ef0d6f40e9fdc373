package io.lathe.workbench.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What tests measured, one line each in {@code target/figures.tsv}; kept by {@code ./lathe test scale}. */
public final class Figures {
    private Figures() {}

    /** @param what the test's class, a dot, and what it measured */
    public static void add(String what, long number, String unit) {
        int dot = what.indexOf('.');
        String line = what.substring(0, dot) + "\t" + what.substring(dot + 1) + "\t" + number + "\t" + unit + "\n";
        try {
            Files.createDirectories(Path.of("target"));
            Files.writeString(
                    Path.of("target/figures.tsv"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
