package io.lathe.serving.route;

import io.lathe.datasets.problem.LatheException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last good route document on disk: what was really served, so that a restart without the workbench serves the same. */
public final class RouteFile {

    private static final Logger log = LoggerFactory.getLogger(RouteFile.class);
    private static final long MOST_BYTES = 16L << 20;

    private final Path file;

    public RouteFile(Path folder) {
        this.file = folder.resolve("routes.json");
    }

    /** The kept document; empty when there is none or it cannot be read (then the workbench is asked). */
    public Optional<RouteDocument> find() {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
                return Optional.empty();
            }
            return Optional.of(RouteJson.parse(Files.readAllBytes(file)));
        } catch (IOException | LatheException e) {
            log.warn("The kept route document {} cannot be used; waiting for the workbench", file, e);
            return Optional.empty();
        }
    }

    /** Replaces the kept document. Throws UncheckedIOException when it cannot be written; the one before is kept then. */
    public void save(RouteDocument document) {
        try {
            AtomicFiles.replace(file, RouteJson.print(document));
        } catch (IOException e) {
            throw new UncheckedIOException("the route document could not be kept", e);
        }
    }
}
