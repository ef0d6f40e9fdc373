package io.lathe.models.predict;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.models.bundle.Samples;
import io.lathe.models.bundle.Samples.Sample;
import java.util.List;

/** Whether a predictor still answers a bundle's samples as it did when the bundle was made. */
public final class SampleCheck {
    private static final double TOLERANCE = 1e-9;

    private SampleCheck() {}

    /**
     * Predicts every sample again.
     *
     * @throws LatheException {@code bad-request} naming the first sample whose label differs, whose probabilities differ by more
     *     than 1e-9, whose number does by more than its 1e-9th part, or that is refused
     */
    public static void check(Predictor predictor, Samples samples) {
        List<Sample> all = samples.samples();
        for (int i = 0; i < all.size(); i++) {
            Sample sample = all.get(i);
            switch (predictor.predict(sample.row())) {
                case RowPrediction.Labelled now
                when sample.answer() instanceof Samples.Labelled then -> compare(i + 1, predictor.labels(), then, now);
                case RowPrediction.Estimated now
                when sample.answer() instanceof Samples.Estimate then -> compare(i + 1, then, now);
                case RowPrediction.Predicted _ -> throw differs(i + 1, "the answer was of another kind");
                case RowPrediction.Refused refused ->
                    throw differs(i + 1, "the model refuses it: " + String.join(" ", refused.reasons()));
            }
        }
    }

    private static void compare(int number, List<String> labels, Samples.Labelled then, RowPrediction.Labelled now) {
        if (!now.label().equals(then.label())) {
            throw differs(number, "the label was '%s' and is now '%s'".formatted(then.label(), now.label()));
        }
        if (then.probabilities().size() != labels.size()) {
            throw differs(number, "it has probabilities of other labels");
        }
        for (int i = 0; i < labels.size(); i++) {
            double before = then.probabilities().getOrDefault(labels.get(i), Double.NaN);
            if (!(Math.abs(before - now.probabilities().get(i)) <= TOLERANCE)) {
                throw differs(
                        number,
                        "the probability of '%s' was %s and is now %s"
                                .formatted(
                                        labels.get(i),
                                        before,
                                        now.probabilities().get(i)));
            }
        }
    }

    private static void compare(int number, Samples.Estimate then, RowPrediction.Estimated now) {
        if (!(Math.abs(then.value() - now.value()) <= TOLERANCE * Math.max(1, Math.abs(then.value())))) {
            throw differs(number, "the prediction was %s and is now %s".formatted(then.value(), now.value()));
        }
    }

    private static LatheException differs(int number, String how) {
        return new LatheException(
                ProblemCode.BAD_REQUEST,
                "Sample %d of the bundle is not predicted as when it was made: %s. Publish the model again."
                        .formatted(number, how));
    }
}
