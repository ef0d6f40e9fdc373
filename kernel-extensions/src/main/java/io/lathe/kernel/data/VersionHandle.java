package io.lathe.kernel.data;

import io.lathe.datasets.schema.Schema;
import io.lathe.datasets.schema.SchemaInference;
import io.lathe.datasets.statistics.DatasetStatistics;
import io.lathe.datasets.tables.Tables;
import io.lathe.datasets.version.DatasetFile;
import io.lathe.datasets.version.DatasetVersion;
import io.lathe.datasets.version.Datasets;
import io.lathe.models.features.RowSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tech.tablesaw.api.Table;

/**
 * One immutable version of a dataset. Nothing is read until it is asked for; every read goes to the workbench and is
 * verified against the version's hashes. Thread-safe.
 */
public final class VersionHandle {

    private final Datasets datasets;
    private final DatasetVersion version;

    public VersionHandle(Datasets datasets, DatasetVersion version) {
        this.datasets = datasets;
        this.version = version;
    }

    /** Number, id, files and history of this version. */
    public DatasetVersion version() {
        return version;
    }

    /** Its name for papers and code: {@code penguins@v1}. */
    public String ref() {
        return version.ref().toString();
    }

    /** Its files: path, bytes, SHA-256. */
    public List<DatasetFile> files() {
        return version.files();
    }

    /** Writes all its files below an empty or missing folder, and returns the folder. */
    public Path saveTo(Path folder) {
        return datasets.materialise(version, folder);
    }

    /** Its one CSV file as a table. */
    public Table table() {
        return Tables.table(datasets.read(version)).setName(ref());
    }

    /** The named columns of its one CSV file, in the given order. */
    public Table table(String... columns) {
        return Tables.table(datasets.read(version), columns).setName(ref());
    }

    /** The rows of its one CSV file, for the models library; batches are read as they are asked for. */
    public RowSource rows() {
        return RowSource.of(datasets.read(version));
    }

    /** The profile of its one CSV file; computed once for a version, then kept beside it. */
    public DatasetStatistics statistics() {
        return datasets.statistics(version);
    }

    /** The shapes of its columns as plots. */
    public Histograms histograms() {
        return new Histograms(ref(), statistics());
    }

    /** The dataset's accepted schema, else the one inferred from this version. */
    public Schema schema() {
        return acceptedSchema().orElseGet(this::inferredSchema);
    }

    /** The schema the dataset must fit, if one was accepted. */
    public Optional<Schema> acceptedSchema() {
        return datasets.schema(version.dataset());
    }

    /** What this version alone suggests. */
    public Schema inferredSchema() {
        return SchemaInference.infer(statistics());
    }

    /** Makes a schema the one this dataset must fit. The same schema again changes nothing. */
    public SchemaView acceptSchema(Schema schema, String reason) {
        if (!acceptedSchema().equals(Optional.of(schema))) {
            datasets.acceptSchema(version.dataset(), schema, version.author(), reason);
        }
        return new SchemaView(version.dataset().value(), schema, SchemaView.Standing.ACCEPTED);
    }

    /** Compares this version with the dataset's accepted schema, as training data. */
    public CheckReport check() {
        return acceptedSchema()
                .map(schema -> CheckReport.of(ref(), datasets.check(version, Schema.TRAINING)))
                .orElseGet(() -> CheckReport.withoutSchema(ref()));
    }

    @Override
    public String toString() {
        return ref();
    }
}
