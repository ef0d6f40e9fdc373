package io.lathe.models.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Collects a regression's answers row by row into {@link RegressionMetrics}, and the errors by row for a comparison. Used by one
 * thread.
 */
public final class NumberTally {
    private double[] actual = new double[256];
    private double[] errors = new double[256];
    private int rows;
    private int refused;

    /** One predicted row; both numbers are finite. */
    public void predicted(double actualNumber, double prediction) {
        if (!Double.isFinite(actualNumber) || !Double.isFinite(prediction)) {
            throw new IllegalArgumentException("a prediction that is no number is a refused row");
        }
        add(actualNumber, prediction - actualNumber);
    }

    /** One row the model would not predict. */
    public void refused(double actualNumber) {
        add(actualNumber, Double.NaN);
        refused++;
    }

    private void add(double actualNumber, double error) {
        if (rows == errors.length) {
            actual = Arrays.copyOf(actual, 2 * rows);
            errors = Arrays.copyOf(errors, 2 * rows);
        }
        actual[rows] = actualNumber;
        errors[rows++] = error;
    }

    /** Prediction minus true number of each row, in order; NaN where the row was refused. */
    public double[] errors() {
        return Arrays.copyOf(errors, rows);
    }

    public RegressionMetrics metrics() {
        int predicted = rows - refused;
        double[] known = new double[predicted];
        double[] error = new double[predicted];
        int next = 0;
        for (int row = 0; row < rows; row++) {
            if (!Double.isNaN(errors[row])) {
                known[next] = actual[row];
                error[next++] = errors[row];
            }
        }
        double squares = sum(Arrays.stream(error).map(e -> e * e));
        double mean = sum(Arrays.stream(known)) / predicted;
        double distances = sum(Arrays.stream(known).map(y -> (y - mean) * (y - mean)));
        return new RegressionMetrics(
                rows,
                refused,
                Math.sqrt(squares / predicted),
                sum(Arrays.stream(error).map(Math::abs)) / predicted,
                allEqual(known) ? Double.NaN : 1 - squares / distances,
                sum(Arrays.stream(error)) / predicted,
                allEqual(known) && predicted > 0 ? 0 : Math.sqrt(distances / predicted),
                quantiles(error));
    }

    /** Rounding must not make a spread out of equal numbers. */
    private static boolean allEqual(double[] numbers) {
        return Arrays.stream(numbers).allMatch(number -> number == numbers[0]);
    }

    /** In the stream's own compensated summation. */
    private static double sum(DoubleStream numbers) {
        return numbers.sum();
    }

    private static List<Double> quantiles(double[] errors) {
        if (errors.length == 0) {
            return List.of();
        }
        double[] sorted = errors.clone();
        Arrays.sort(sorted);
        return RegressionMetrics.LEVELS.stream()
                .map(level -> quantile(sorted, Double.parseDouble(level)))
                .toList();
    }

    /** Linear interpolation between order statistics (type 7 of Hyndman and Fan 1996). */
    private static double quantile(double[] sorted, double level) {
        double place = level * (sorted.length - 1);
        int below = (int) Math.floor(place);
        double share = place - below;
        return share == 0 ? sorted[below] : sorted[below] + share * (sorted[below + 1] - sorted[below]);
    }
}
