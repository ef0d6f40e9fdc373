package io.lathe.workbench.page;

import io.lathe.datasets.statistics.Bucket;
import java.util.List;

/** A histogram as a line of steps on an axis that it may share with others. */
final class Outline {
    /** A value that is everywhere the same is drawn this wide, in parts of the axis. */
    private static final double THINNEST = 0.02;

    /**
     * @param from start on the axis, 0 to 1
     * @param to end on the axis
     * @param density share of the values divided by the width
     */
    record Step(double from, double to, double density) {}

    private Outline() {}

    static List<Step> steps(List<Bucket> buckets, double low, double high) {
        double all = Math.max(1, buckets.stream().mapToLong(Bucket::count).sum());
        return buckets.stream()
                .map(bucket -> step(bucket, low, high, bucket.count() / all))
                .toList();
    }

    private static Step step(Bucket bucket, double low, double high, double share) {
        double from = place(bucket.low(), low, high);
        double to = place(bucket.high(), low, high);
        if (to - from < THINNEST) {
            double middle = Math.clamp((from + to) / 2, THINNEST / 2, 1 - THINNEST / 2);
            from = middle - THINNEST / 2;
            to = middle + THINNEST / 2;
        }
        return new Step(from, to, share / (to - from));
    }

    // Halved before the difference: it may overflow.
    private static double place(double value, double low, double high) {
        double range = high / 2 - low / 2;
        return range == 0 ? 0.5 : Math.clamp((value / 2 - low / 2) / range, 0, 1);
    }

    static double highest(List<Step> steps) {
        return steps.stream().mapToDouble(Step::density).max().orElse(1);
    }

    /** An SVG path around the area below the steps in a drawing of 100 by 100, {@code highest} at the top. */
    static String path(List<Step> steps, double highest) {
        if (steps.isEmpty()) {
            return "";
        }
        StringBuilder path = new StringBuilder();
        path.append('M').append(Figures.place(100 * steps.getFirst().from())).append(" 100");
        for (Step step : steps) {
            String top = Figures.place(highest == 0 ? 100 : 100 - 100 * step.density() / highest);
            path.append('L')
                    .append(Figures.place(100 * step.from()))
                    .append(' ')
                    .append(top);
            path.append('L').append(Figures.place(100 * step.to())).append(' ').append(top);
        }
        path.append('L').append(Figures.place(100 * steps.getLast().to())).append(" 100Z");
        return path.toString();
    }
}
