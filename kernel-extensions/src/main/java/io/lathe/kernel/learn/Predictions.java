package io.lathe.kernel.learn;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.models.features.FeatureProvenance;
import io.lathe.models.features.FittedFeatures;
import io.lathe.models.predict.Evaluation;
import io.lathe.models.predict.Predictor;
import io.lathe.models.predict.RowPrediction;
import java.util.ArrayList;
import org.tribuo.Model;
import org.tribuo.Output;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** What a model answers to the rows of a table, exactly as it will once it is served. */
public final class Predictions {

    private Predictions() {}

    /**
     * One row for each row of the table, in order: of a classifier the label and one column of probabilities for each label, of a
     * regression the number in a column named after the response, and a remark where a row was refused (then there is no answer).
     * Columns the model does not read may be there.
     */
    public static <T extends Output<T>> Table of(Model<T> model, Table rows) {
        FittedFeatures<T> features = features(model);
        try (Predictor predictor = Predictor.of(model, features)) {
            AnswerColumns answers = AnswerColumns.of(predictor);
            StringColumn remark = StringColumn.create("remark");
            new TableRows(rows).forEachRow(row -> {
                row.keySet().retainAll(features.columns());
                RowPrediction prediction = predictor.predict(row);
                answers.append(prediction);
                remark.append(String.join(
                        " ",
                        switch (prediction) {
                            case RowPrediction.Predicted predicted -> predicted.warnings();
                            case RowPrediction.Refused refused -> refused.reasons();
                        }));
            });
            var columns = new ArrayList<Column<?>>(answers.columns());
            if (remark.countMissing() < remark.size()) {
                columns.add(remark);
            }
            return Table.create("predictions", columns);
        }
    }

    /** Compares the model's answers with the true ones in the table. */
    public static <T extends Output<T>> Evaluation evaluate(Model<T> model, Table labelled) {
        try (Predictor predictor = Predictor.of(model, features(model))) {
            return Evaluation.of(predictor, new TableRows(labelled));
        }
    }

    private static <T extends Output<T>> FittedFeatures<T> features(Model<T> model) {
        FeatureProvenance.load(model);
        return FittedFeatures.of(model)
                .orElseThrow(() -> new LatheException(
                        ProblemCode.BAD_REQUEST,
                        "The model '%s' answers something else than its features are for. Train it on Lathe.trainingSet(…)."
                                .formatted(model.getName())));
    }
}
