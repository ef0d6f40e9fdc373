package io.lathe.kernel.learn;

import io.lathe.models.features.FeatureProvenance;
import io.lathe.models.features.FittedFeatures;
import io.lathe.models.predict.Evaluation;
import io.lathe.models.predict.Predictor;
import io.lathe.models.predict.RowPrediction;
import java.util.ArrayList;
import java.util.List;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What a model answers to the rows of a table, exactly as it will once it is served. */
public final class Predictions {

    private Predictions() {}

    /**
     * One row for each row of the table, in order: the label, one column of probabilities for each label, and a remark
     * where a row was refused (then there is no label). Columns the model does not read may be there.
     */
    public static Table of(Model<Label> model, Table rows) {
        FittedFeatures features = FeatureProvenance.load(model).features();
        try (Predictor predictor = Predictor.of(model, features)) {
            StringColumn label = StringColumn.create("label");
            List<DoubleColumn> probabilities = predictor.labels().stream()
                    .map(name -> DoubleColumn.create("p(" + name + ")"))
                    .toList();
            StringColumn remark = StringColumn.create("remark");
            new TableRows(rows).forEachRow(row -> {
                row.keySet().retainAll(features.columns());
                switch (predictor.predict(row)) {
                    case RowPrediction.Predicted predicted -> {
                        label.append(predicted.label());
                        for (int i = 0; i < probabilities.size(); i++) {
                            probabilities
                                    .get(i)
                                    .append(predicted.probabilities().get(i));
                        }
                        remark.append(String.join(" ", predicted.warnings()));
                    }
                    case RowPrediction.Refused refused -> {
                        label.appendMissing();
                        probabilities.forEach(DoubleColumn::appendMissing);
                        remark.append(String.join(" ", refused.reasons()));
                    }
                }
            });
            var columns = new ArrayList<tech.tablesaw.columns.Column<?>>();
            columns.add(label);
            columns.addAll(probabilities);
            if (remark.countMissing() < remark.size()) {
                columns.add(remark);
            }
            return Table.create("predictions", columns);
        }
    }

    /** Compares the model's answers with the labels in the table. */
    public static Evaluation evaluate(Model<Label> model, Table labelled) {
        try (Predictor predictor =
                Predictor.of(model, FeatureProvenance.load(model).features())) {
            return Evaluation.of(predictor, new TableRows(labelled));
        }
    }
}
