package io.lathe.workbench.project;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.store.Content;
import io.lathe.datasets.version.CommitRequest;
import io.lathe.datasets.version.DatasetName;
import io.lathe.datasets.version.Datasets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Commits the datasets that a template declares, where they are not there yet. Thread-safe. */
public final class Seeding {
    private final Datasets datasets;
    private final Path python;

    /** @param python the private Python environment */
    public Seeding(Datasets datasets, Path python) {
        this.datasets = datasets;
        this.python = python;
    }

    /**
     * Looks for every declared file before anything is committed.
     *
     * @throws LatheException UNAVAILABLE when one is missing
     */
    void require(Template template) {
        template.datasets().forEach(this::file);
    }

    void seed(Template template) {
        for (Template.Seed seed : template.datasets()) {
            DatasetName name = new DatasetName(seed.name());
            if (datasets.log(name).isEmpty()) {
                Path file = file(seed);
                datasets.commit(new CommitRequest(
                        name,
                        Map.of(String.valueOf(file.getFileName()), Content.of(file)),
                        "First version, from the Python package " + seed.pythonPackage(),
                        "lathe",
                        "Python package " + seed.pythonPackage() + ", " + seed.path(),
                        "Declared by template " + template.name()));
            }
        }
    }

    private Path file(Template.Seed seed) {
        return sitePackages().stream()
                .map(packages -> packages.resolve(seed.pythonPackage()).normalize())
                .map(folder -> folder.resolve(seed.path()).normalize())
                .filter(file -> file.startsWith(python) && Files.isRegularFile(file))
                .findFirst()
                .orElseThrow(() -> new LatheException(
                        ProblemCode.UNAVAILABLE,
                        "Dataset '" + seed.name() + "' comes with the Python package " + seed.pythonPackage()
                                + ", which is not installed in .build/python. Run ./lathe up, which installs it."));
    }

    private List<Path> sitePackages() {
        Path lib = python.resolve("lib");
        if (!Files.isDirectory(lib)) {
            return List.of();
        }
        try (Stream<Path> versions = Files.list(lib)) {
            return versions.filter(
                            version -> String.valueOf(version.getFileName()).startsWith("python"))
                    .map(version -> version.resolve("site-packages"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + lib, e);
        }
    }
}
