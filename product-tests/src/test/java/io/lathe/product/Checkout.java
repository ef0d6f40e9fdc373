package io.lathe.product;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of the sources this test was built from; {@code ./lathe} is in it. */
public record Checkout(Path root) {
    public static Checkout here() {
        Path start = Optional.ofNullable(System.getProperty("lathe.home"))
                .map(Path::of)
                .orElse(Path.of(""))
                .toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isExecutable(folder.resolve("lathe"))) {
                return new Checkout(folder);
            }
        }
        throw new IllegalStateException("No folder above " + start + " holds the program 'lathe'");
    }

    public Path lathe() {
        return root.resolve("lathe");
    }

    /** A folder for what this run leaves behind to be looked at. */
    public Path leavings(String name) {
        return root.resolve("product-tests/target").resolve(name);
    }
}
