package io.lathe.datasets.schema;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.read.ColumnType;
import io.lathe.datasets.read.CsvOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a dataset must look like. A feature is expected in an environment when the schema's defaults or its own list name it and its exclusions do not; without any environments everything is expected.
 *
 * @param features in order; names are unique
 * @param defaultEnvironments environments every feature is in unless it says otherwise
 */
public record Schema(List<Feature> features, List<String> defaultEnvironments) {
    public static final String TRAINING = "TRAINING";
    public static final String SERVING = "SERVING";

    public Schema {
        features = List.copyOf(features);
        defaultEnvironments = List.copyOf(defaultEnvironments);
        var names = new HashSet<String>();
        for (var feature : features) {
            if (!names.add(feature.name())) {
                throw new LatheException(
                        ProblemCode.BAD_REQUEST, "The schema has two features named '" + feature.name() + "'.");
            }
        }
    }

    public Optional<Feature> find(String name) {
        for (var each : features) {
            if (each.name().equals(name)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** The features by name, in order: for who looks for many. */
    public Map<String, Feature> byName() {
        var all = new LinkedHashMap<String, Feature>();
        features.forEach(each -> all.put(each.name(), each));
        return all;
    }

    public List<String> names() {
        return features.stream().map(Feature::name).toList();
    }

    /** The schema with this feature in the place of the one with the same name, or at the end. */
    public Schema with(Feature feature) {
        var all = byName();
        all.put(feature.name(), feature);
        return new Schema(List.copyOf(all.values()), defaultEnvironments);
    }

    /** The features expected in this environment. */
    public Schema forEnvironment(String environment) {
        return new Schema(
                features.stream().filter(each -> isExpected(each, environment)).toList(), defaultEnvironments);
    }

    private boolean isExpected(Feature feature, String environment) {
        if (feature.notInEnvironment().contains(environment)) {
            return false;
        }
        return (defaultEnvironments.isEmpty() && feature.inEnvironment().isEmpty())
                || defaultEnvironments.contains(environment)
                || feature.inEnvironment().contains(environment);
    }

    /** The type of the column of each feature. */
    public Map<String, ColumnType> columnTypes() {
        return features.stream().collect(Collectors.toMap(Feature::name, Feature::columnType));
    }

    /** How to read a file of this schema: its types win, and words of a feature's domain are values there, never missing tokens. */
    public CsvOptions reading(CsvOptions base) {
        var values = new HashMap<String, Set<String>>();
        for (var feature : features) {
            if (feature.domain().orElse(null) instanceof Domain.Strings(var words)) {
                values.put(feature.name(), Set.copyOf(words));
            }
        }
        return base.withTypes(columnTypes()).withValues(values);
    }
}
