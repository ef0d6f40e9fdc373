package io.lathe.kernel.learn;

import io.lathe.models.predict.Predictor;
import io.lathe.models.predict.RowPrediction;
import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.Column;

/** A model's answers as columns, filled row by row; a refused row has missing values. Used by one thread. */
sealed interface AnswerColumns {
    void append(RowPrediction prediction);

    List<? extends Column<?>> columns();

    static AnswerColumns of(Predictor predictor) {
        return switch (predictor.kind()) {
            case CLASSIFICATION -> new Labels(predictor.labels());
            case REGRESSION -> new Numbers(predictor.response());
        };
    }

    /** The label and the probability of each. */
    final class Labels implements AnswerColumns {
        private final StringColumn label = StringColumn.create("label");
        private final List<DoubleColumn> probabilities;

        Labels(List<String> labels) {
            probabilities = labels.stream()
                    .map(name -> DoubleColumn.create("p(" + name + ")"))
                    .toList();
        }

        @Override
        public void append(RowPrediction prediction) {
            if (prediction instanceof RowPrediction.Labelled labelled) {
                label.append(labelled.label());
                for (int i = 0; i < probabilities.size(); i++) {
                    probabilities.get(i).append(labelled.probabilities().get(i));
                }
            } else {
                label.appendMissing();
                probabilities.forEach(DoubleColumn::appendMissing);
            }
        }

        @Override
        public List<Column<?>> columns() {
            List<Column<?>> all = new ArrayList<>(List.of(label));
            all.addAll(probabilities);
            return all;
        }
    }

    /** The number, in a column of its response's name. */
    final class Numbers implements AnswerColumns {
        private final DoubleColumn number;

        Numbers(String response) {
            number = DoubleColumn.create(response);
        }

        @Override
        public void append(RowPrediction prediction) {
            if (prediction instanceof RowPrediction.Estimated estimated) {
                number.append(estimated.value());
            } else {
                number.appendMissing();
            }
        }

        @Override
        public List<Column<?>> columns() {
            return List.of(number);
        }
    }
}
