package io.lathe.launcher.setup;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** An installed Chromium, for the browser tests. */
record Chromium(Path program) {
    static Optional<Chromium> find() {
        return Stream.concat(
                        Programs.named("LATHE_CHROMIUM").stream(),
                        Stream.of("chromium", "chromium-browser", "google-chrome")
                                .flatMap(name -> Programs.onPath(name).stream()))
                .map(Chromium::new)
                .findFirst();
    }
}
