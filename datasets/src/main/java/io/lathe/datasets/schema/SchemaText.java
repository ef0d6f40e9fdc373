package io.lathe.datasets.schema;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Schemas as text, in the text format of TensorFlow Metadata's {@code Schema} message: what is printed here its tools read, and what they write is read here if it says nothing Lathe cannot check.
 */
public final class SchemaText {
    private SchemaText() {}

    /** One line for each thing said, in the order of the features, so that changes show line by line. */
    public static String print(Schema schema) {
        var out = new StringBuilder();
        for (var feature : schema.features()) {
            out.append("feature {\n");
            print(out, feature);
            out.append("}\n");
        }
        texts(out, "", "default_environment", schema.defaultEnvironments());
        return out.toString();
    }

    /** BAD_REQUEST naming line and field when the text is malformed or asks for what Lathe does not check. */
    public static Schema parse(String pbtxt) {
        return new SchemaReader(TextMessage.parse(pbtxt)).schema();
    }

    private static void print(StringBuilder out, Feature feature) {
        out.append("  name: ").append(TextLiteral.quote(feature.name())).append('\n');
        out.append("  type: ").append(feature.type()).append('\n');
        print(out, feature.presence());
        feature.domain().ifPresent(domain -> print(out, domain));
        texts(
                out,
                "  ",
                "in_environment",
                feature.inEnvironment().stream().sorted().toList());
        texts(
                out,
                "  ",
                "not_in_environment",
                feature.notInEnvironment().stream().sorted().toList());
        if (!feature.annotation().isEmpty()) {
            out.append("  annotation {\n");
            texts(out, "    ", "comment", List.of(feature.annotation()));
            out.append("  }\n");
        }
    }

    private static void print(StringBuilder out, Presence presence) {
        if (presence.equals(Presence.OPTIONAL)) {
            return;
        }
        out.append("  presence {\n");
        if (presence.minFraction() > 0) {
            out.append("    min_fraction: ").append(presence.minFraction()).append('\n');
        }
        if (presence.minCount() > 0) {
            out.append("    min_count: ").append(presence.minCount()).append('\n');
        }
        out.append("  }\n");
    }

    private static void print(StringBuilder out, Domain domain) {
        switch (domain) {
            case Domain.Ints(var min, var max) -> block(out, "int_domain", number("min", min) + number("max", max));
            case Domain.Floats(var min, var max) -> block(out, "float_domain", number("min", min) + number("max", max));
            case Domain.Bool() -> block(out, "bool_domain", "    true_value: \"true\"\n    false_value: \"false\"\n");
            case Domain.Time(var format) ->
                block(out, "time_domain", "    string_format: " + TextLiteral.quote(format) + "\n");
            case Domain.Strings(var values) -> {
                var lines = new StringBuilder();
                texts(lines, "    ", "value", values);
                block(out, "string_domain", lines.toString());
            }
        }
    }

    private static void block(StringBuilder out, String name, String lines) {
        out.append("  ").append(name).append(" {\n").append(lines).append("  }\n");
    }

    private static String number(String name, OptionalLong value) {
        return value.isPresent() ? "    " + name + ": " + value.getAsLong() + "\n" : "";
    }

    private static String number(String name, OptionalDouble value) {
        return value.isPresent() ? "    " + name + ": " + value.getAsDouble() + "\n" : "";
    }

    private static void texts(StringBuilder out, String indent, String name, List<String> values) {
        values.forEach(value -> out.append(indent)
                .append(name)
                .append(": ")
                .append(TextLiteral.quote(value))
                .append('\n'));
    }
}
