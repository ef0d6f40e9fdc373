package io.lathe.kernel.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Integers beyond 2^53 lose digits in a browser, where every number is a double. A trace that holds such integers gets
 * hover text with all their digits; the position on the axis may be rounded, what is read is not.
 */
final class ExactHover {

    private static final long EXACT = 1L << 53;

    private ExactHover() {}

    static void addTo(Map<String, @Nullable Object> trace) {
        if (!(trace.get("x") instanceof List<?> x && trace.get("y") instanceof List<?> y)
                || x.size() != y.size()
                || trace.containsKey("text")
                || !(holdsBigInteger(x) || holdsBigInteger(y))) {
            return;
        }
        var text = new ArrayList<@Nullable Object>();
        for (int i = 0; i < x.size(); i++) {
            text.add("(" + x.get(i) + ", " + y.get(i) + ")");
        }
        trace.put("text", text);
        trace.put("hoverinfo", "text+name");
    }

    private static boolean holdsBigInteger(List<?> values) {
        return values.stream().anyMatch(value -> value instanceof Long n && (n > EXACT || n < -EXACT));
    }
}
