package io.lathe.models.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Accuracy decides, compared as counts of correct rows and never as rounded fractions. */
record ClassificationJudging(String evaluatedOn, ClassificationMetrics candidate) implements Judging {
    private static final int LABELS_NAMED = 10;

    @Override
    public Optional<String> unusable() {
        if (!Double.isFinite(candidate.accuracy())
                || !Double.isFinite(candidate.macroF1())
                || !Double.isFinite(candidate.logLoss())) {
            return Optional.of("The metrics on %s are not numbers: accuracy %s, macro F1 %s, log loss %s."
                    .formatted(evaluatedOn, candidate.accuracy(), candidate.macroF1(), candidate.logLoss()));
        }
        return candidate.unknownLabels().isEmpty()
                ? Optional.empty()
                : Optional.of("%s has rows labelled %s, which this model can't answer."
                        .formatted(evaluatedOn, listed(candidate.unknownLabels())));
    }

    @Override
    public Verdict beside(Gate.Production production) {
        if (!(production.metrics() instanceof ClassificationMetrics current)) {
            return Gate.ofAnotherKind(production.version(), "That one answers numbers, this one labels.");
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

    @Override
    public Verdict first() {
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

    private static Map.Entry<String, Long> mostFrequent(ClassificationMetrics metrics) {
        return metrics.rowsByLabel().entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.<String, Long>comparingByKey().reversed()))
                .orElseThrow();
    }

    private static String rows(String evaluatedOn, ClassificationMetrics metrics) {
        return metrics.refusedRows() == 0
                ? "%d rows of %s".formatted(metrics.rows(), evaluatedOn)
                : "%d rows of %s (%d of them refused by the input contract, which counts as wrong)"
                        .formatted(metrics.rows(), evaluatedOn, metrics.refusedRows());
    }

    private static String accuracy(long correct, long rows) {
        return String.format(Locale.ROOT, "%.2f %%", 100.0 * correct / rows);
    }
}
