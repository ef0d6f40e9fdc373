package io.lathe.datasets.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTextTest {
    private static final List<FeatureType> TYPES = List.of(FeatureType.values());
    private static final String[] ALPHABET = {
        "a", "é", "東", "🚀", "\"", "\\", "\n", "\t", "\u0001", "'", "#", "{", "0", "7", " "
    };

    @Test
    void aSchemaReadsAsTensorflowMetadataWritesIt() {
        var schema = new Schema(
                List.of(
                        Feature.required("species", FeatureType.BYTES)
                                .withDomain(new Domain.Strings(List.of("Adelie", "Gentoo")))
                                .notIn(Schema.SERVING),
                        Feature.optional("mass", FeatureType.FLOAT)
                                .withPresence(new Presence(0.9, 0))
                                .withDomain(new Domain.Floats(OptionalDouble.of(0), OptionalDouble.empty()))),
                List.of(Schema.TRAINING, Schema.SERVING));
        assertThat(SchemaText.print(schema)).isEqualTo("""
                feature {
                  name: "species"
                  type: BYTES
                  presence {
                    min_fraction: 1.0
                    min_count: 1
                  }
                  string_domain {
                    value: "Adelie"
                    value: "Gentoo"
                  }
                  not_in_environment: "SERVING"
                }
                feature {
                  name: "mass"
                  type: FLOAT
                  presence {
                    min_fraction: 0.9
                  }
                  float_domain {
                    min: 0.0
                  }
                }
                default_environment: "TRAINING"
                default_environment: "SERVING"
                """);
    }

    @Test
    void whatTensorflowDataValidationInfersIsRead() {
        var schema = SchemaText.parse("""
                # inferred
                feature {
                  name: "sex"
                  type: BYTES
                  presence { min_count: 1 }
                  domain: 'sex'
                  value_count { min: 1 max: 1 }
                }
                feature <
                  name: "n", type: INT; shape { dim { size: 1 } }
                  presence: { min_fraction: 1 min_count: 1 }
                  int_domain { min: -9223372036854775808 max: 5 }
                >
                string_domain { name: "sex" value: ["female", "m" 'ale'] }
                default_environment: "TRAINING"
                """);
        assertThat(schema.features())
                .containsExactly(
                        Feature.optional("sex", FeatureType.BYTES)
                                .withPresence(new Presence(0, 1))
                                .withDomain(new Domain.Strings(List.of("female", "male"))),
                        Feature.required("n", FeatureType.INT)
                                .withDomain(new Domain.Ints(OptionalLong.of(Long.MIN_VALUE), OptionalLong.of(5))));
    }

    @Test
    void escapesAreThoseOfProtobuf() {
        assertThat(SchemaText.parse("feature { name: \"\\303\\251\\x41\\u00e9\\n\\'\" type: INT }")
                        .names())
                .containsExactly("éAé\n'");
    }

    @RepeatedTest(300)
    void whatIsPrintedIsParsed(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var features = new ArrayList<Feature>();
        var names = new HashSet<String>();
        for (var i = random.nextInt(6); i >= 0; i--) {
            var name = "f" + text(random);
            if (names.add(name)) {
                features.add(feature(name, random));
            }
        }
        var schema = new Schema(features, random.nextBoolean() ? List.of() : List.of("TRAINING", text(random)));
        var printed = SchemaText.print(schema);
        assertThat(SchemaText.parse(printed)).isEqualTo(schema);
        assertThat(SchemaText.print(SchemaText.parse(printed))).isEqualTo(printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "feature {",
                "feature { name: \"a }",
                "feature { name: \"a\" }",
                "feature { type: INT }",
                "feature { name: \"a\" type: STRUCT }",
                "feature { name: \"a\" type: INT type: INT }",
                "feature { name: \"a\" type: INT } feature { name: \"a\" type: INT }",
                "feature { name: \"a\" type: INT string_domain { value: \"x\" } }",
                "feature { name: \"a\" type: BYTES domain: \"nowhere\" }",
                "feature { name: \"a\" type: INT presence { min_fraction: 2 } }",
                "feature { name: \"a\" type: INT int_domain { min: 1.5 } }",
                "feature { name: \"a\" type: FLOAT float_domain { min: NaN } }",
                "feature { name: \"a\" type: INT value_count { min: 0 max: 3 } }",
                "feature { name: \"a\" type: INT drift_comparator { } }",
                "feature { name: \"\\q\" type: INT }",
                "feature { name: \"\\377\" type: INT }",
                "feature: 3",
                "}",
                "name",
                "a { a { a { a { a { a { a { a { a { a { a { a { a { a { a { a { a { a {",
                "x: [1, 2"
            })
    void whatIsMalformedOrWouldNotBeCheckedIsRefused(String text) {
        assertThatThrownBy(() -> SchemaText.parse(text))
                .isInstanceOfSatisfying(
                        LatheException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.BAD_REQUEST));
    }

    @Test
    void aRefusalNamesTheLine() {
        assertThatThrownBy(() -> SchemaText.parse("feature {\n  name: \"a\"\n  type: INT\n  skew_comparator {}\n}"))
                .hasMessageContaining("line 4")
                .hasMessageContaining("skew_comparator");
    }

    @RepeatedTest(300)
    void noTextBreaksTheParserButWithAProblem(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var words = new String[] {
            "feature",
            "{",
            "}",
            ":",
            "name",
            "type",
            "INT",
            "\"a\"",
            "presence",
            "[",
            "]",
            ",",
            "<",
            ">",
            "\n",
            "\\",
            "\"",
            "1",
            "#",
            "domain"
        };
        var text = random.ints(random.nextInt(30), 0, words.length)
                .mapToObj(i -> words[i])
                .collect(Collectors.joining(" "));
        try {
            SchemaText.print(SchemaText.parse(text));
        } catch (LatheException e) {
            assertThat(e.code()).isEqualTo(ProblemCode.BAD_REQUEST);
        }
    }

    private static Feature feature(String name, Random random) {
        var type = TYPES.get(random.nextInt(TYPES.size()));
        Optional<Domain> domain = random.nextBoolean() ? Optional.empty() : Optional.of(domain(type, random));
        var presence =
                new Presence(random.nextInt(3) == 0 ? 1 : random.nextInt(2) * random.nextDouble(), random.nextInt(3));
        Set<String> in = random.nextBoolean() ? Set.of() : Set.of("A", text(random));
        Set<String> notIn = random.nextBoolean() ? Set.of() : Set.of(Schema.SERVING);
        return new Feature(name, type, presence, domain, in, notIn, random.nextBoolean() ? "" : text(random));
    }

    private static Domain domain(FeatureType type, Random random) {
        return switch (type) {
            case INT ->
                new Domain.Ints(
                        random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty(),
                        random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty());
            case FLOAT ->
                new Domain.Floats(
                        random.nextBoolean() ? OptionalDouble.of(random.nextGaussian() * 1e30) : OptionalDouble.empty(),
                        random.nextBoolean() ? OptionalDouble.of(random.nextDouble()) : OptionalDouble.empty());
            case BYTES ->
                switch (random.nextInt(4)) {
                    case 0 -> new Domain.Bool();
                    case 1 -> new Domain.Time(Domain.Time.DATE);
                    case 2 -> new Domain.Time(Domain.Time.DATE_TIME);
                    default -> new Domain.Strings(List.of(text(random), text(random) + "x", ""));
                };
        };
    }

    private static String text(Random random) {
        return random.ints(1 + random.nextInt(6), 0, ALPHABET.length)
                .mapToObj(i -> ALPHABET[i])
                .collect(Collectors.joining("", "t", ""));
    }
}
