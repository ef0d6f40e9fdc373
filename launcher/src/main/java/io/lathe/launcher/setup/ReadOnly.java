package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Optional;

/** What to say where the checkout cannot be written. */
final class ReadOnly {
    private ReadOnly() {}

    static Optional<String> explain(IOException failure, Checkout checkout) {
        if (!(failure instanceof FileSystemException named)) {
            return Optional.empty();
        }
        boolean denied = named instanceof AccessDeniedException
                || String.valueOf(named.getReason()).contains("Read-only file system");
        return denied
                ? Optional.of(
                        "cannot write " + named.getFile() + ": " + checkout.root()
                                + " is read-only for you. Set LATHE_BUILD to a folder of your own, for example"
                                + " LATHE_BUILD=~/lathe-build, and run the same command again: Lathe then works in a copy there")
                : Optional.empty();
    }
}
