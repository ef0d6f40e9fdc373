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
     *     than 1e-9, or that is refused
     */
    public static void check(Predictor predictor, Samples samples) {
        List<Sample> all = samples.samples();
        for (int i = 0; i < all.size(); i++) {
            Sample sample = all.get(i);
            switch (predictor.predict(sample.row())) {
                case RowPrediction.Predicted predicted -> compare(i + 1, predictor.labels(), sample, predicted);
                case RowPrediction.Refused refused ->
                    throw differs(i + 1, "the model refuses it: " + String.join(" ", refused.reasons()));
            }
        }
    }

    private static void compare(int number, List<String> labels, Sample sample, RowPrediction.Predicted predicted) {
        if (!predicted.label().equals(sample.label())) {
            throw differs(number, "the label was '%s' and is now '%s'".formatted(sample.label(), predicted.label()));
        }
        if (sample.probabilities().size() != labels.size()) {
            throw differs(number, "it has probabilities of other labels");
        }
        for (int i = 0; i < labels.size(); i++) {
            double then = sample.probabilities().getOrDefault(labels.get(i), Double.NaN);
            if (!(Math.abs(then - predicted.probabilities().get(i)) <= TOLERANCE)) {
                throw differs(
                        number,
                        "the probability of '%s' was %s and is now %s"
                                .formatted(
                                        labels.get(i),
                                        then,
                                        predicted.probabilities().get(i)));
            }
        }
    }

    private static LatheException differs(int number, String how) {
        return new LatheException(
                ProblemCode.BAD_REQUEST,
                "Sample %d of the bundle is not predicted as when it was made: %s. Publish the model again."
                        .formatted(number, how));
    }
}
