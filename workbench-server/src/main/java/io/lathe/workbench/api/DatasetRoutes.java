package io.lathe.workbench.api;

import io.javalin.http.Context;
import io.lathe.datasets.version.DatasetVersion;
import io.lathe.datasets.version.Datasets;
import io.lathe.workbench.web.Body;
import java.util.List;

/** The datasets there are. */
public final class DatasetRoutes {
    private record Version(int version, String id, String createdAt, String message) {
        static Version of(DatasetVersion version) {
            return new Version(
                    version.number(), version.id(), version.createdAt().toString(), version.message());
        }
    }

    private record Dataset(String name, int latest, List<Version> versions) {}

    private final Datasets datasets;

    public DatasetRoutes(Datasets datasets) {
        this.datasets = datasets;
    }

    public void list(Context ctx) {
        Body.answer(
                ctx,
                datasets.names().stream()
                        .map(name -> {
                            List<DatasetVersion> log = datasets.log(name);
                            return new Dataset(
                                    name.value(),
                                    log.isEmpty() ? 0 : log.getLast().number(),
                                    log.stream().map(Version::of).toList());
                        })
                        .toList());
    }
}
