package io.lathe.kernel.plot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps a trace small enough for a notebook file: above the cap every k-th point stays, in step over all its arrays. */
final class PointCap {

    /** The most points one trace may bring into a notebook. */
    static final int POINTS = 5_000;

    private PointCap() {}

    static Optional<String> apply(Map<String, @Nullable Object> trace) {
        int points = 0;
        for (Object value : trace.values()) {
            if (value instanceof List<?> list && !(list.isEmpty() || list.getFirst() instanceof List)) {
                points = Math.max(points, list.size());
            }
        }
        if (points <= POINTS) {
            return Optional.empty();
        }
        int step = Math.ceilDiv(points, POINTS);
        thin(trace, points, step);
        return Optional.of("Shows every " + step + ordinal(step) + " of " + points + " points.");
    }

    private static void thin(Map<String, @Nullable Object> map, int points, int step) {
        map.replaceAll((key, value) -> {
            if (value instanceof List<?> list && list.size() == points) {
                var kept = new ArrayList<@Nullable Object>();
                for (int i = 0; i < points; i += step) {
                    kept.add(list.get(i));
                }
                return kept;
            }
            if (value instanceof Map<?, ?> inner) {
                var copy = new LinkedHashMap<String, @Nullable Object>();
                inner.forEach((name, element) -> copy.put(String.valueOf(name), element));
                thin(copy, points, step);
                return copy;
            }
            return value;
        });
    }

    private static String ordinal(int number) {
        if (number % 100 >= 11 && number % 100 <= 13) {
            return "th";
        }
        return switch (number % 10) {
            case 1 -> "st";
            case 2 -> "nd";
            case 3 -> "rd";
            default -> "th";
        };
    }
}
