package io.lathe.kernel.plot;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.plotly.Utils;
import tech.tablesaw.plotly.traces.Trace;

/**
 * The data arrays of one trace, taken from the trace itself. Tablesaw prints them without escaping and without types
 * (a number becomes {@code '1.0'}, O'Brien ends the literal), so their printed form is cut out of the script before it is
 * parsed and the real values are put back afterwards.
 */
final class RawArrays {

    private final Map<String, List<@Nullable Object>> byPlaceholder = new LinkedHashMap<>();

    /** The trace's script with every data array replaced by a placeholder string. */
    String cutFrom(String script, Trace trace) {
        String remaining = script;
        for (Class<?> type = trace.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                Object value = valueOf(field, trace);
                String printed = switch (value) {
                    case double[] numbers -> Utils.dataAsString(numbers);
                    case double[][] matrix -> Utils.dataAsString(matrix);
                    case Object[] objects -> Utils.dataAsString(objects);
                    case null, default -> "";
                };
                if (printed.length() > 2 && remaining.contains(": " + printed)) {
                    String placeholder = "@lathe-array-" + byPlaceholder.size() + "@";
                    byPlaceholder.put(placeholder, values(value));
                    remaining = remaining.replace(": " + printed, ": '" + placeholder + "'");
                }
            }
        }
        return remaining;
    }

    /** The values a placeholder stands for, or null when the text is none. */
    @Nullable
    List<@Nullable Object> find(String text) {
        return byPlaceholder.get(text);
    }

    private static @Nullable Object valueOf(Field field, Trace trace) {
        if (Modifier.isStatic(field.getModifiers()) || !field.getType().isArray()) {
            return null;
        }
        try {
            field.setAccessible(true);
            return field.get(trace);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Cannot read " + field, e);
        }
    }

    private static List<@Nullable Object> values(@Nullable Object array) {
        var values = new ArrayList<@Nullable Object>();
        switch (array) {
            case double[] numbers -> {
                for (double number : numbers) {
                    values.add(JsonValues.of(number));
                }
            }
            case double[][] matrix -> {
                for (double[] row : matrix) {
                    values.add(values(row));
                }
            }
            case Object[] objects -> {
                for (Object object : objects) {
                    values.add(JsonValues.of(object));
                }
            }
            case null, default -> {}
        }
        return values;
    }
}
