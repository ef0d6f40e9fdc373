package io.lathe.serving.predict;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.schema.Schema;
import io.lathe.models.ModelKind;
import io.lathe.models.predict.RowPrediction;
import io.lathe.serving.http.Deadline;
import io.lathe.serving.model.Deployment;
import io.lathe.serving.model.Loading;
import io.lathe.serving.model.ServedModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of a model's answers that cannot be sent. */
class PredictionsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Predictions predictions = new Predictions(new Deployment(new Loading(
            _ -> {
                throw new LatheException(ProblemCode.UNAVAILABLE, "no models here");
            },
            LONG)));

    @Test
    void anAnswerThatIsNoNumberNamesRowAndOutput() {
        for (double broken : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> predictions.predict(
                            new Answering(Optional.of(broken)), List.of(Map.of(), Map.of()), Deadline.after(LONG)))
                    .isInstanceOfSatisfying(
                            LatheException.class,
                            e -> Assertions.assertThat(e.code()).isEqualTo(ProblemCode.INTERNAL))
                    .hasMessageContaining("Row 1")
                    .hasMessageContaining("'yes'");
        }
    }

    @Test
    void aModelThatAnswersTooFewRowsIsNeverBelieved() {
        assertThatThrownBy(() -> predictions.predict(
                        new Answering(Optional.empty()), List.of(Map.of(), Map.of()), Deadline.after(LONG)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aDeadlinePassedBeforeTheRowsIsATimeout() {
        assertThatThrownBy(() -> predictions.predict(
                        new Answering(Optional.of(0.5)), List.of(Map.of()), Deadline.after(Duration.ZERO)))
                .isInstanceOfSatisfying(
                        LatheException.class,
                        e -> Assertions.assertThat(e.code()).isEqualTo(ProblemCode.TIMEOUT));
    }

    /** Answers every row with one probability, or, without one, no row at all. */
    private record Answering(Optional<Double> probability) implements ServedModel {

        @Override
        public Schema contract() {
            return new Schema(List.of(), List.of());
        }

        @Override
        public ModelKind kind() {
            return ModelKind.CLASSIFICATION;
        }

        @Override
        public List<String> labels() {
            return List.of("no", "yes");
        }

        @Override
        public List<RowPrediction> predict(List<Map<String, @Nullable Object>> rows) {
            return probability
                    .map(value -> rows.stream()
                            .<RowPrediction>map(_ -> new RowPrediction.Labelled("yes", List.of(0.5, value), List.of()))
                            .toList())
                    .orElse(List.of());
        }

        @Override
        public void close() {}
    }
}
