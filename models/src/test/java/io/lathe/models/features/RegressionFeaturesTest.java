package io.lathe.models.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.schema.FeatureType;
import io.lathe.datasets.schema.Schema;
import io.lathe.models.SampleModels;
import io.lathe.models.SampleRegressions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.regression.Regressor;

class RegressionFeaturesTest {
    @Test
    void theAnswersAreTheColumnsNumbersInItsOwnUnit() {
        RowSource rows = RowSource.of(List.of(row(1.5, 10L), row(2.5, 30.25)));

        MutableDataset<Regressor> dataset =
                Features.regress("y").numeric("x").fit(rows).dataset(rows, Optional.empty());

        assertThat(dataset.getData())
                .extracting(example -> example.getOutput().getValues()[0])
                .containsExactly(10.0, 30.25);
        assertThat(dataset.getData().getFirst().getOutput().getNames()).containsExactly("y");
    }

    @Test
    void aResponseThatIsMissingOrNoNumberIsRefusedByRow() {
        for (Object wrong : new @Nullable Object[] {null, "10", true, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Features.regress("y")
                            .numeric("x")
                            .fit(RowSource.of(List.of(row(1.0, 1.0), row(2.0, wrong)))))
                    .isInstanceOf(LatheException.class)
                    .hasMessageContaining("Row 2")
                    .hasMessageContaining("'y'");
        }
    }

    @Test
    void theContractExpectsANumberForTheResponseInTrainingAndNoneInServing() {
        Schema contract = SampleRegressions.features()
                .fit(RowSource.of(SampleModels.trainingRows()))
                .contract();

        assertThat(contract.find("body_mass_g").orElseThrow().type()).isEqualTo(FeatureType.FLOAT);
        assertThat(contract.forEnvironment(Schema.SERVING).find("body_mass_g")).isEmpty();
    }

    @Test
    void jsonReadsBackToEqualFeaturesOfTheirOwnKind() {
        FittedFeatures<Regressor> fitted = SampleRegressions.features().fit(RowSource.of(SampleModels.trainingRows()));

        FittedFeatures<?> read = FittedFeatures.fromJson(fitted.toJson());

        assertThat(read).isEqualTo(fitted);
        assertThat(fitted.toJson()).doesNotContain("labels");
        assertThatThrownBy(() -> read.as(Label.class)).isInstanceOf(LatheException.class);
    }

    private static Map<String, @Nullable Object> row(@Nullable Object x, @Nullable Object y) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("x", x);
        row.put("y", y);
        return row;
    }
}
