package io.lathe.models.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.read.CsvOptions;
import io.lathe.datasets.read.CsvTable;
import io.lathe.datasets.store.Content;
import io.lathe.models.SampleModels;
import io.lathe.models.evaluation.Gate;
import io.lathe.models.evaluation.PairedRows;
import io.lathe.models.features.FittedFeatures;
import io.lathe.models.features.RowSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tribuo.Model;
import org.tribuo.classification.Label;

class EvaluationTest {
    private final Predictor good = predictor(SampleModels.good());
    private final Predictor bad = predictor(SampleModels.bad());

    @Test
    void theGoodModelIsRightOnNearlyEveryRowAndTheBadOneOnFew() {
        RowSource rows = RowSource.of(SampleModels.evaluationRows());

        assertThat(evaluated(good, rows).metrics().accuracy()).isGreaterThan(0.9);
        assertThat(evaluated(bad, rows).metrics().accuracy()).isLessThan(0.3);
        assertThat(Gate.judge("d@v1", Evaluation.of(bad, rows).metrics(), Optional.empty())
                        .outcome())
                .isEqualTo("held");
        assertThat(Gate.judge("d@v1", Evaluation.of(good, rows).metrics(), Optional.empty())
                        .outcome())
                .isEqualTo("promoted");
    }

    @Test
    void aCsvFileAndTheRowsItWasMadeOfGiveTheSameMetrics() {
        CsvTable table = CsvTable.open(
                Content.of(SampleModels.evaluationCsv()), good.contract().reading(CsvOptions.defaults()));

        assertThat(Evaluation.of(good, RowSource.of(table)).metrics())
                .isEqualTo(Evaluation.of(good, RowSource.of(SampleModels.evaluationRows()))
                        .metrics());
    }

    @Test
    void refusedRowsCountAsWrongAndAreReported() {
        List<Map<String, @Nullable Object>> rows = SampleModels.evaluationRows();
        LabelEvaluation before = evaluated(good, RowSource.of(rows));
        int right = before.correct().nextSetBit(0);
        rows.get(right).put("island", "Atlantis");

        LabelEvaluation after = evaluated(good, RowSource.of(rows));

        assertThat(after.metrics().refusedRows()).isEqualTo(1);
        assertThat(after.metrics().rows()).isEqualTo(before.metrics().rows());
        assertThat(after.metrics().correctRows()).isEqualTo(before.metrics().correctRows() - 1);
    }

    @Test
    void aLabelTheModelNeverLearntIsReported() {
        List<Map<String, @Nullable Object>> rows = SampleModels.evaluationRows();
        rows.getFirst().put("species", "Emperor");

        assertThat(evaluated(good, RowSource.of(rows)).metrics().unknownLabels())
                .containsExactly("Emperor");
    }

    @Test
    void aRowWithoutLabelCannotBeJudged() {
        List<Map<String, @Nullable Object>> rows = SampleModels.evaluationRows();
        rows.get(2).put("species", null);

        assertThatThrownBy(() -> Evaluation.of(good, RowSource.of(rows)))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("Row 3")
                .hasMessageContaining("'species'");
    }

    @Test
    void twoModelsArePairedRowByRow() {
        RowSource rows = RowSource.of(SampleModels.evaluationRows());
        LabelEvaluation first = evaluated(good, rows);
        LabelEvaluation second = evaluated(bad, rows);

        PairedRows paired = (PairedRows) first.pairedWith(second);

        assertThat(paired.bothRight() + paired.onlyCandidate())
                .isEqualTo(first.metrics().correctRows());
        assertThat(paired.bothRight() + paired.onlyProduction())
                .isEqualTo(second.metrics().correctRows());
        assertThat(paired.bothRight() + paired.onlyCandidate() + paired.onlyProduction() + paired.bothWrong())
                .isEqualTo(60);
    }

    private static LabelEvaluation evaluated(Predictor predictor, RowSource rows) {
        return (LabelEvaluation) Evaluation.of(predictor, rows);
    }

    private static Predictor predictor(Model<Label> model) {
        return Predictor.of(model, FittedFeatures.of(model).orElseThrow());
    }
}
