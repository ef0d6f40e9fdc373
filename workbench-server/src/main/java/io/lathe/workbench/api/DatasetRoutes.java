package io.lathe.workbench.api;

import io.javalin.http.Context;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.version.DatasetName;
import io.lathe.datasets.version.DatasetVersion;
import io.lathe.datasets.version.Datasets;
import io.lathe.workbench.store.ProjectStoreRights;
import io.lathe.workbench.web.Gate;
import io.lathe.workbench.web.Paging;
import java.util.List;
import java.util.Optional;

/** The datasets there are. */
public final class DatasetRoutes {
    public record DatasetVersionView(int version, String id, String createdAt, String message) {
        static DatasetVersionView of(DatasetVersion version) {
            return new DatasetVersionView(
                    version.number(), version.id(), version.createdAt().toString(), version.message());
        }
    }

    public record DatasetView(String name, int latest, List<DatasetVersionView> versions, Optional<String> error) {}

    private final Datasets datasets;
    private final ProjectStoreRights rights;

    public DatasetRoutes(Datasets datasets, ProjectStoreRights rights) {
        this.datasets = datasets;
        this.rights = rights;
    }

    public void list(Context ctx) {
        Paging.answer(ctx, rights.datasets(Gate.ownerId(ctx)), DatasetName::value, this::dataset);
    }

    private DatasetView dataset(DatasetName name) {
        try {
            List<DatasetVersion> log = datasets.log(name);
            return new DatasetView(
                    name.value(),
                    log.isEmpty() ? 0 : log.getLast().number(),
                    log.stream().map(DatasetVersionView::of).toList(),
                    Optional.empty());
        } catch (LatheException e) {
            // The others can still be used.
            return new DatasetView(name.value(), 0, List.of(), Optional.of(String.valueOf(e.getMessage())));
        }
    }
}
