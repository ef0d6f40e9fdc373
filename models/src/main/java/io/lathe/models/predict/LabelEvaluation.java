package io.lathe.models.predict;

import io.lathe.models.evaluation.ClassificationMetrics;
import io.lathe.models.evaluation.Comparison;
import io.lathe.models.evaluation.LabelTally;
import io.lathe.models.evaluation.PairedRows;
import io.lathe.models.features.RowSource;
import java.util.BitSet;

/**
 * A classifier's answers to labelled rows.
 *
 * @param correct which rows, from 0, were predicted right
 */
public record LabelEvaluation(ClassificationMetrics metrics, BitSet correct) implements Evaluation {
    public LabelEvaluation {
        correct = (BitSet) correct.clone();
    }

    static LabelEvaluation of(Predictor predictor, RowSource labelledRows) {
        Run run = new Run(predictor);
        Evaluation.forEachRow(predictor, labelledRows, run::add);
        return new LabelEvaluation(run.tally.metrics(), run.correct);
    }

    @Override
    public Comparison pairedWith(Evaluation production) {
        if (!(production instanceof LabelEvaluation other)) {
            throw Evaluation.otherKind();
        }
        BitSet both = (BitSet) correct.clone();
        both.and(other.correct);
        long bothRight = both.cardinality();
        long mine = correct.cardinality() - bothRight;
        long theirs = other.correct.cardinality() - bothRight;
        return new PairedRows(bothRight, mine, theirs, metrics.rows() - bothRight - mine - theirs);
    }

    private static final class Run {
        private final Predictor predictor;
        private final LabelTally tally;
        private final BitSet correct = new BitSet();
        private int row;

        Run(Predictor predictor) {
            this.predictor = predictor;
            this.tally = new LabelTally(predictor.labels());
        }

        void add(Object label, RowPrediction prediction) {
            String actual = label.toString();
            if (prediction instanceof RowPrediction.Labelled predicted) {
                int index = predictor.labels().indexOf(actual);
                tally.predicted(
                        actual,
                        predicted.label(),
                        index < 0 ? 0 : predicted.probabilities().get(index));
                correct.set(row, predicted.label().equals(actual));
            } else {
                tally.refused(actual);
            }
            row++;
        }
    }
}
