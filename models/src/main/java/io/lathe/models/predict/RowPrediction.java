package io.lathe.models.predict;

import java.util.List;

/** The answer to one raw row. */
public sealed interface RowPrediction {
    /** The row fits the input contract. */
    sealed interface Predicted extends RowPrediction {
        /** What was noted, such as a field that was ignored. */
        List<String> warnings();
    }

    /**
     * A classifier's answer.
     *
     * @param label the most probable label
     * @param probabilities one per label, in the order of {@link Predictor#labels}; they sum to 1
     */
    record Labelled(String label, List<Double> probabilities, List<String> warnings) implements Predicted {
        public Labelled {
            probabilities = List.copyOf(probabilities);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * A regression's answer.
     *
     * @param value a finite number, in the response's unit
     */
    record Estimated(double value, List<String> warnings) implements Predicted {
        public Estimated {
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
