package io.lathe.models.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.models.json.JsonFields;
import java.util.Locale;

/**
 * Two classifiers on the same rows: which rows only one of them got right. Rows that both got right or both wrong say nothing about
 * which is better; the others are the pairs of McNemar's test.
 *
 * @param bothRight rows both predicted
 * @param onlyCandidate rows only the candidate predicted
 * @param onlyProduction rows only the production version predicted
 * @param bothWrong rows neither predicted
 */
public record PairedRows(long bothRight, long onlyCandidate, long onlyProduction, long bothWrong)
        implements Comparison {
    static final String KIND = "classification";

    /** The 97.5 % quantile of the standard normal distribution. */
    private static final double Z = 1.959963984540054;

    public PairedRows {
        if (bothRight < 0 || onlyCandidate < 0 || onlyProduction < 0 || bothWrong < 0) {
            throw new LatheException(ProblemCode.BAD_REQUEST, "Counts of paired rows must not be negative.");
        }
    }

    static PairedRows of(JsonFields fields) {
        return new PairedRows(
                fields.whole("bothRight"),
                fields.whole("onlyCandidate"),
                fields.whole("onlyProduction"),
                fields.whole("bothWrong"));
    }

    public long rows() {
        return bothRight + onlyCandidate + onlyProduction + bothWrong;
    }

    /**
     * The difference of the accuracies, candidate minus production, with the adjusted Wald interval for matched pairs (Agresti and
     * Min 2005: half a row added to each of the four counts), cut off at -1 and 1.
     */
    @Override
    public Interval difference() {
        long rows = rows();
        if (rows == 0) {
            return new Interval(Double.NaN, Double.NaN, Double.NaN);
        }
        double more = onlyCandidate - (double) onlyProduction;
        double n = rows + 2.0;
        double middle = more / n;
        double spread = Z * Math.sqrt(onlyCandidate + (double) onlyProduction + 1 - more * more / n) / n;
        return new Interval(more / rows, Math.max(-1, middle - spread), Math.min(1, middle + spread));
    }

    /**
     * The exact two-sided probability of McNemar's test: how likely so uneven a split of the rows that only one got right is when
     * both are equally good. 1 when there is no such row.
     */
    public double mcNemar() {
        return SignTest.twoSided(onlyCandidate, onlyProduction);
    }

    @Override
    public String sentence() {
        Interval difference = difference();
        return String.format(
                Locale.ROOT,
                "%d rows only this version got right, %d only production, which makes a difference of %+.2f points (95 %% interval %+.2f to %+.2f, exact McNemar p %s)",
                onlyCandidate,
                onlyProduction,
                100 * difference.estimate(),
                100 * difference.low(),
                100 * difference.high(),
                probability(mcNemar()));
    }

    private static String probability(double p) {
        return p < 0.0001 ? "< 0.0001" : String.format(Locale.ROOT, "= %.4f", p);
    }

    @Override
    public ObjectNode toNode() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kind", KIND)
                .put("bothRight", bothRight)
                .put("onlyCandidate", onlyCandidate)
                .put("onlyProduction", onlyProduction)
                .put("bothWrong", bothWrong);
        difference().writeTo(node);
        node.set("mcNemar", JsonFields.numberNode(mcNemar()));
        return node;
    }
}
