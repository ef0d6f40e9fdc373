package io.lathe.models.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.models.ModelKind;
import io.lathe.models.json.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How a regression did on rows whose numbers are known. An error is prediction minus true number, in the response's unit; errors
 * are those of the rows that were predicted, refused rows have none. Immutable.
 *
 * @param rows labelled rows, refused ones included
 * @param refusedRows rows the model would not predict
 * @param rmse root of the mean squared error; NaN without predicted rows
 * @param mae mean absolute error; NaN without predicted rows
 * @param r2 1 - squared errors / squared distances of the true numbers from their mean; at most 1, below 0 for a model worse than
 *     that mean; NaN where all true numbers are equal, so with fewer than two predicted rows
 * @param meanError mean of the errors: above 0 the model answers too much; NaN without predicted rows
 * @param baselineRmse the RMSE of always answering the mean of the predicted rows' true numbers; NaN without predicted rows
 * @param errorQuantiles quantiles of the errors at {@link #LEVELS}, in that order, interpolated linearly; empty without
 *     predicted rows
 */
public record RegressionMetrics(
        long rows,
        long refusedRows,
        double rmse,
        double mae,
        double r2,
        double meanError,
        double baselineRmse,
        List<Double> errorQuantiles)
        implements Metrics {
    /** The least error, its 5 %, 25 %, 50 %, 75 % and 95 % quantiles, and the greatest. */
    public static final List<String> LEVELS = List.of("0", "0.05", "0.25", "0.5", "0.75", "0.95", "1");

    public RegressionMetrics {
        errorQuantiles = List.copyOf(errorQuantiles);
        if (rows < 0 || refusedRows < 0 || refusedRows > rows) {
            throw bad("Metrics of %d rows must not have %d refused ones.".formatted(rows, refusedRows));
        }
        if (errorQuantiles.size() != (rows == refusedRows ? 0 : LEVELS.size())) {
            throw bad("Metrics of %d predicted rows must not have %d error quantiles."
                    .formatted(rows - refusedRows, errorQuantiles.size()));
        }
    }

    @Override
    public ModelKind kind() {
        return ModelKind.REGRESSION;
    }

    /** Rows with a prediction. */
    public long predictedRows() {
        return rows - refusedRows;
    }

    /** The quantile at one of {@link #LEVELS}; empty without predicted rows. */
    public OptionalDouble errorQuantile(String level) {
        int index = LEVELS.indexOf(level);
        if (index < 0) {
            throw bad("There is no error quantile '%s'. Known: %s.".formatted(level, String.join(", ", LEVELS)));
        }
        return errorQuantiles.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(errorQuantiles.get(index));
    }

    @Override
    public ObjectNode toNode() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("rows", rows).put("refusedRows", refusedRows);
        node.set("rmse", JsonFields.numberNode(rmse));
        node.set("mae", JsonFields.numberNode(mae));
        node.set("r2", JsonFields.numberNode(r2));
        node.set("meanError", JsonFields.numberNode(meanError));
        node.set("baselineRmse", JsonFields.numberNode(baselineRmse));
        ObjectNode quantiles = node.putObject("errorQuantiles");
        for (int i = 0; i < errorQuantiles.size(); i++) {
            quantiles.set(LEVELS.get(i), JsonFields.numberNode(errorQuantiles.get(i)));
        }
        return node;
    }

    static RegressionMetrics read(JsonFields fields) {
        JsonFields quantiles = fields.object("errorQuantiles");
        List<Double> errors = new ArrayList<>();
        if (!quantiles.node().isEmpty()) {
            LEVELS.forEach(level -> errors.add(quantiles.numberOrNaN(level)));
        }
        return new RegressionMetrics(
                fields.whole("rows"),
                fields.whole("refusedRows"),
                fields.numberOrNaN("rmse"),
                fields.numberOrNaN("mae"),
                fields.numberOrNaN("r2"),
                fields.numberOrNaN("meanError"),
                fields.numberOrNaN("baselineRmse"),
                errors);
    }

    private static LatheException bad(String message) {
        return new LatheException(ProblemCode.BAD_REQUEST, message);
    }
}
