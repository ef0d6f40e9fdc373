package io.lathe.models.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Judges a candidate by its metrics, beside those of the production version on the same rows. Accuracies are compared as counts
 * of correct rows, never as rounded fractions, and equal is good enough.
 */
public final class Gate {
    private static final int LABELS_NAMED = 10;

    private Gate() {}

    /**
     * The version in production.
     *
     * @param version its number
     * @param metrics of it, on the rows the candidate was evaluated on
     * @param paired both models row by row, where known
     */
    public record Production(int version, Metrics metrics, Optional<Comparison> paired) {}

    /**
     * The verdict on a candidate.
     *
     * @param evaluatedOn the dataset version, such as {@code penguins-test@v1}; it is named in the reasons
     * @param production empty for a model's first version
     */
    public static Verdict judge(String evaluatedOn, Metrics candidate, Optional<Production> production) {
        if (candidate.rows() == 0) {
            return rejected(
                    "No row of %s was evaluated, so nothing is known about this version.".formatted(evaluatedOn));
        }
        if (!Double.isFinite(candidate.accuracy())
                || !Double.isFinite(candidate.macroF1())
                || !Double.isFinite(candidate.logLoss())) {
            return rejected("The metrics on %s are not numbers: accuracy %s, macro F1 %s, log loss %s."
                    .formatted(evaluatedOn, candidate.accuracy(), candidate.macroF1(), candidate.logLoss()));
        }
        if (!candidate.unknownLabels().isEmpty()) {
            return rejected("%s has rows labelled %s, which this model can't answer."
                    .formatted(evaluatedOn, listed(candidate.unknownLabels())));
        }
        return production
                .map(against -> compared(evaluatedOn, candidate, against))
                .orElseGet(() -> first(evaluatedOn, candidate));
    }

    /**
     * The verdict where the version in production could not be evaluated: without its numbers nothing shows that the candidate
     * is not worse, so a person decides.
     *
     * @param failure why, as a full sentence
     */
    public static Verdict withoutComparison(String evaluatedOn, int productionVersion, String failure) {
        return new Verdict.Held(List.of(
                ("Production version %d could not be evaluated on %s, so nothing shows that this version is not worse. %s"
                                + " Judge both on data that both can read, or move the alias production yourself.")
                        .formatted(productionVersion, evaluatedOn, failure)));
    }

    /** The verdict on a candidate that was to be judged on the very data it was trained on. */
    public static Verdict onTrainingData(String evaluatedOn) {
        return new Verdict.Held(List.of(
                "This version was trained on %s itself, so its numbers there say nothing. Judge it on data it has not seen."
                        .formatted(evaluatedOn)));
    }

    private static Verdict compared(String evaluatedOn, Metrics candidate, Production production) {
        Metrics current = production.metrics();
        if (current.rows() != candidate.rows()) {
            return rejected(
                    "This version was evaluated on %d rows of %s and production version %d on %d; only the same rows can be compared."
                            .formatted(candidate.rows(), evaluatedOn, production.version(), current.rows()));
        }
        String numbers = "accuracy %s on %s, production version %d has %s%s"
                .formatted(
                        accuracy(candidate.correctRows(), candidate.rows()),
                        rows(evaluatedOn, candidate),
                        production.version(),
                        accuracy(current.correctRows(), current.rows()),
                        production
                                .paired()
                                .map(paired -> "; " + paired.sentence())
                                .orElse(""));
        return candidate.correctRows() >= current.correctRows()
                ? new Verdict.Promoted(List.of("Not worse than production: " + numbers + "."))
                : new Verdict.Held(List.of("Worse than production: " + numbers + "."));
    }

    private static Verdict first(String evaluatedOn, Metrics candidate) {
        Map.Entry<String, Long> usual = mostFrequent(candidate);
        String numbers = "accuracy %s on %s, always answering '%s' has %s"
                .formatted(
                        accuracy(candidate.correctRows(), candidate.rows()),
                        rows(evaluatedOn, candidate),
                        usual.getKey(),
                        accuracy(usual.getValue(), candidate.rows()));
        return candidate.correctRows() > usual.getValue()
                ? new Verdict.Promoted(List.of("First version, better than no model: " + numbers + "."))
                : new Verdict.Held(List.of("First version, but no better than no model: " + numbers + "."));
    }

    /** The first few labels; the wrong response column would name as many as there are rows. */
    private static String listed(List<String> labels) {
        String first = labels.stream()
                .limit(LABELS_NAMED)
                .map(label -> "'" + label + "'")
                .collect(Collectors.joining(", "));
        return labels.size() > LABELS_NAMED ? first + " and " + (labels.size() - LABELS_NAMED) + " more" : first;
    }

    private static Map.Entry<String, Long> mostFrequent(Metrics metrics) {
        return metrics.rowsByLabel().entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.<String, Long>comparingByKey().reversed()))
                .orElseThrow();
    }

    private static String rows(String evaluatedOn, Metrics metrics) {
        return metrics.refusedRows() == 0
                ? "%d rows of %s".formatted(metrics.rows(), evaluatedOn)
                : "%d rows of %s (%d of them refused by the input contract, which counts as wrong)"
                        .formatted(metrics.rows(), evaluatedOn, metrics.refusedRows());
    }

    private static String accuracy(long correct, long rows) {
        return String.format(Locale.ROOT, "%.4f", (double) correct / rows);
    }

    private static Verdict rejected(String reason) {
        return new Verdict.Rejected(List.of(reason));
    }
}
