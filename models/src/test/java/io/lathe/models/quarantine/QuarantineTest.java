package io.lathe.models.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lathe.datasets.store.Content;
import io.lathe.models.SampleModels;
import io.lathe.models.bundle.Bundle;
import io.lathe.models.bundle.BundleContents;
import io.lathe.models.bundle.BundleReader;
import io.lathe.models.bundle.BundleWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a candidate says of its own making. */
class QuarantineTest {
    @TempDir
    Path folder = Path.of("");

    private QuarantineReport examine(Instant createdAt, Optional<String> trainedOn) throws IOException {
        Bundle sound = BundleReader.open(Content.of(SampleModels.goodBundle("penguins")));
        byte[] zip = BundleWriter.write(new BundleContents(
                "penguins",
                createdAt,
                sound.modelFile(),
                sound.features(),
                sound.manifest().labels(),
                sound.metrics(),
                sound.samples(),
                trainedOn,
                Optional.empty(),
                sound.manifest().provenance()));
        return Quarantine.examine(new QuarantineRequest(
                Files.write(folder.resolve("candidate.zip"), zip),
                Optional.empty(),
                Files.write(folder.resolve("test.csv"), SampleModels.evaluationCsv())));
    }

    @Test
    void candidateTrainedOnWhatIsNoDatasetVersionIsRefused() throws IOException {
        for (String version : List.of("\n../x", "penguins", "penguins@latest", "penguins@gold", "penguins@v0", "")) {
            assertThat(examine(SampleModels.CREATED_AT, Optional.of(version)))
                    .as(version)
                    .isInstanceOfSatisfying(
                            QuarantineReport.Refused.class,
                            refused -> assertThat(refused.reasons().getFirst())
                                    .contains("trainedOn", "no dataset version")
                                    .doesNotContain("\n"));
        }
    }

    @Test
    void candidateThatIsYetToBeMadeIsRefused() throws IOException {
        assertThat(examine(Instant.parse("2999-01-01T00:00:00Z"), Optional.of("penguins@v1")))
                .isInstanceOfSatisfying(
                        QuarantineReport.Refused.class,
                        refused -> assertThat(refused.reasons().getFirst()).contains("createdAt", "2999-01-01"));
    }

    @Test
    void candidateOfAClockThatIsHoursAheadIsAcceptedAndSoIsOneThatSaysNothingOfItsData() throws IOException {
        assertThat(examine(Instant.now().plus(Duration.ofHours(20)), Optional.empty()))
                .isInstanceOf(QuarantineReport.Accepted.class);
    }
}
