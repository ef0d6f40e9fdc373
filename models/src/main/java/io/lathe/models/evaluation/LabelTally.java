package io.lathe.models.evaluation;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts a classifier's answers row by row into {@link ClassificationMetrics}. Used by one thread. */
public final class LabelTally {
    /** Probabilities below this count as this, so that one confident mistake doesn't make the loss infinite. */
    public static final double LEAST_PROBABILITY = 1e-15;

    private final Set<String> modelLabels;
    private final Map<String, Long> rowsByLabel = new TreeMap<>();
    private final Map<String, Long> predictedByLabel = new HashMap<>();
    private final Map<String, Long> correctByLabel = new HashMap<>();
    private final Map<String, Map<String, Long>> confusion = new TreeMap<>();
    private long rows;
    private long correct;
    private long refused;
    private double loss;

    /** @param modelLabels the labels the model can answer */
    public LabelTally(Collection<String> modelLabels) {
        this.modelLabels = Set.copyOf(modelLabels);
    }

    /**
     * One predicted row.
     *
     * @param probabilityOfActual the probability the model gave the true label; 0 when it doesn't know that label
     */
    public void predicted(String actual, String predicted, double probabilityOfActual) {
        count(actual, probabilityOfActual);
        predictedByLabel.merge(predicted, 1L, Long::sum);
        confusion.computeIfAbsent(actual, label -> new TreeMap<>()).merge(predicted, 1L, Long::sum);
        if (actual.equals(predicted)) {
            correct++;
            correctByLabel.merge(actual, 1L, Long::sum);
        }
    }

    /** One row the model would not predict. */
    public void refused(String actual) {
        count(actual, 0);
        refused++;
    }

    private void count(String actual, double probabilityOfActual) {
        rows++;
        rowsByLabel.merge(actual, 1L, Long::sum);
        loss -= Math.log(Math.max(probabilityOfActual, LEAST_PROBABILITY));
    }

    public ClassificationMetrics metrics() {
        Map<String, Double> recall = new TreeMap<>();
        double f1 = 0;
        for (var entry : rowsByLabel.entrySet()) {
            long right = correctByLabel.getOrDefault(entry.getKey(), 0L);
            long answered = predictedByLabel.getOrDefault(entry.getKey(), 0L);
            recall.put(entry.getKey(), (double) right / entry.getValue());
            f1 += 2.0 * right / (answered + entry.getValue());
        }
        List<String> unknown = rowsByLabel.keySet().stream()
                .filter(label -> !modelLabels.contains(label))
                .toList();
        return new ClassificationMetrics(
                rows,
                correct,
                refused,
                rows == 0 ? Double.NaN : (double) correct / rows,
                rows == 0 ? Double.NaN : f1 / rowsByLabel.size(),
                rows == 0 ? Double.NaN : loss / rows,
                rowsByLabel,
                recall,
                confusion,
                unknown);
    }
}
