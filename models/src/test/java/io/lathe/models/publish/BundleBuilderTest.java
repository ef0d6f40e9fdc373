package io.lathe.models.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.store.Content;
import io.lathe.models.ModelKind;
import io.lathe.models.SampleModels;
import io.lathe.models.SampleRegressions;
import io.lathe.models.bundle.Bundle;
import io.lathe.models.bundle.BundleReader;
import io.lathe.models.bundle.Samples;
import io.lathe.models.evaluation.ClassificationMetrics;
import io.lathe.models.evaluation.RegressionMetrics;
import io.lathe.models.features.RowSource;
import io.lathe.models.predict.Predictor;
import io.lathe.models.predict.SampleCheck;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;

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
        assertThat(((ClassificationMetrics) bundle.metrics()).accuracy()).isGreaterThan(0.9);
        assertThat(bundle.manifest().provenance()).containsKeys("trainer", "tribuo", "trainedAt");
    }

    @Test
    void theSamplesHoldTheModelsColumnsOnlyAndOneRowPerLabel() {
        Bundle bundle = SampleModels.bundle("penguins", SampleModels.good()).bundle();

        assertThat(bundle.samples().samples())
                .extracting(sample -> ((Samples.Labelled) sample.answer()).label())
                .containsExactlyInAnyOrder("Adelie", "Chinstrap", "Gentoo");
        assertThat(bundle.samples().samples().getFirst().row())
                .containsOnlyKeys(
                        "bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", "island", "sex");
    }

    @Test
    void aRegressionBecomesABundleOfItsOwnKindThatAnswersTheSame() {
        BuiltBundle built = SampleRegressions.bundle("mass", SampleRegressions.good());

        Bundle bundle = BundleReader.open(Content.of(built.zip()));
        assertThat(bundle.manifest().kind()).isEqualTo(ModelKind.REGRESSION);
        assertThat(bundle.manifest().labels()).isEmpty();
        assertThat(bundle.metrics())
                .isInstanceOfSatisfying(
                        RegressionMetrics.class,
                        metrics -> assertThat(metrics.r2()).isGreaterThan(0.5));
        assertThat(bundle.samples().samples()).hasSize(10);
        assertThat(bundle.samples().samples().getFirst().row()).doesNotContainKey("body_mass_g");
        try (Predictor predictor = Predictor.load(bundle)) {
            SampleCheck.check(predictor, bundle.samples());
        }
    }

    @Test
    void aModelOfSeveralNumbersIsRefusedNamingThem() {
        assertThatThrownBy(() -> BundleBuilder.of(SampleRegressions.ofTwoNumbers()))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("answers 2 numbers")
                .hasMessageContaining("length, width");
    }

    @Test
    void aClassifierIsToldWhichModelsGiveProbabilities() {
        Model<Label> tree = SampleModels.train(
                SampleModels.features(), SampleModels.trainingRows(), new CARTClassificationTrainer(3));

        assertThatThrownBy(() -> BundleBuilder.of(tree))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("random forest");
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
