package io.lathe.models.predict;

import java.util.List;

/** The answer to one raw row. */
public sealed interface RowPrediction {
    /**
     * The row fits the input contract.
     *
     * @param label the most probable label
     * @param probabilities one per label, in the order of {@link Predictor#labels}; they sum to 1
     * @param warnings what was noted, such as a field that was ignored
     */
    record Predicted(String label, List<Double> probabilities, List<String> warnings) implements RowPrediction {
        public Predicted {
            probabilities = List.copyOf(probabilities);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The row does not fit, or the model has no proper answer to it.
     *
     * @param reasons full sentences naming feature and value
     */
    record Refused(List<String> reasons) implements RowPrediction {
        public Refused {
            reasons = List.copyOf(reasons);
        }
    }
}
