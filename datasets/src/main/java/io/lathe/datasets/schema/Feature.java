package io.lathe.datasets.schema;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.read.ColumnType;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one column must look like.
 *
 * @param inEnvironment environments the feature is expected in, beside the schema's default ones
 * @param notInEnvironment environments it is not expected in; wins
 * @param annotation a comment for people, may be empty
 */
public record Feature(
        String name,
        FeatureType type,
        Presence presence,
        Optional<Domain> domain,
        Set<String> inEnvironment,
        Set<String> notInEnvironment,
        String annotation) {
    public Feature {
        inEnvironment = Set.copyOf(inEnvironment);
        notInEnvironment = Set.copyOf(notInEnvironment);
        if (name.isEmpty()) {
            throw new LatheException(ProblemCode.BAD_REQUEST, "A feature needs a name.");
        }
        domain.ifPresent(given -> requireFitting(name, type, given));
    }

    /** A feature that every row must have. */
    public static Feature required(String name, FeatureType type) {
        return new Feature(name, type, Presence.REQUIRED, Optional.empty(), Set.of(), Set.of(), "");
    }

    /** A feature that may be missing. */
    public static Feature optional(String name, FeatureType type) {
        return new Feature(name, type, Presence.OPTIONAL, Optional.empty(), Set.of(), Set.of(), "");
    }

    public Feature withPresence(Presence other) {
        return new Feature(name, type, other, domain, inEnvironment, notInEnvironment, annotation);
    }

    public Feature withDomain(Domain other) {
        return new Feature(name, type, presence, Optional.of(other), inEnvironment, notInEnvironment, annotation);
    }

    /** The feature, not expected in this environment: a label is not in SERVING. */
    public Feature notIn(String environment) {
        var all = new TreeSet<>(notInEnvironment);
        all.add(environment);
        return new Feature(name, type, presence, domain, inEnvironment, all, annotation);
    }

    public boolean isBoolean() {
        return domain.filter(Domain.Bool.class::isInstance).isPresent();
    }

    /** The type of a column that holds this feature. */
    public ColumnType columnType() {
        return switch (type) {
            case INT -> ColumnType.LONG;
            case FLOAT -> ColumnType.DOUBLE;
            case BYTES ->
                switch (domain.orElse(null)) {
                    case Domain.Bool() -> ColumnType.BOOLEAN;
                    case Domain.Time(var format) when format.equals(Domain.Time.DATE) -> ColumnType.DATE;
                    case Domain.Time _ -> ColumnType.DATE_TIME;
                    case Domain.Strings _, Domain.Ints _, Domain.Floats _ -> ColumnType.TEXT;
                    case null -> ColumnType.TEXT;
                };
        };
    }

    private static void requireFitting(String name, FeatureType type, Domain domain) {
        var needed = switch (domain) {
            case Domain.Ints _ -> FeatureType.INT;
            case Domain.Floats _ -> FeatureType.FLOAT;
            case Domain.Strings _, Domain.Bool _, Domain.Time _ -> FeatureType.BYTES;
        };
        if (type != needed) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "Feature '" + name + "' is " + type + ", but its domain is for " + needed + ".");
        }
    }
}
