package io.lathe.datasets.schema;

import io.lathe.datasets.statistics.ColumnStatistics;
import io.lathe.datasets.statistics.DatasetStatistics;
import io.lathe.datasets.statistics.TextStatistics;
import io.lathe.datasets.statistics.TopValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Proposes a schema from what was seen. Types are the columns'. A column without missing cells is required; one with some only has to occur. Text gets a domain when it has at most 100 different values and at
 * most 5 % of its cells hold a value seen once: by Good and Turing, about that share of new cells would bring new values. Numbers get no range: the next ones may well be larger.
 */
public final class SchemaInference {
    private static final double MOST_UNSEEN = 0.05;

    private SchemaInference() {}

    public static Schema infer(DatasetStatistics statistics) {
        return new Schema(
                statistics.columns().stream().map(SchemaInference::feature).toList(),
                List.of(Schema.TRAINING, Schema.SERVING));
    }

    private static Feature feature(ColumnStatistics column) {
        var type = switch (column.type()) {
            case LONG -> FeatureType.INT;
            case DOUBLE -> FeatureType.FLOAT;
            case BOOLEAN, DATE, DATE_TIME, TEXT -> FeatureType.BYTES;
        };
        return new Feature(column.name(), type, presence(column), domain(column), Set.of(), Set.of(), "");
    }

    private static Presence presence(ColumnStatistics column) {
        if (column.count() == 0) {
            return Presence.OPTIONAL;
        }
        return column.missing() == 0 ? Presence.REQUIRED : new Presence(0, 1);
    }

    private static Optional<Domain> domain(ColumnStatistics column) {
        return switch (column.type()) {
            case BOOLEAN -> Optional.of(new Domain.Bool());
            case DATE -> Optional.of(new Domain.Time(Domain.Time.DATE));
            case DATE_TIME -> Optional.of(new Domain.Time(Domain.Time.DATE_TIME));
            case TEXT -> column.text().flatMap(text -> words(column, text));
            case LONG, DOUBLE -> Optional.empty();
        };
    }

    private static Optional<Domain> words(ColumnStatistics column, TextStatistics text) {
        var all = column.distinct().orElse(Long.MAX_VALUE) == text.top().size();
        var seenOnce = text.top().stream().filter(value -> value.count() == 1).count();
        if (!all || seenOnce > MOST_UNSEEN * column.count()) {
            return Optional.empty();
        }
        return Optional.of(new Domain.Strings(
                text.top().stream().map(TopValue::value).sorted().toList()));
    }
}
