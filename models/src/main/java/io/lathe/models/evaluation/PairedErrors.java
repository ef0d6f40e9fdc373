package io.lathe.models.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.models.json.JsonFields;
import java.util.Locale;

/**
 * Two regressions on the same rows. Errors are compared on the rows that both predicted: one that refuses hard rows must not look
 * better for it.
 *
 * @param bothPredicted rows both predicted
 * @param candidateRmse root mean squared error of the candidate on these; NaN when there are none
 * @param productionRmse that of the production version on these
 * @param candidateCloser rows of these where the candidate's error is the smaller one
 * @param productionCloser rows of these where the production version's error is
 * @param onlyCandidate rows only the candidate predicted
 * @param onlyProduction rows only the production version predicted
 * @param difference how much smaller the candidate's RMSE is, in the response's unit, with its 95 % interval
 */
public record PairedErrors(
        long bothPredicted,
        double candidateRmse,
        double productionRmse,
        long candidateCloser,
        long productionCloser,
        long onlyCandidate,
        long onlyProduction,
        Interval difference)
        implements Comparison {
    static final String KIND = "regression";

    /** The 97.5 % quantile of the standard normal distribution. */
    private static final double Z = 1.959963984540054;

    /** Below this many rows the normal approximation of the interval says nothing. */
    private static final int LEAST_FOR_INTERVAL = 10;

    public PairedErrors {
        if (candidateCloser < 0
                || productionCloser < 0
                || onlyCandidate < 0
                || onlyProduction < 0
                || candidateCloser + productionCloser > bothPredicted) {
            throw new LatheException(ProblemCode.BAD_REQUEST, "Counts of paired rows must fit each other.");
        }
    }

    /**
     * Pairs errors by row; NaN stands for a row that was refused. The interval is that of the mean of the paired differences of
     * squared errors, carried over to the RMSE by dividing by the sum of both (a difference of squares), so it excludes 0 exactly
     * when the differences' own interval does.
     *
     * @throws LatheException {@code internal} when they are not errors on the same rows
     */
    public static PairedErrors of(double[] candidate, double[] production) {
        if (candidate.length != production.length) {
            throw new LatheException(
                    ProblemCode.INTERNAL,
                    "%d errors can't be paired with %d; both versions must be evaluated on the same rows."
                            .formatted(candidate.length, production.length));
        }
        long both = 0;
        long closer = 0;
        long farther = 0;
        long onlyCandidate = 0;
        long onlyProduction = 0;
        double candidateSquares = 0;
        double productionSquares = 0;
        double mean = 0;
        double spread = 0;
        for (int row = 0; row < candidate.length; row++) {
            double mine = candidate[row];
            double theirs = production[row];
            if (Double.isNaN(mine) || Double.isNaN(theirs)) {
                onlyCandidate += Double.isNaN(mine) ? 0 : 1;
                onlyProduction += Double.isNaN(theirs) ? 0 : 1;
                continue;
            }
            both++;
            closer += Math.abs(mine) < Math.abs(theirs) ? 1 : 0;
            farther += Math.abs(mine) > Math.abs(theirs) ? 1 : 0;
            candidateSquares += mine * mine;
            productionSquares += theirs * theirs;
            double gain = theirs * theirs - mine * mine;
            double delta = gain - mean;
            mean += delta / both;
            spread += delta * (gain - mean);
        }
        double candidateRmse = Math.sqrt(candidateSquares / both);
        double productionRmse = Math.sqrt(productionSquares / both);
        return new PairedErrors(
                both,
                candidateRmse,
                productionRmse,
                closer,
                farther,
                onlyCandidate,
                onlyProduction,
                interval(both, candidateRmse, productionRmse, mean, spread));
    }

    private static Interval interval(
            long rows, double candidateRmse, double productionRmse, double meanGain, double spread) {
        double estimate = productionRmse - candidateRmse;
        double sum = productionRmse + candidateRmse;
        if (rows < LEAST_FOR_INTERVAL || sum == 0) {
            return new Interval(estimate, Double.NaN, Double.NaN);
        }
        double half = Z * Math.sqrt(spread / (rows - 1) / rows);
        return new Interval(estimate, (meanGain - half) / sum, (meanGain + half) / sum);
    }

    @Override
    public String sentence() {
        String counts = "this version is closer on %d of the %d rows both predict, production on %d"
                .formatted(candidateCloser, bothPredicted, productionCloser);
        return Double.isFinite(difference.low()) && Double.isFinite(difference.high())
                ? counts
                        + String.format(
                                Locale.ROOT,
                                "; its RMSE is smaller by %.4g (95 %% interval %.4g to %.4g)",
                                difference.estimate(),
                                difference.low(),
                                difference.high())
                : counts;
    }

    @Override
    public ObjectNode toNode() {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("kind", KIND).put("bothPredicted", bothPredicted);
        node.set("candidateRmse", JsonFields.numberNode(candidateRmse));
        node.set("productionRmse", JsonFields.numberNode(productionRmse));
        node.put("candidateCloser", candidateCloser)
                .put("productionCloser", productionCloser)
                .put("onlyCandidate", onlyCandidate)
                .put("onlyProduction", onlyProduction);
        difference.writeTo(node);
        return node;
    }

    static PairedErrors of(JsonFields fields) {
        return new PairedErrors(
                fields.whole("bothPredicted"),
                fields.numberOrNaN("candidateRmse"),
                fields.numberOrNaN("productionRmse"),
                fields.whole("candidateCloser"),
                fields.whole("productionCloser"),
                fields.whole("onlyCandidate"),
                fields.whole("onlyProduction"),
                new Interval(fields.numberOrNaN("difference"), fields.numberOrNaN("low"), fields.numberOrNaN("high")));
    }
}
