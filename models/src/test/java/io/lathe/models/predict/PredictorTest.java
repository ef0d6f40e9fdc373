package io.lathe.models.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.schema.Schema;
import io.lathe.datasets.store.Content;
import io.lathe.models.SampleModels;
import io.lathe.models.bundle.BundleReader;
import io.lathe.models.features.FittedFeatures;
import io.lathe.models.predict.RowPrediction.Labelled;
import io.lathe.models.predict.RowPrediction.Refused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tribuo.Model;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.Hinge;
import org.tribuo.math.optimisers.AdaGrad;

class PredictorTest {
    private final Predictor predictor =
            Predictor.load(BundleReader.open(Content.of(SampleModels.goodBundle("penguins"))));

    @Test
    void aPlainRowIsPredictedWithProbabilitiesThatSumToOne() {
        Labelled predicted = predicted(SampleModels.gentoo());

        assertThat(predicted.label()).isEqualTo("Gentoo");
        assertThat(predicted.warnings()).isEmpty();
        assertThat(predicted.probabilities()).hasSize(3);
        assertThat(predicted.probabilities().stream().mapToDouble(each -> each).sum())
                .isCloseTo(1, within(1e-9));
        assertThat(predicted.probabilities().get(2)).isGreaterThan(0.9);
    }

    @Test
    void labelsAreSorted() {
        assertThat(predictor.labels()).containsExactly("Adelie", "Chinstrap", "Gentoo");
    }

    @Test
    void theContractNamesTheRawColumnsAndLeavesTheResponseOutOfServing() {
        assertThat(predictor.contract().forEnvironment(Schema.SERVING).names())
                .containsExactly(
                        "bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", "island", "sex");
        assertThat(predictor.contract().forEnvironment(Schema.TRAINING).names()).contains("species");
    }

    @Test
    void reorderedColumnsGiveBitEqualPredictions() {
        for (Map<String, @Nullable Object> row : SampleModels.evaluationRows()) {
            Map<String, @Nullable Object> reversed = new LinkedHashMap<>();
            for (String column : List.copyOf(row.keySet()).reversed()) {
                reversed.put(column, row.get(column));
            }

            assertThat(predicted(reversed).probabilities())
                    .isEqualTo(predicted(row).probabilities());
        }
    }

    @Test
    void aMissingFeatureIsRefusedByName() {
        Map<String, @Nullable Object> row = SampleModels.gentoo();
        row.remove("body_mass_g");

        assertThat(refused(row)).anySatisfy(reason -> assertThat(reason).contains("body_mass_g"));
    }

    @Test
    void nullIsMissing() {
        Map<String, @Nullable Object> row = SampleModels.gentoo();
        row.put("sex", null);

        assertThat(refused(row)).anySatisfy(reason -> assertThat(reason).contains("sex"));
    }

    @Test
    void anImputedFeatureMayBeNullOrAbsentAndBothAnswerTheSame() {
        Model<Label> model = SampleModels.train(
                SampleModels.features().impute("sex", "body_mass_g"),
                SampleModels.trainingRows(),
                SampleModels.logistic());
        Predictor imputing = Predictor.of(model, FittedFeatures.of(model).orElseThrow());
        Map<String, @Nullable Object> nulls = SampleModels.gentoo();
        nulls.put("sex", null);
        nulls.put("body_mass_g", null);
        Map<String, @Nullable Object> absent = SampleModels.gentoo();
        absent.remove("sex");
        absent.remove("body_mass_g");

        assertThat(imputing.predict(nulls)).isInstanceOf(Labelled.class).isEqualTo(imputing.predict(absent));
    }

    @Test
    void anotherCaseOfANameIsRefusedNamingBoth() {
        Map<String, @Nullable Object> row = SampleModels.gentoo();
        row.put("Body_mass_g", row.remove("body_mass_g"));

        assertThat(refused(row))
                .anySatisfy(reason -> assertThat(reason).contains("body_mass_g").contains("Body_mass_g"));
    }

    @Test
    void textAndTrueAreNoNumbers() {
        for (Object wrong : List.of("5076", true)) {
            Map<String, @Nullable Object> row = SampleModels.gentoo();
            row.put("body_mass_g", wrong);

            assertThat(refused(row)).anySatisfy(reason -> assertThat(reason).contains("body_mass_g"));
        }
    }

    @Test
    void anUnknownFieldIsIgnoredAndNamedInAWarning() {
        Map<String, @Nullable Object> row = SampleModels.gentoo();
        row.put("beak", "yellow");

        Labelled predicted = predicted(row);

        assertThat(predicted.warnings()).singleElement().asString().contains("beak");
        assertThat(predicted.probabilities())
                .isEqualTo(predicted(SampleModels.gentoo()).probabilities());
    }

    @Test
    void anUnseenCategoryIsRefusedNamingFeatureAndValue() {
        Map<String, @Nullable Object> row = SampleModels.gentoo();
        row.put("island", "Atlantis");

        assertThat(refused(row))
                .anySatisfy(reason -> assertThat(reason).contains("island").contains("Atlantis"));
    }

    @Test
    void aRowOfNothingKnownIsRefusedAndNeverAnException() {
        assertThat(refused(Map.of("a", 1L, "b", "x"))).isNotEmpty();
        assertThat(refused(Map.of())).isNotEmpty();
    }

    @Test
    void numbersThatAreNotFiniteAreRefused() {
        for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            Map<String, @Nullable Object> row = SampleModels.gentoo();
            row.put("bill_length_mm", wrong);

            assertThat(refused(row)).anySatisfy(reason -> assertThat(reason).contains("bill_length_mm"));
        }
    }

    @Test
    void aNumberFarOutsideTheTrainingRangeIsStillAnswered() {
        Map<String, @Nullable Object> row = SampleModels.gentoo();
        row.put("body_mass_g", 9_007_199_254_740_993L);

        assertThat(predictor.predict(row)).isInstanceOf(Labelled.class);
    }

    @Test
    void rowsAreAnsweredInOrderAndOneBadRowDoesNotSpoilTheOthers() {
        List<RowPrediction> answers =
                predictor.predict(List.of(SampleModels.gentoo(), Map.of(), SampleModels.gentoo()));

        assertThat(answers).hasSize(3);
        assertThat(answers.get(0)).isInstanceOf(Labelled.class).isEqualTo(answers.get(2));
        assertThat(answers.get(1)).isInstanceOf(Refused.class);
    }

    @Test
    void manyThreadsGetTheSameAnswers() throws Exception {
        List<Map<String, @Nullable Object>> rows = SampleModels.evaluationRows();
        List<RowPrediction> expected = predictor.predict(rows);
        List<Callable<List<RowPrediction>>> calls = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            calls.add(() -> predictor.predict(rows));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<List<RowPrediction>> answer : threads.invokeAll(calls)) {
                assertThat(answer.get()).isEqualTo(expected);
            }
        }
    }

    @Test
    void aModelWithoutProbabilitiesIsRefusedWithAdvice() {
        Trainer<Label> hinge = new LinearSGDTrainer(new Hinge(), new AdaGrad(1.0), 5, Trainer.DEFAULT_SEED);
        Model<Label> model = SampleModels.train(SampleModels.features(), SampleModels.trainingRows(), hinge);
        FittedFeatures<Label> features = FittedFeatures.of(model).orElseThrow();

        assertThatThrownBy(() -> Predictor.of(model, features))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("LogMulticlass");
    }

    @Test
    void aModelThatLearntNotANumberRefusesRowsInsteadOfAnsweringNaN() {
        Trainer<Label> diverging = new LinearSGDTrainer(
                new org.tribuo.classification.sgd.objectives.LogMulticlass(),
                org.tribuo.math.optimisers.SGD.getSimpleSGD(Double.MAX_VALUE),
                5,
                Trainer.DEFAULT_SEED);
        Model<Label> model = SampleModels.train(SampleModels.features(), SampleModels.trainingRows(), diverging);
        Predictor broken = Predictor.of(model, FittedFeatures.of(model).orElseThrow());

        assertThat(broken.predict(SampleModels.gentoo()))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.reasons())
                                .anySatisfy(reason -> assertThat(reason).contains("no proper answer")));
    }

    private Labelled predicted(Map<String, @Nullable Object> row) {
        RowPrediction answer = predictor.predict(row);
        assertThat(answer).isInstanceOf(Labelled.class);
        return (Labelled) answer;
    }

    private List<String> refused(Map<String, @Nullable Object> row) {
        RowPrediction answer = predictor.predict(row);
        assertThat(answer).isInstanceOf(Refused.class);
        return ((Refused) answer).reasons();
    }
}
