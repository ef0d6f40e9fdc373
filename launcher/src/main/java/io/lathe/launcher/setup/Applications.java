package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One copy of the built jars with their libraries, laid out like the checkout, which can serve as its home. */
record Applications(Checkout checkout, String fingerprint) {
    private static final String PREFIX = "applications-";

    Path folder() {
        return checkout.build().resolve(PREFIX + fingerprint.substring(0, 12));
    }

    /** Copies the modules' jars, then makes this copy the current one and removes those that nothing runs from. */
    void install(List<String> modules) throws IOException {
        Path making = checkout.build().resolve(".applications.new");
        Folders.delete(making);
        for (String module : modules) {
            Path jar = checkout.built(module);
            Path target = Files.createDirectories(making.resolve(module).resolve("target"));
            Files.copy(jar, target.resolve(jar.getFileName()));
            Path libraries = jar.resolveSibling("lib");
            if (Files.isDirectory(libraries)) {
                Folders.copyInto(libraries, target.resolve("lib"));
            }
        }
        Files.createSymbolicLink(making.resolve(".build"), checkout.build());
        Files.createSymbolicLink(making.resolve("templates"), checkout.root().resolve("templates"));
        Folders.delete(folder());
        Files.move(making, folder());
        Folders.link(checkout.applications(), folder().getFileName());
        Folders.deleteUnused(checkout.build(), PREFIX + "*", folder());
    }
}
