package io.lathe.serving.route;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.store.Content;
import io.lathe.models.bundle.Bundle;
import io.lathe.models.bundle.BundleReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bundles on disk, each under its own SHA-256; whatever is read from here has been verified. Thread-safe. */
public final class BundleFolder {

    private static final Logger log = LoggerFactory.getLogger(BundleFolder.class);

    private final Path folder;
    private final Workbench workbench;

    public BundleFolder(Path folder, Workbench workbench) {
        this.folder = folder;
        this.workbench = workbench;
        try {
            Files.createDirectories(folder);
            deleteWhere(name -> name.startsWith(".fetch-"));
        } catch (IOException e) {
            throw new UncheckedIOException("the bundles' folder cannot be made", e);
        }
    }

    /**
     * The verified bundle of that id, fetched when it is not here or no longer whole. Throws UNAVAILABLE when it cannot be
     * fetched now, another code when what came is not that bundle.
     */
    public Bundle load(String id) throws InterruptedException {
        Path file = folder.resolve(id + ".zip");
        if (Files.isRegularFile(file)) {
            try {
                return verified(file, id);
            } catch (LatheException e) {
                log.warn("Bundle {} on disk is not whole and is fetched again", id, e);
            }
        }
        try {
            Path fresh = Files.createTempFile(folder, ".fetch-", ".zip");
            try {
                workbench.download(id, fresh);
                Bundle bundle = verified(fresh, id);
                AtomicFiles.moveIntoPlace(fresh, file);
                return bundle;
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new LatheException(
                    ProblemCode.UNAVAILABLE,
                    "The bundle could not be written to disk. Check the room and the rights of the endpoint's data folder.",
                    e);
        }
    }

    /** Deletes every bundle but these. */
    public void retain(Set<String> ids) {
        try {
            deleteWhere(name -> name.endsWith(".zip") && !ids.contains(name.substring(0, name.length() - 4)));
        } catch (IOException e) {
            log.warn("Bundles no longer needed could not be deleted", e);
        }
    }

    private void deleteWhere(java.util.function.Predicate<String> unwanted) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (unwanted.test(file.getFileName().toString())) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static Bundle verified(Path file, String id) {
        Bundle bundle = BundleReader.open(Content.of(file));
        if (!bundle.id().sha256().equals(id)) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "The file holds bundle " + bundle.id().sha256() + ", not " + id + ". Publish the model again.");
        }
        return bundle;
    }
}
