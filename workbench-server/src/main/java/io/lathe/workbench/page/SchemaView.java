package io.lathe.workbench.page;

import io.lathe.datasets.schema.Domain;
import io.lathe.datasets.schema.Feature;
import io.lathe.datasets.schema.Presence;
import io.lathe.datasets.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Schemas in words. */
final class SchemaView {
    private static final int MOST_VALUES = 12;
    private static final int LONGEST_VALUE = 40;

    private SchemaView() {}

    /** The features of a schema, compared with the one before it where there is one. */
    static List<SchemaPage.Feature> of(Schema schema, Optional<Schema> before) {
        List<SchemaPage.Feature> rows = new ArrayList<>();
        Map<String, Feature> earlier = before.map(Schema::byName).orElse(Map.of());
        Map<String, Feature> now = schema.byName();
        for (Feature feature : schema.features()) {
            Optional<Feature> was = Optional.ofNullable(earlier.get(feature.name()));
            if (before.isEmpty() || was.filter(feature::equals).isPresent()) {
                rows.add(row(feature, "same", ""));
            } else {
                rows.add(row(
                        feature,
                        was.isEmpty() ? "added" : "changed",
                        was.map(SchemaView::sentence).orElse("")));
            }
        }
        earlier.values().stream()
                .filter(feature -> !now.containsKey(feature.name()))
                .forEach(feature -> rows.add(row(feature, "removed", "")));
        return rows;
    }

    private static SchemaPage.Feature row(Feature feature, String change, String was) {
        return new SchemaPage.Feature(
                feature.name(),
                feature.columnType().words(),
                presence(feature.presence()),
                feature.domain().map(SchemaView::domain).orElse(""),
                environments(feature),
                feature.annotation(),
                change,
                was);
    }

    /** What a feature must be, in one line. */
    static String sentence(Feature feature) {
        String domain = feature.domain().map(SchemaView::domain).orElse("");
        return feature.columnType().words() + ", " + presence(feature.presence())
                + (domain.isEmpty() ? "" : ", " + domain);
    }

    private static String presence(Presence presence) {
        if (presence.isRequired()) {
            return "in every row";
        }
        if (presence.equals(Presence.OPTIONAL)) {
            return "may be missing";
        }
        String share = presence.minFraction() > 0
                ? "in at least " + Figures.number(100 * presence.minFraction()) + " % of rows"
                : "";
        String rows = presence.minCount() > 0 ? "in at least " + Figures.count(presence.minCount(), "row") : "";
        return share + (share.isEmpty() || rows.isEmpty() ? "" : ", ") + rows;
    }

    private static String domain(Domain domain) {
        return switch (domain) {
            case Domain.Ints(var min, var max) ->
                range(
                        min.isPresent() ? Long.toString(min.getAsLong()) : "",
                        max.isPresent() ? Long.toString(max.getAsLong()) : "");
            case Domain.Floats(var min, var max) ->
                range(
                        min.isPresent() ? Double.toString(min.getAsDouble()) : "",
                        max.isPresent() ? Double.toString(max.getAsDouble()) : "");
            case Domain.Strings(var values) ->
                "one of "
                        + values.stream()
                                .limit(MOST_VALUES)
                                .map(value -> Figures.shortened(value, LONGEST_VALUE))
                                .collect(Collectors.joining(", "))
                        + (values.size() > MOST_VALUES
                                ? " and " + Figures.count(values.size() - MOST_VALUES) + " more"
                                : "");
            case Domain.Bool() -> "true or false";
            case Domain.Time(var format) -> format.equals(Domain.Time.DATE) ? "a date" : "a date with time";
        };
    }

    private static String range(String min, String max) {
        if (min.isEmpty() && max.isEmpty()) {
            return "any number";
        }
        return max.isEmpty() ? "at least " + min : min.isEmpty() ? "at most " + max : min + " to " + max;
    }

    private static String environments(Feature feature) {
        List<String> parts = new ArrayList<>();
        if (!feature.inEnvironment().isEmpty()) {
            parts.add("in " + String.join(", ", new TreeSet<>(feature.inEnvironment())));
        }
        if (!feature.notInEnvironment().isEmpty()) {
            parts.add("not in " + String.join(", ", new TreeSet<>(feature.notInEnvironment())));
        }
        return String.join("; ", parts);
    }
}
