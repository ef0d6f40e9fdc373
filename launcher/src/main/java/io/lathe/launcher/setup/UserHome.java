package io.lathe.launcher.setup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The user's home, where tools keep what they fetched. In a container it may be missing, or belong to somebody else. */
final class UserHome {
    private UserHome() {}

    static Path path() {
        return Path.of(Optional.ofNullable(System.getenv("HOME"))
                .filter(home -> home.startsWith("/"))
                .orElse(System.getProperty("user.home")));
    }

    static boolean isUsable() {
        return path().isAbsolute() && Files.isDirectory(path()) && Files.isWritable(path());
    }

    /** What tools get for a home when that is of no use. */
    static Path instead(Checkout checkout) {
        return checkout.build().resolve("home");
    }
}
