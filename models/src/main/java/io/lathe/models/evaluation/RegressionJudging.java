package io.lathe.models.evaluation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/**
 * The root mean squared error decides, on the rows that both versions predict. A candidate that refuses rows production answers
 * is held, whatever its error on the others.
 */
record RegressionJudging(String evaluatedOn, RegressionMetrics candidate) implements Judging {
    private static final MathContext SHOWN_DIGITS = new MathContext(6);

    @Override
    public Optional<String> unusable() {
        if (candidate.predictedRows() == 0) {
            return Optional.of("This version refuses all %d rows of %s, so nothing is known about it."
                    .formatted(candidate.rows(), evaluatedOn));
        }
        return Double.isFinite(candidate.rmse())
                        && Double.isFinite(candidate.mae())
                        && Double.isFinite(candidate.meanError())
                ? Optional.empty()
                : Optional.of("The metrics on %s are not numbers: RMSE %s, MAE %s, mean error %s."
                        .formatted(evaluatedOn, candidate.rmse(), candidate.mae(), candidate.meanError()));
    }

    @Override
    public Verdict first() {
        String numbers = "RMSE %s on %s, always answering their mean has %s"
                .formatted(shown(candidate.rmse()), predicted(), shown(candidate.baselineRmse()));
        if (!Double.isFinite(candidate.r2())) {
            return held(
                    "First version, and nothing shows that it is better than no model: the true numbers of %s are all the same, or too large to compare; RMSE %s. Judge it on rows that differ."
                            .formatted(predicted(), shown(candidate.rmse())));
        }
        if (candidate.refusedRows() > candidate.predictedRows()) {
            return held("First version, but it refuses more rows than it predicts: " + numbers + ".");
        }
        return candidate.rmse() < candidate.baselineRmse()
                ? new Verdict.Promoted(List.of("First version, better than no model: " + numbers + "."))
                : held("First version, but no better than no model: " + numbers + ".");
    }

    @Override
    public Verdict beside(Gate.Production production) {
        if (!(production.metrics() instanceof RegressionMetrics)) {
            return Gate.ofAnotherKind(production.version(), "That one answers labels, this one numbers.");
        }
        if (!(production.paired().orElse(null) instanceof PairedErrors paired)
                || !Double.isFinite(paired.candidateRmse())
                || !Double.isFinite(paired.productionRmse())) {
            return held(
                    "No row of %s has an error of both this version and production version %d, so nothing shows that this version is not worse."
                            .formatted(evaluatedOn, production.version()));
        }
        String numbers = "RMSE %s on the %d rows of %s that both predict, production version %d has %s; %s"
                .formatted(
                        shown(paired.candidateRmse()),
                        paired.bothPredicted(),
                        evaluatedOn,
                        production.version(),
                        shown(paired.productionRmse()),
                        paired.sentence());
        if (paired.onlyProduction() > 0) {
            return held("This version refuses %d rows that production predicts: %s."
                    .formatted(paired.onlyProduction(), numbers));
        }
        return paired.candidateRmse() <= paired.productionRmse()
                ? new Verdict.Promoted(List.of("Not worse than production: " + numbers + "."))
                : held("Worse than production: " + numbers + ".");
    }

    private String predicted() {
        return candidate.refusedRows() == 0
                ? "%d rows of %s".formatted(candidate.rows(), evaluatedOn)
                : "%d of %d rows of %s (the input contract refuses the others)"
                        .formatted(candidate.predictedRows(), candidate.rows(), evaluatedOn);
    }

    /** Six digits, so that a difference that decides is seldom rounded away. */
    private static String shown(double number) {
        return new BigDecimal(number).round(SHOWN_DIGITS).stripTrailingZeros().toPlainString();
    }

    private static Verdict held(String reason) {
        return new Verdict.Held(List.of(reason));
    }
}
