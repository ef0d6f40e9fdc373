package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What tests measured: a test appends lines {@code <test>\t<what>\t<number>\t<unit>} to {@code target/figures.tsv} of its module, where the
 * test is named as in Surefire's reports, simple class name and method.
 */
record Figures(List<Figure> figures) {
    /** One measured number. */
    record Figure(String test, String what, String number, String unit) {
        String json() {
            return "{\"what\":" + JsonText.quoted(what) + ",\"value\":" + number + ",\"unit\":" + JsonText.quoted(unit)
                    + "}";
        }
    }

    Figures {
        figures = List.copyOf(figures);
    }

    static void clear(Path root) throws IOException {
        for (Path file : files(root)) {
            Files.deleteIfExists(file);
        }
    }

    /** @throws SetupFailure on a line that is not of the form above: a figure that nobody sees is worth nothing */
    static Figures read(Path root) throws IOException {
        List<Figure> figures = new ArrayList<>();
        for (Path file : files(root)) {
            for (String line : Files.readAllLines(file)) {
                figures.add(parse(line)
                        .orElseThrow(() -> new SetupFailure("'" + line + "' in " + file
                                + " is not <test>TAB<what>TAB<number>TAB<unit>; correct the test that wrote it")));
            }
        }
        return new Figures(figures);
    }

    List<Figure> of(String test) {
        return figures.stream().filter(figure -> figure.test().equals(test)).toList();
    }

    private static Optional<Figure> parse(String line) {
        String[] parts = line.split("\t", -1);
        return parts.length == 4 && parts[2].matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d+)?")
                ? Optional.of(new Figure(parts[0], parts[1], parts[2], parts[3]))
                : Optional.empty();
    }

    private static List<Path> files(Path root) throws IOException {
        try (var modules = Files.list(root)) {
            return modules.map(module -> module.resolve("target").resolve("figures.tsv"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }
}
