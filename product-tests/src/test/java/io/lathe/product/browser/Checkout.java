package io.lathe.product.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of the sources this test was built from; {@code ./lathe} is in it. */
record Checkout(Path root) {
    static Checkout here() {
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

    Path lathe() {
        return root.resolve("lathe");
    }

    /** A folder for what this run leaves behind to be looked at. */
    Path leavings(String name) {
        return root.resolve("product-tests/target").resolve(name);
    }
}
