package io.lathe.datasets.schema;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.schema.TextMessage.Field;
import io.lathe.datasets.schema.TextMessage.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/** Makes a schema of a text message, refusing what Lathe would not check. */
final class SchemaReader {
    private final TextMessage message;
    private final Map<String, Domain.Strings> shared = new HashMap<>();

    SchemaReader(TextMessage message) {
        this.message = message;
    }

    Schema schema() {
        requireKnown(message, "schema", "feature", "default_environment", "string_domain");
        for (var field : named(message, "string_domain")) {
            var domain = message(field);
            requireKnown(domain, "string_domain", "name", "value");
            shared.put(single(domain, "name", SchemaReader::text).orElse(""), strings(domain));
        }
        var features = named(message, "feature").stream()
                .map(field -> feature(message(field), field.line()))
                .toList();
        return new Schema(features, texts(message, "default_environment"));
    }

    private Feature feature(TextMessage feature, int line) {
        requireKnown(
                feature,
                "feature",
                "name",
                "type",
                "presence",
                "domain",
                "int_domain",
                "float_domain",
                "string_domain",
                "bool_domain",
                "time_domain",
                "in_environment",
                "not_in_environment",
                "annotation",
                "value_count",
                "shape");
        requireOneValue(feature);
        var name = single(feature, "name", SchemaReader::text)
                .orElseThrow(() -> TextMessage.malformed(line, "a feature needs a name"));
        var type = single(feature, "type", SchemaReader::type)
                .orElseThrow(() -> TextMessage.malformed(line, "feature '" + name + "' needs a type"));
        var annotation = single(feature, "annotation", field -> {
            requireKnown(message(field), "annotation", "comment");
            return String.join("\n", texts(message(field), "comment"));
        });
        try {
            return new Feature(
                    name,
                    type,
                    single(feature, "presence", SchemaReader::presence).orElse(Presence.OPTIONAL),
                    domain(feature, name, line),
                    new HashSet<>(texts(feature, "in_environment")),
                    new HashSet<>(texts(feature, "not_in_environment")),
                    annotation.orElse(""));
        } catch (LatheException e) {
            throw e.getMessage().startsWith("The schema") ? e : TextMessage.malformed(line, trimmed(e.getMessage()));
        }
    }

    private static String trimmed(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    /** Columns have one value in each row: a schema may say that, and nothing else. */
    private static void requireOneValue(TextMessage feature) {
        single(feature, "value_count", field -> {
            var count = message(field);
            requireKnown(count, "value_count", "min", "max");
            for (var bound : count.fields()) {
                if (integer(bound) != 1) {
                    throw TextMessage.malformed(bound.line(), "a column has exactly one value in each row");
                }
            }
            return count;
        });
        single(feature, "shape", field -> {
            var shape = message(field);
            requireKnown(shape, "shape", "dim");
            for (var dim : shape.fields()) {
                requireKnown(message(dim), "dim", "size", "name");
                if (single(message(dim), "size", SchemaReader::integer).orElse(1L) != 1) {
                    throw TextMessage.malformed(dim.line(), "a column has exactly one value in each row");
                }
            }
            return shape;
        });
    }

    private static FeatureType type(Field field) {
        var word = word(field);
        return Arrays.stream(FeatureType.values())
                .filter(type -> type.name().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        TextMessage.malformed(field.line(), "type is BYTES, INT or FLOAT here, not '" + word + "'"));
    }

    private static Presence presence(Field field) {
        var presence = message(field);
        requireKnown(presence, "presence", "min_fraction", "min_count");
        return new Presence(
                single(presence, "min_fraction", SchemaReader::decimal).orElse(0.0),
                single(presence, "min_count", SchemaReader::integer).orElse(0L));
    }

    private Optional<Domain> domain(TextMessage feature, String name, int line) {
        var domains = new ArrayList<Domain>();
        single(feature, "domain", field -> {
                    var domain = shared.get(text(field));
                    if (domain == null) {
                        throw TextMessage.malformed(
                                field.line(), "there is no string_domain named '" + text(field) + "'");
                    }
                    return domain;
                })
                .ifPresent(domains::add);
        single(feature, "int_domain", SchemaReader::ints).ifPresent(domains::add);
        single(feature, "float_domain", SchemaReader::floats).ifPresent(domains::add);
        single(feature, "bool_domain", SchemaReader::bool).ifPresent(domains::add);
        single(feature, "time_domain", SchemaReader::time).ifPresent(domains::add);
        single(feature, "string_domain", field -> {
                    requireKnown(message(field), "string_domain", "name", "value");
                    return strings(message(field));
                })
                .ifPresent(domains::add);
        if (domains.size() > 1) {
            throw TextMessage.malformed(line, "feature '" + name + "' has more than one domain");
        }
        return domains.stream().findFirst();
    }

    private static Domain ints(Field field) {
        var domain = message(field);
        requireKnown(domain, "int_domain", "name", "min", "max");
        var min = single(domain, "min", SchemaReader::integer);
        var max = single(domain, "max", SchemaReader::integer);
        return new Domain.Ints(
                min.map(OptionalLong::of).orElse(OptionalLong.empty()),
                max.map(OptionalLong::of).orElse(OptionalLong.empty()));
    }

    private static Domain floats(Field field) {
        var domain = message(field);
        requireKnown(domain, "float_domain", "name", "min", "max");
        var min = single(domain, "min", SchemaReader::decimal);
        var max = single(domain, "max", SchemaReader::decimal);
        return new Domain.Floats(
                min.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                max.map(OptionalDouble::of).orElse(OptionalDouble.empty()));
    }

    private static Domain bool(Field field) {
        var domain = message(field);
        requireKnown(domain, "bool_domain", "name", "true_value", "false_value");
        var words = List.of(
                single(domain, "true_value", SchemaReader::text).orElse("true"),
                single(domain, "false_value", SchemaReader::text).orElse("false"));
        if (!words.equals(List.of("true", "false"))) {
            throw TextMessage.malformed(field.line(), "truth values are written 'true' and 'false' here");
        }
        return new Domain.Bool();
    }

    private static Domain time(Field field) {
        var domain = message(field);
        requireKnown(domain, "time_domain", "name", "string_format");
        var format = single(domain, "string_format", SchemaReader::text).orElse("");
        if (!format.equals(Domain.Time.DATE) && !format.equals(Domain.Time.DATE_TIME)) {
            throw TextMessage.malformed(
                    field.line(),
                    "times are written '" + Domain.Time.DATE + "' or '" + Domain.Time.DATE_TIME + "' here, not '"
                            + format + "'");
        }
        return new Domain.Time(format);
    }

    private static Domain.Strings strings(TextMessage domain) {
        return new Domain.Strings(texts(domain, "value"));
    }

    private static void requireKnown(TextMessage message, String what, String... known) {
        for (var field : message.fields()) {
            if (!Arrays.asList(known).contains(field.name())) {
                throw TextMessage.malformed(
                        field.line(), "Lathe does not check '" + field.name() + "' of a " + what + "; leave it out");
            }
        }
    }

    private static List<Field> named(TextMessage message, String name) {
        return message.fields().stream()
                .filter(field -> field.name().equals(name))
                .toList();
    }

    private static <T> Optional<T> single(TextMessage message, String name, Function<Field, T> reader) {
        var fields = named(message, name);
        if (fields.size() > 1) {
            throw TextMessage.malformed(fields.get(1).line(), "'" + name + "' is given twice");
        }
        return fields.stream().findFirst().map(reader);
    }

    private static List<String> texts(TextMessage message, String name) {
        return named(message, name).stream().map(SchemaReader::text).toList();
    }

    private static TextMessage message(Field field) {
        if (field.value() instanceof Value.Message(var message)) {
            return message;
        }
        throw TextMessage.malformed(field.line(), "'" + field.name() + "' needs '{'");
    }

    private static String text(Field field) {
        if (field.value() instanceof Value.Text(var text)) {
            return text;
        }
        throw TextMessage.malformed(field.line(), "'" + field.name() + "' needs a text in quotes");
    }

    private static String word(Field field) {
        if (field.value() instanceof Value.Word(var word)) {
            return word;
        }
        throw TextMessage.malformed(field.line(), "'" + field.name() + "' needs a number or a name");
    }

    private static long integer(Field field) {
        try {
            return Long.parseLong(word(field));
        } catch (NumberFormatException e) {
            throw TextMessage.malformed(field.line(), "'" + word(field) + "' is not a 64-bit integer");
        }
    }

    private static double decimal(Field field) {
        double number;
        try {
            number = Double.parseDouble(word(field));
        } catch (NumberFormatException e) {
            throw TextMessage.malformed(field.line(), "'" + word(field) + "' is not a number");
        }
        // Nothing is below or above NaN: such a bound would check nothing.
        if (Double.isNaN(number)) {
            throw TextMessage.malformed(field.line(), "'" + word(field) + "' is not a number");
        }
        return number;
    }
}
