package io.lathe.models.predict;

import io.lathe.models.evaluation.Comparison;
import io.lathe.models.evaluation.NumberTally;
import io.lathe.models.evaluation.PairedErrors;
import io.lathe.models.evaluation.RegressionMetrics;
import io.lathe.models.features.Response;
import io.lathe.models.features.RowSource;

/**
 * A regression's answers to rows whose numbers are known.
 *
 * @param errors prediction minus true number by row, from 0; NaN where the row was refused; not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // one number a row, handed on once
public record NumberEvaluation(RegressionMetrics metrics, double[] errors) implements Evaluation {
    static NumberEvaluation of(Predictor predictor, RowSource labelledRows) {
        Response.Numbers response = new Response.Numbers(predictor.response());
        NumberTally tally = new NumberTally();
        Evaluation.forEachRow(predictor, labelledRows, (value, prediction) -> {
            double actual = response.number(value);
            if (prediction instanceof RowPrediction.Estimated predicted) {
                tally.predicted(actual, predicted.value());
            } else {
                tally.refused(actual);
            }
        });
        return new NumberEvaluation(tally.metrics(), tally.errors());
    }

    @Override
    public Comparison pairedWith(Evaluation production) {
        if (!(production instanceof NumberEvaluation other)) {
            throw Evaluation.otherKind();
        }
        return PairedErrors.of(errors, other.errors);
    }
}
