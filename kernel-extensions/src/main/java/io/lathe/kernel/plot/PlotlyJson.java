package io.lathe.kernel.plot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.traces.Trace;

/**
 * A figure as the content of {@code application/vnd.plotly.v1+json}: maps, lists, numbers, text, booleans and null only.
 * Tablesaw prints figures as JavaScript for a page that loads Plotly from elsewhere; here that script's literals are read
 * as data. Numbers stay numbers, NaN and infinity become null, titles become objects as today's Plotly wants them.
 *
 * @param data   the traces
 * @param layout the layout
 * @param notes  what was left out, in sentences
 */
public record PlotlyJson(
        List<Map<String, @Nullable Object>> data, Map<String, @Nullable Object> layout, List<String> notes) {

    /** The MIME type of {@link #content()}. */
    public static final String MIME_TYPE = "application/vnd.plotly.v1+json";

    private static final JsonMapper LITERALS = JsonMapper.builder()
            .enable(
                    JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES,
                    JsonReadFeature.ALLOW_SINGLE_QUOTES,
                    JsonReadFeature.ALLOW_TRAILING_COMMA,
                    JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS,
                    JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();
    private static final TypeReference<LinkedHashMap<String, @Nullable Object>> MAP = new TypeReference<>() {};
    private static final Pattern ASSIGNMENT = Pattern.compile("^\\s*var \\w+\\s*=");
    private static final Set<String> SCALAR_NUMBERS =
            Set.of("opacity", "dtick", "nticks", "tick0", "scaleratio", "xshift", "width", "height", "size");
    private static final Set<String> SCALAR_BOOLEANS = Set.of("visible", "autorange");

    public PlotlyJson {
        data = List.copyOf(data);
        notes = List.copyOf(notes);
    }

    /**
     * Reads a figure. Traces with more than {@link PointCap#POINTS} points are thinned evenly, and {@link #notes()} and
     * the plot itself say so.
     */
    public static PlotlyJson of(Figure figure) {
        var data = new ArrayList<Map<String, @Nullable Object>>();
        var notes = new ArrayList<String>();
        Trace[] traces = figure.getTraces();
        for (int i = 0; i < traces.length; i++) {
            var arrays = new RawArrays();
            String script = arrays.cutFrom(traces[i].asJavascript(i), traces[i]);
            Map<String, @Nullable Object> trace = read(script, arrays);
            ExactHover.addTo(trace);
            PointCap.apply(trace).ifPresent(notes::add);
            data.add(trace);
        }
        Layout layout = figure.getLayout();
        Map<String, @Nullable Object> read =
                layout == null ? new LinkedHashMap<>() : read(layout.asJavascript(), new RawArrays());
        titles(read);
        if (!notes.isEmpty()) {
            read.put("annotations", List.of(remark(String.join(" ", notes))));
        }
        return new PlotlyJson(data, read, notes);
    }

    /** The MIME type's content. */
    public Map<String, Object> content() {
        // No "responsive": inside JupyterLab's output area it shrinks a figure to nothing.
        return Map.of("data", data, "layout", layout, "config", Map.of("displaylogo", false));
    }

    /** One line for front ends that cannot plot. */
    public String text() {
        Object title = layout.get("title") instanceof Map<?, ?> map ? map.get("text") : null;
        String name = title == null || title.toString().isEmpty() ? "" : " \"" + title + "\"";
        List<String> kinds = data.stream()
                .map(trace -> String.valueOf(trace.get("type")))
                .distinct()
                .toList();
        return "Plotly figure" + name + ": " + String.join(", ", kinds) + ", "
                + (data.size() == 1 ? "1 trace" : data.size() + " traces");
    }

    private static Map<String, @Nullable Object> read(String script, RawArrays arrays) {
        String literal = ASSIGNMENT.matcher(script).replaceFirst("").strip();
        if (literal.endsWith(";")) {
            literal = literal.substring(0, literal.length() - 1);
        }
        try {
            // Tablesaw escapes nothing for JavaScript, so a backslash in the script is one in the text.
            Map<String, @Nullable Object> map = LITERALS.readValue(literal.replace("\\", "\\\\"), MAP);
            map.replaceAll((key, value) -> clean(key, value, arrays));
            return map;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("This figure cannot be shown: " + e.getOriginalMessage(), e);
        }
    }

    private static @Nullable Object clean(String key, @Nullable Object value, RawArrays arrays) {
        return switch (value) {
            case String text -> scalar(key, text, arrays);
            case Map<?, ?> map -> {
                var cleaned = new LinkedHashMap<String, @Nullable Object>();
                map.forEach(
                        (name, inner) -> cleaned.put(String.valueOf(name), clean(String.valueOf(name), inner, arrays)));
                yield cleaned;
            }
            case List<?> list -> {
                var cleaned = new ArrayList<@Nullable Object>();
                list.forEach(inner -> cleaned.add(clean("", inner, arrays)));
                yield cleaned;
            }
            case null, default -> JsonValues.of(value);
        };
    }

    private static @Nullable Object scalar(String key, String text, RawArrays arrays) {
        List<@Nullable Object> array = arrays.find(text);
        if (array != null) {
            return array;
        }
        if (SCALAR_BOOLEANS.contains(key) && (text.equals("true") || text.equals("false"))) {
            return Boolean.valueOf(text);
        }
        if (SCALAR_NUMBERS.contains(key) && text.matches("-?\\d+(\\.\\d+)?([eE]-?\\d+)?")) {
            return Double.valueOf(text);
        }
        return HtmlEntities.decode(text);
    }

    /** {@code title: "x", titlefont: f} becomes {@code title: {text: "x", font: f}}, at every depth. */
    private static void titles(Map<String, @Nullable Object> map) {
        for (Object value :
                List.copyOf(map.values().stream().filter(v -> v instanceof Map).toList())) {
            @SuppressWarnings("unchecked") // read() makes maps with text keys only
            var inner = (Map<String, @Nullable Object>) value;
            titles(inner);
        }
        Object font = map.remove("titlefont");
        if (map.get("title") instanceof String text) {
            var title = new LinkedHashMap<String, @Nullable Object>();
            title.put("text", text);
            if (font != null) {
                title.put("font", font);
            }
            map.put("title", title);
        }
    }

    private static Map<String, @Nullable Object> remark(String text) {
        return Map.of(
                "text",
                text,
                "xref",
                "paper",
                "yref",
                "paper",
                "x",
                1,
                "y",
                1.02,
                "xanchor",
                "right",
                "yanchor",
                "bottom",
                "showarrow",
                false,
                "font",
                Map.of("size", 11, "color", "#757575"));
    }
}
