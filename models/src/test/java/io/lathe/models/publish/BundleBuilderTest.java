package io.lathe.models.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.store.Content;
import io.lathe.models.SampleModels;
import io.lathe.models.bundle.Bundle;
import io.lathe.models.bundle.BundleReader;
import io.lathe.models.features.RowSource;
import io.lathe.models.predict.Predictor;
import io.lathe.models.predict.SampleCheck;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BundleBuilderTest {
    @Test
    void aTrainedModelBecomesABundleThatAnswersTheSame() {
        BuiltBundle built = SampleModels.bundle("penguins", SampleModels.good());

        Bundle bundle = BundleReader.open(Content.of(built.zip()));
        try (Predictor predictor = Predictor.load(bundle)) {
            SampleCheck.check(predictor, bundle.samples());
            assertThat(predictor.labels()).isEqualTo(bundle.manifest().labels());
        }
        assertThat(bundle.id()).isEqualTo(built.bundle().id());
        assertThat(bundle.metrics().accuracy()).isGreaterThan(0.9);
        assertThat(bundle.manifest().provenance()).containsKeys("trainer", "tribuo", "trainedAt");
    }

    @Test
    void theSamplesHoldTheModelsColumnsOnlyAndOneRowPerLabel() {
        Bundle bundle = SampleModels.bundle("penguins", SampleModels.good()).bundle();

        assertThat(bundle.samples().samples())
                .extracting(sample -> sample.label())
                .containsExactlyInAnyOrder("Adelie", "Chinstrap", "Gentoo");
        assertThat(bundle.samples().samples().getFirst().row())
                .containsOnlyKeys(
                        "bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", "island", "sex");
    }

    @Test
    void withoutANameOrEvaluationDataNothingIsBuilt() {
        BundleBuilder builder = BundleBuilder.of(SampleModels.good());

        assertThatThrownBy(() -> builder.build(SampleModels.CREATED_AT))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("named(…)");
        assertThatThrownBy(() -> builder.named("penguins").build(SampleModels.CREATED_AT))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("evaluatedOn(…)");
    }

    @Test
    void aNameThatIsAPathIsRefused() {
        for (String name : List.of("../penguins", "Penguins", "a/b", "", "p".repeat(64), "1st")) {
            assertThatThrownBy(() -> SampleModels.bundle(name, SampleModels.good()))
                    .isInstanceOf(LatheException.class)
                    .hasMessageContaining("name");
        }
    }

    @Test
    void evaluationDataOfOtherColumnsIsRefusedNamingTheModelsColumns() {
        Map<String, @Nullable Object> other = Map.of("species", "Adelie", "height", 3.0);

        assertThatThrownBy(() -> BundleBuilder.of(SampleModels.good())
                        .named("penguins")
                        .evaluatedOn("other@v1", RowSource.of(List.of(other)))
                        .build(SampleModels.CREATED_AT))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("bill_length_mm");
    }
}
