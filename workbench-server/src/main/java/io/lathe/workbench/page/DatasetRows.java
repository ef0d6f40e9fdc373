package io.lathe.workbench.page;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.version.DatasetFile;
import io.lathe.datasets.version.DatasetName;
import io.lathe.datasets.version.DatasetVersion;
import io.lathe.datasets.version.Datasets;
import io.lathe.datasets.version.Selector;
import io.lathe.datasets.version.VersionRef;
import java.time.Instant;
import java.util.List;

/** Datasets and versions in lists, each by itself: one that is damaged keeps nobody from the others. Thread-safe. */
final class DatasetRows {
    private static final When NEVER = When.of(Instant.EPOCH);

    private final Datasets datasets;

    DatasetRows(Datasets datasets) {
        this.datasets = datasets;
    }

    DatasetsPage.Row row(DatasetName name) {
        try {
            DatasetVersion newest = datasets.load(new VersionRef(name, new Selector.Latest()));
            return new DatasetsPage.Row(
                    name.value(), newest.number(), content(newest), newest.message(), When.of(newest.createdAt()), "");
        } catch (LatheException e) {
            return new DatasetsPage.Row(name.value(), 0, "", "", NEVER, String.valueOf(e.getMessage()));
        }
    }

    DatasetPage.Version version(DatasetName name, int number, List<String> tags, Uses uses) {
        try {
            DatasetVersion version = datasets.load(new VersionRef(name, new Selector.Version(number)));
            return new DatasetPage.Version(
                    number,
                    When.of(version.createdAt()),
                    version.author(),
                    version.message(),
                    content(version),
                    version.source(),
                    tags,
                    uses,
                    "");
        } catch (LatheException e) {
            return new DatasetPage.Version(number, NEVER, "", "", "", "", tags, uses, String.valueOf(e.getMessage()));
        }
    }

    static String content(DatasetVersion version) {
        long bytes = version.files().stream().mapToLong(DatasetFile::bytes).sum();
        return Figures.count(version.files().size(), "file") + ", " + Figures.bytes(bytes);
    }
}
