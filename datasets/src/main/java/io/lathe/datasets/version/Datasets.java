package io.lathe.datasets.version;

import io.lathe.datasets.read.CsvOptions;
import io.lathe.datasets.read.CsvTable;
import io.lathe.datasets.schema.Anomaly;
import io.lathe.datasets.schema.Schema;
import io.lathe.datasets.statistics.DatasetStatistics;
import io.lathe.datasets.store.ObjectStore;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Skeleton. */
@SuppressWarnings({"UnusedVariable", "DoNotCallSuggester"}) // skeleton, filled in the next commit
public final class Datasets {
    private final ObjectStore store;
    private final Clock clock;

    public Datasets(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    public void initialise() {
        throw new UnsupportedOperationException();
    }

    public List<DatasetName> names() {
        throw new UnsupportedOperationException();
    }

    /** Oldest first; empty when there is no such dataset. */
    public List<DatasetVersion> log(DatasetName name) {
        throw new UnsupportedOperationException();
    }

    public Optional<DatasetVersion> find(VersionRef ref) {
        throw new UnsupportedOperationException();
    }

    public DatasetVersion load(VersionRef ref) {
        throw new UnsupportedOperationException();
    }

    public CommitResult commit(CommitRequest request) {
        throw new UnsupportedOperationException();
    }

    public void tag(VersionRef version, String tag) {
        throw new UnsupportedOperationException();
    }

    public InputStream open(DatasetVersion version, String path) {
        throw new UnsupportedOperationException();
    }

    public Path materialise(DatasetVersion version, Path folder) {
        throw new UnsupportedOperationException();
    }

    public Optional<Schema> schema(DatasetName name) {
        throw new UnsupportedOperationException();
    }

    public void acceptSchema(DatasetName name, Schema schema, String author, String reason) {
        throw new UnsupportedOperationException();
    }

    /** Anomalies of a version against its dataset's accepted schema. NOT_FOUND when it has none. */
    public List<Anomaly> check(DatasetVersion version, String environment) {
        throw new UnsupportedOperationException();
    }

    public DatasetStatistics statistics(DatasetVersion version) {
        throw new UnsupportedOperationException();
    }

    /** Its single CSV file, read by the dataset's accepted schema if there is one. */
    public CsvTable read(DatasetVersion version) {
        throw new UnsupportedOperationException();
    }

    /** One file of it, read by the given options. */
    public CsvTable read(DatasetVersion version, String path, CsvOptions options) {
        throw new UnsupportedOperationException();
    }
}
