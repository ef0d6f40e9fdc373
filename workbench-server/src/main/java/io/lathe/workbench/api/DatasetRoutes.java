package io.lathe.workbench.api;

import io.javalin.http.Context;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.version.DatasetName;
import io.lathe.datasets.version.DatasetVersion;
import io.lathe.datasets.version.Datasets;
import io.lathe.workbench.web.Body;
import java.util.List;
import java.util.Optional;

/** The datasets there are. */
public final class DatasetRoutes {
    private record Version(int version, String id, String createdAt, String message) {
        static Version of(DatasetVersion version) {
            return new Version(
                    version.number(), version.id(), version.createdAt().toString(), version.message());
        }
    }

    private record Dataset(String name, int latest, List<Version> versions, Optional<String> error) {}

    private final Datasets datasets;

    public DatasetRoutes(Datasets datasets) {
        this.datasets = datasets;
    }

    public void list(Context ctx) {
        Body.answer(ctx, datasets.names().stream().map(this::dataset).toList());
    }

    private Dataset dataset(DatasetName name) {
        try {
            List<DatasetVersion> log = datasets.log(name);
            return new Dataset(
                    name.value(),
                    log.isEmpty() ? 0 : log.getLast().number(),
                    log.stream().map(Version::of).toList(),
                    Optional.empty());
        } catch (LatheException e) {
            // The others can still be used.
            return new Dataset(name.value(), 0, List.of(), Optional.of(String.valueOf(e.getMessage())));
        }
    }
}
