package io.lathe.models.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.store.Content;
import io.lathe.models.ModelKind;
import io.lathe.models.SampleModels;
import io.lathe.models.SampleRegressions;
import io.lathe.models.predict.Predictor;
import io.lathe.models.predict.SampleCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Bundles as they were before there was a second kind; this file was written by that version. */
class OldBundleTest {
    @Test
    void anOlderBundleStillReadsPredictsAndWritesBackToTheSameId() throws IOException {
        Bundle bundle = BundleReader.open(Content.of(old()));

        assertThat(bundle.id().sha256()).isEqualTo("e492a361a09795504fd4ffaa73a7c73e78cccc253622feb70ad55e9c383c335a");
        assertThat(bundle.manifest().kind()).isEqualTo(ModelKind.CLASSIFICATION);
        try (Predictor predictor = Predictor.load(bundle)) {
            assertThat(predictor.labels()).isEqualTo(SampleModels.LABELS);
            SampleCheck.check(predictor, bundle.samples());
        }
        byte[] again = BundleWriter.write(new BundleContents(
                bundle.manifest().model(),
                bundle.manifest().createdAt(),
                bundle.modelFile(),
                bundle.features(),
                bundle.manifest().labels(),
                bundle.metrics(),
                bundle.samples(),
                bundle.manifest().trainedOn(),
                bundle.manifest().evaluatedOn(),
                bundle.manifest().provenance()));
        assertThat(BundleReader.open(Content.of(again)).id()).isEqualTo(bundle.id());
    }

    @Test
    void aKindThatIsNotThatOfTheTransformsOrNotKnownIsRefused() {
        Bundle numbers =
                SampleRegressions.bundle("mass", SampleRegressions.good()).bundle();
        String manifest = new String(numbers.manifest().toJson(), StandardCharsets.UTF_8);

        assertThatThrownBy(() -> BundleManifest.fromJson(manifest.replace("tribuo-regression", "tribuo-clustering")
                        .getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("tribuo-classification and tribuo-regression");
        assertThatThrownBy(() -> BundleManifest.fromJson(manifest.replace(
                                "\"kind\":\"tribuo-regression\"", "\"kind\":\"tribuo-regression\",\"labels\":[\"a\"]")
                        .getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(LatheException.class);
        assertThatThrownBy(() -> BundleManifest.fromJson(manifest.replace("tribuo-regression", "tribuo-classification")
                        .getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("labels");
    }

    private static byte[] old() throws IOException {
        try (InputStream in = OldBundleTest.class.getResourceAsStream("/penguins-of-format-0.zip")) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }
}
