package io.lathe.models.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lathe.datasets.problem.LatheException;
import io.lathe.models.SampleModels;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.evaluation.TrainTestSplitter;

class FeaturesTest {
    private static final Features<Label> DECLARED =
            Features.classify("kind").numeric("size").categorical("colour").flag("wild");

    @Test
    void aRowBecomesStandardisedNumbersOneCategoryOneFlagAndAConstant() {
        FittedFeatures<Label> fitted = DECLARED.fit(rows(row("a", 1.0, "red", true), row("b", 3.0, "blue", false)));

        Example<Label> example = fitted.example(row("a", 3.0, "blue", true));

        double sd = Math.sqrt(2);
        assertThat(features(example))
                .containsOnlyKeys("(constant)", "size", "colour=blue", "wild=true")
                .containsEntry("(constant)", 1.0)
                .containsEntry("colour=blue", 1.0)
                .hasEntrySatisfying("size", size -> assertThat(size).isCloseTo(1 / sd, within(1e-12)));
    }

    @Test
    void aNumberAtTheMeanIsEmittedAsZeroAndNotLeftOut() {
        FittedFeatures<Label> fitted = DECLARED.fit(rows(row("a", 1.0, "red", true), row("b", 3.0, "blue", false)));

        assertThat(features(fitted.example(row("a", 2.0, "red", true)))).containsEntry("size", 0.0);
    }

    @Test
    void aColumnThatNeverVariesDoesNotDivideByZero() {
        FittedFeatures<Label> fitted = DECLARED.fit(rows(row("a", 2L, "red", true), row("b", 2L, "blue", false)));

        assertThat(features(fitted.example(row("a", 5L, "red", true)))).containsEntry("size", 3.0);
    }

    @Test
    void aMissingRequiredValueIsRefusedWithItsRowAndColumn() {
        assertThatThrownBy(() -> DECLARED.fit(rows(row("a", 1.0, "red", true), row("b", null, "blue", false))))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("Row 2")
                .hasMessageContaining("'size'")
                .hasMessageContaining("impute(\"size\")");
    }

    @Test
    void aMissingResponseIsRefusedWithItsRow() {
        assertThatThrownBy(() -> DECLARED.fit(rows(row(null, 1.0, "red", true))))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("Row 1")
                .hasMessageContaining("'kind'");
    }

    @Test
    void anAbsentColumnIsRefusedWithTheNearestName() {
        assertThatThrownBy(() -> Features.classify("kind").numeric("Size").fit(rows(row("a", 1.0, "red", true))))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("'Size'")
                .hasMessageContaining("Did you mean 'size'?");
    }

    @Test
    void textInANumericColumnAndInfinityAreRefusedWithTheValue() {
        assertThatThrownBy(() -> DECLARED.fit(rows(row("a", "big", "red", true))))
                .hasMessageContaining("'size'")
                .hasMessageContaining("'big'");
        assertThatThrownBy(() -> DECLARED.fit(rows(row("a", Double.POSITIVE_INFINITY, "red", true))))
                .hasMessageContaining("'size'")
                .hasMessageContaining("Infinity");
    }

    @Test
    void imputedFeaturesTakeTheMeanOrACategoryOfTheirOwn() {
        FittedFeatures<Label> fitted = DECLARED.impute("size", "colour", "wild")
                .fit(rows(row("a", 1.0, null, true), row("b", 3.0, "blue", null), row("b", null, "red", false)));

        assertThat(features(fitted.example(row(null, null, null, null))))
                .containsOnly(
                        Map.entry("(constant)", 1.0),
                        Map.entry("size", 0.0),
                        Map.entry("colour is missing", 1.0),
                        Map.entry("wild is missing", 1.0));
    }

    @Test
    void wholeNumberCodesCanBeCategories() {
        FittedFeatures<Label> fitted = DECLARED.fit(rows(row("a", 1.0, 1L, true), row("b", 3.0, 3L, false)));

        assertThat(features(fitted.example(row("a", 1.0, 3L, true)))).containsEntry("colour=3", 1.0);
        assertThatThrownBy(() -> fitted.example(row("a", 1.0, 2L, true)))
                .hasMessageContaining("'colour'")
                .hasMessageContaining("'2'");
    }

    @Test
    void aCategoryNeverSeenIsRefusedWithTheValue() {
        FittedFeatures<Label> fitted = DECLARED.fit(rows(row("a", 1.0, "red", true), row("b", 3.0, "blue", false)));

        assertThatThrownBy(() -> fitted.example(row("a", 1.0, "green", true)))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("'colour'")
                .hasMessageContaining("'green'");
    }

    @Test
    void theResponseIsNoFeatureAndNoColumnIsDeclaredTwice() {
        assertThatThrownBy(() -> DECLARED.numeric("kind")).hasMessageContaining("'kind' is the response");
        assertThatThrownBy(() -> DECLARED.numeric("colour")).hasMessageContaining("declared twice");
        assertThatThrownBy(() -> DECLARED.impute("color")).hasMessageContaining("Did you mean 'colour'?");
    }

    @Test
    void columnsWhoseFeatureNamesWouldMeetAreRefused() {
        Map<String, @Nullable Object> row = new HashMap<>(row("a", 1.0, "red", true));
        row.put("a", "b=c");
        row.put("a=b", "c");

        assertThatThrownBy(
                        () -> Features.classify("kind").categorical("a", "a=b").fit(rows(row)))
                .hasMessageContaining("'a=b=c'");
    }

    @Test
    void jsonReadsBackToEqualFeaturesBitForBit() {
        FittedFeatures<Label> fitted = DECLARED.impute("size")
                .fit(rows(
                        row("a", 0.1, "red", true),
                        row("b", 1e-300, "blü\u2028e", false),
                        row("b", 3.3333333333333335, "", true)));

        FittedFeatures<?> read = FittedFeatures.fromJson(fitted.toJson());

        assertThat(read).isEqualTo(fitted);
        assertThat(read.toJson()).isEqualTo(fitted.toJson());
    }

    @Test
    void hostileJsonIsRefused() {
        String json = DECLARED.fit(rows(row("a", 1.0, "red", true))).toJson();

        for (String bad : List.of(
                "",
                "[]",
                "null",
                json + "{}",
                json.replace("\"format\":0", "\"format\":1"),
                json.replace("\"standardised\"", "\"java.lang.Runtime\""),
                json.replace("\"mean\":1.0", "\"mean\":1e999"),
                json.replace("\"mean\":1.0", "\"mean\":\"1\""),
                json.replace("\"refuse\"", "\"\""),
                json.replace("[\"red\"]", "[]"),
                "{\"format\":" + "[".repeat(100_000))) {
            assertThatThrownBy(() -> FittedFeatures.fromJson(bad)).isInstanceOf(LatheException.class);
        }
    }

    @Test
    void aTrainedModelKnowsItsFeaturesAndItsDatasetVersion() {
        Model<Label> model = SampleModels.good();

        FeatureProvenance found = FeatureProvenance.load(model);

        assertThat(found.features()).isEqualTo(SampleModels.features().fit(RowSource.of(SampleModels.trainingRows())));
        assertThat(found.datasetVersion()).contains("penguins@v1");
    }

    @Test
    void aModelTrainedOnASplitKnowsItsFeatures() {
        RowSource rows = RowSource.of(SampleModels.trainingRows());
        FittedFeatures<Label> fitted = SampleModels.features().fit(rows);
        var split = new TrainTestSplitter<>(source(fitted.dataset(rows, Optional.of("penguins@v2"))), 0.7, 1);

        Model<Label> model = SampleModels.logistic().train(new MutableDataset<>(split.getTrain()));

        assertThat(FeatureProvenance.find(model)).contains(new FeatureProvenance(fitted, Optional.of("penguins@v2")));
    }

    @Test
    void aModelOfAnotherDatasetIsToldWhatToDo() {
        Model<Label> foreign = ForeignModels.trainedOnPlainExamples();

        assertThat(FittedFeatures.of(foreign)).isEmpty();
        assertThatThrownBy(() -> FeatureProvenance.load(foreign))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("FittedFeatures.dataset");
    }

    private static org.tribuo.DataSource<Label> source(MutableDataset<Label> dataset) {
        return new org.tribuo.datasource.ListDataSource<>(
                dataset.getData(), dataset.getOutputFactory(), (org.tribuo.provenance.DataSourceProvenance)
                        dataset.getSourceProvenance());
    }

    private static Map<String, Double> features(Example<Label> example) {
        Map<String, Double> features = new TreeMap<>();
        for (Feature feature : example) {
            features.put(feature.getName(), feature.getValue());
        }
        return features;
    }

    private static RowSource rows(Map<String, @Nullable Object> one) {
        return RowSource.of(List.of(one));
    }

    private static RowSource rows(Map<String, @Nullable Object> one, Map<String, @Nullable Object> two) {
        return RowSource.of(List.of(one, two));
    }

    private static RowSource rows(
            Map<String, @Nullable Object> one, Map<String, @Nullable Object> two, Map<String, @Nullable Object> three) {
        return RowSource.of(List.of(one, two, three));
    }

    private static Map<String, @Nullable Object> row(
            @Nullable Object kind, @Nullable Object size, @Nullable Object colour, @Nullable Object wild) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("kind", kind);
        row.put("size", size);
        row.put("colour", colour);
        row.put("wild", wild);
        return row;
    }
}
