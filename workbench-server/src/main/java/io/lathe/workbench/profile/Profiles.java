package io.lathe.workbench.profile;

import io.lathe.datasets.schema.Anomaly;
import io.lathe.datasets.schema.Schema;
import io.lathe.datasets.statistics.DatasetStatistics;
import io.lathe.datasets.store.ObjectStore;
import io.lathe.datasets.version.Acceptance;
import io.lathe.datasets.version.DatasetFile;
import io.lathe.datasets.version.DatasetVersion;
import io.lathe.datasets.version.Datasets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Statistics and schema checks of dataset versions. Statistics are kept in the store and answered at once from then on; checks are
 * remembered while the workbench runs. Thread-safe.
 */
public final class Profiles implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(30);
    // Types are decided in a first pass over the file, values are seen in a second one.
    private static final int PASSES = 2;
    private static final int CHECK_PASSES = 3;

    private final Datasets datasets;
    private final BackgroundWork<DatasetStatistics> statistics;
    private final BackgroundWork<List<Anomaly>> checks;

    public Profiles(ObjectStore store, Datasets datasets, Clock clock) {
        this.datasets = datasets;
        this.statistics = new BackgroundWork<>(store, clock, LONGEST, "statistics");
        this.checks = new BackgroundWork<>(store, clock, LONGEST, "schema-checks");
    }

    /** The version's statistics; begins to compute them when nobody has yet. */
    public Answer<DatasetStatistics> statistics(DatasetVersion version) {
        Optional<DatasetStatistics> kept = datasets.findStatistics(version);
        if (kept.isPresent()) {
            return new Answer.Ready<>(kept.get());
        }
        return statistics.ask(
                name(version, schema(version)), PASSES * bytes(version), reader -> reader.statistics(version));
    }

    /** What of the version breaks its dataset's schema; empty when the dataset has none. */
    public Optional<Answer<List<Anomaly>>> anomalies(DatasetVersion version) {
        Optional<String> schema = schema(version);
        return schema.map(_ -> checks.ask(
                name(version, schema),
                CHECK_PASSES * bytes(version),
                reader -> reader.check(version, Schema.TRAINING)));
    }

    /** Forgets that something of this version could not be computed: whoever asks next begins it again. */
    public void again(DatasetVersion version) {
        String name = name(version, schema(version));
        statistics.forgetFailure(name);
        checks.forgetFailure(name);
    }

    /** The id of the schema that the version's dataset has now. */
    private Optional<String> schema(DatasetVersion version) {
        List<Acceptance> acceptances = datasets.acceptances(version.dataset());
        return acceptances.isEmpty()
                ? Optional.empty()
                : Optional.of(acceptances.getLast().id());
    }

    /** What is computed depends on the schema. */
    private static String name(DatasetVersion version, Optional<String> schema) {
        return version.id() + schema.map(id -> " by " + id).orElse("");
    }

    private static long bytes(DatasetVersion version) {
        return version.files().stream().mapToLong(DatasetFile::bytes).sum();
    }

    @Override
    public void close() {
        statistics.close();
        checks.close();
    }
}
