package io.lathe.datasets.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lathe.datasets.read.CsvOptions;
import io.lathe.datasets.read.CsvTable;
import io.lathe.datasets.statistics.DatasetStatistics;
import io.lathe.datasets.store.Content;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SchemaCheckTest {
    private static final Schema SCHEMA = new Schema(
            List.of(
                    Feature.required("id", FeatureType.INT)
                            .withDomain(new Domain.Ints(OptionalLong.of(0), OptionalLong.empty())),
                    Feature.required("x", FeatureType.FLOAT)
                            .withPresence(new Presence(0.9, 0))
                            .withDomain(new Domain.Floats(OptionalDouble.of(0), OptionalDouble.of(1))),
                    Feature.optional("g", FeatureType.BYTES).withDomain(new Domain.Strings(List.of("a", "b"))),
                    Feature.required("label", FeatureType.BYTES).notIn(Schema.SERVING)),
            List.of(Schema.TRAINING, Schema.SERVING));

    /** Comparing each name with each other takes hours here. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aTableOfVeryManyOtherColumnsIsCheckedAndTheFirstMissingOnesAreExplained() {
        int many = 30_000;
        var schema = new Schema(
                IntStream.range(0, many)
                        .mapToObj(i -> Feature.required("before" + i, FeatureType.INT))
                        .toList(),
                List.of());
        var names = IntStream.range(0, many).mapToObj(i -> "after" + i).collect(Collectors.joining(","));
        var table = CsvTable.open(
                Content.of((names + "\n" + "1,".repeat(many - 1) + "1\n").getBytes(UTF_8)), CsvOptions.defaults());

        var anomalies = SchemaCheck.check(schema, Schema.TRAINING, table);

        assertThat(anomalies).hasSize(2 * many);
        assertThat(anomalies.get(19).message()).contains("'before19'", "'after0'");
        assertThat(anomalies.get(20).message()).isEqualTo("There is no column 'before20'.");
    }

    @Test
    void aFittingTableHasNoAnomalies() {
        assertThat(check("id,x,g,label\n1,0.5,a,l\n2,1,,m\n")).isEmpty();
    }

    @Test
    void eachBrokenExpectationNamesItsRows() {
        var anomalies = check("id,x,g,label\n-1,0.5,a,l\nx,2,c,m\n3,0.5,c,\n");
        assertThat(anomalies)
                .extracting(Anomaly::feature, Anomaly::type, Anomaly::count)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("id", AnomalyType.UNEXPECTED_DATA_TYPE, 1L),
                        org.assertj.core.groups.Tuple.tuple("id", AnomalyType.INT_TYPE_SMALL_INT, 1L),
                        org.assertj.core.groups.Tuple.tuple("x", AnomalyType.FLOAT_TYPE_BIG_FLOAT, 1L),
                        org.assertj.core.groups.Tuple.tuple("g", AnomalyType.ENUM_TYPE_UNEXPECTED_STRING_VALUES, 2L),
                        org.assertj.core.groups.Tuple.tuple(
                                "label", AnomalyType.FEATURE_TYPE_LOW_FRACTION_PRESENT, 1L));
        assertThat(anomalies)
                .filteredOn(anomaly -> anomaly.feature().equals("g"))
                .singleElement()
                .satisfies(anomaly -> {
                    assertThat(anomaly.rows()).containsExactly(new OffendingRow(2, "c"), new OffendingRow(3, "c"));
                    assertThat(anomaly.message()).contains("2 values", "not one of 'a', 'b'", "first 'c' in row 2");
                });
    }

    @Test
    void onlyTheFirstTenRowsAreKeptAndAllAreCounted() {
        var anomaly = check("id,x,g,label\n" + "1,0.5,z,l\n".repeat(5000)).getFirst();
        assertThat(anomaly.count()).isEqualTo(5000);
        assertThat(anomaly.rows()).hasSize(10);
    }

    @Test
    void anEmptyTablePassesChecksOfValues() {
        var lenient = new Schema(
                List.of(Feature.optional("x", FeatureType.FLOAT).withPresence(new Presence(0.9, 0))), List.of());
        assertThat(SchemaCheck.check(lenient, Schema.TRAINING, open("x\n"))).isEmpty();
        assertThat(check("id,x,g,label\n"))
                .extracting(Anomaly::type)
                .containsOnly(AnomalyType.FEATURE_TYPE_LOW_NUMBER_PRESENT);
    }

    @Test
    void anAllMissingColumnFailsPresenceAndNothingElse() {
        var anomalies = check("id,x,g,label\n" + "1,,a,l\n".repeat(10));
        assertThat(anomalies).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.type()).isEqualTo(AnomalyType.FEATURE_TYPE_LOW_FRACTION_PRESENT);
            assertThat(anomaly.message()).contains("'x' is missing in 10 of 10 rows", "0.9");
        });
    }

    @Test
    void anIntegerColumnWithAMissingCellIsStillAnIntegerColumn() {
        var schema = new Schema(List.of(Feature.optional("n", FeatureType.INT)), List.of());
        assertThat(SchemaCheck.check(schema, Schema.TRAINING, open("n,m\n1,a\n,b\n")))
                .singleElement()
                .satisfies(anomaly -> {
                    assertThat(anomaly.feature()).isEqualTo("m");
                    assertThat(anomaly.severity()).isEqualTo(Severity.WARNING);
                });
    }

    @Test
    void wordsOfADomainAreValuesAndNotMissing() {
        var schema = new Schema(
                List.of(Feature.required("country", FeatureType.BYTES)
                        .withDomain(new Domain.Strings(List.of("NA", "DE", "null")))),
                List.of());
        assertThat(SchemaCheck.check(schema, Schema.TRAINING, open("country\nNA\nDE\nnull\n")))
                .isEmpty();
        var statistics = DatasetStatistics.of(CsvTable.open(
                Content.of("country,pop\nNA,3\nDE,80\n,5\n\"NA\",2\nnull,1\n".getBytes(UTF_8)),
                schema.reading(CsvOptions.defaults())));
        var country = statistics.columns().getFirst();
        assertThat(country.missing()).isEqualTo(1);
        assertThat(country.text().orElseThrow().top())
                .contains(
                        new io.lathe.datasets.statistics.TopValue("NA", 2),
                        new io.lathe.datasets.statistics.TopValue("null", 1));
    }

    @Test
    void aMissingColumnNamesTheNearestOne() {
        var anomalies = check("ID,x,g,label\n1,0.5,a,l\n");
        assertThat(anomalies)
                .filteredOn(anomaly -> anomaly.severity() == Severity.ERROR)
                .singleElement()
                .satisfies(anomaly -> {
                    assertThat(anomaly.type()).isEqualTo(AnomalyType.SCHEMA_MISSING_COLUMN);
                    assertThat(anomaly.message()).contains("'id'", "Did you mean 'ID'?");
                });
    }

    @Test
    void aLabelIsNotExpectedWhenServing() {
        assertThat(SchemaCheck.check(SCHEMA, Schema.SERVING, open("id,x,g\n1,0.5,a\n")))
                .isEmpty();
        assertThat(SCHEMA.forEnvironment(Schema.SERVING).names()).containsExactly("id", "x", "g");
        assertThat(SCHEMA.forEnvironment("OTHER").names()).isEmpty();
    }

    @Test
    void declaredIntegersMayHaveLeadingZeros() {
        var schema = new Schema(List.of(Feature.required("zip", FeatureType.INT)), List.of());
        assertThat(SchemaCheck.check(schema, Schema.TRAINING, open("zip\n00501\n")))
                .isEmpty();
    }

    @Test
    void anInferredSchemaFitsItsOwnData() {
        var text = "id,x,s,b,d\n" + "1,0.5,a,true,2026-11-25\n2,,b,false,\n".repeat(20);
        var table = open(text);
        var schema = SchemaInference.infer(DatasetStatistics.of(table));
        assertThat(SchemaCheck.check(schema, Schema.TRAINING, table)).isEmpty();
        assertThat(schema.find("id")).contains(Feature.required("id", FeatureType.INT));
        assertThat(schema.find("x"))
                .contains(Feature.optional("x", FeatureType.FLOAT).withPresence(new Presence(0, 1)));
        assertThat(schema.find("s"))
                .contains(Feature.required("s", FeatureType.BYTES).withDomain(new Domain.Strings(List.of("a", "b"))));
        assertThat(schema.find("b").orElseThrow().isBoolean()).isTrue();
        assertThat(SchemaText.parse(SchemaText.print(schema))).isEqualTo(schema);
    }

    @Test
    void openEndedTextGetsNoDomain() {
        var names = "name\nana\nbob\ncem\ndia\n";
        var schema = SchemaInference.infer(DatasetStatistics.of(open(names)));
        assertThat(schema.find("name").orElseThrow().domain()).isEmpty();
    }

    @Test
    void aRowWithEverythingIsAccepted() {
        var verdict = row("id", 1L, "x", 0.5, "g", "a");
        assertThat(verdict.isAccepted()).isTrue();
        assertThat(verdict.warnings()).isEmpty();
    }

    @Test
    void numbersOfManyKindsAreAccepted() {
        assertThat(row("id", BigInteger.valueOf(Long.MAX_VALUE), "x", 1).isAccepted())
                .isTrue();
        assertThat(row("id", 1, "x", BigInteger.ONE).isAccepted()).isTrue();
        assertThat(row("id", 1, "x", new BigDecimal("0.3")).isAccepted()).isTrue();
    }

    @Test
    void aMissingRequiredFeatureNamesTheNearestFieldGiven() {
        var verdict = row("ID", 1L, "x", 0.5);
        assertThat(verdict.errors()).isEmpty();
        var strict = checkRow(required(), "A", 1L, "b", 2L);
        assertThat(strict.errors()).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.feature()).isEqualTo("a");
            assertThat(anomaly.message()).contains("'a' is missing", "The row has 'A'");
        });
        assertThat(strict.warnings()).extracting(Anomaly::feature).containsExactly("A");
    }

    @Test
    void anUnknownFieldIsAWarning() {
        var verdict = checkRow(required(), "a", 1L, "b", 2L, "z", "?");
        assertThat(verdict.isAccepted()).isTrue();
        assertThat(verdict.warnings())
                .singleElement()
                .extracting(Anomaly::message)
                .asString()
                .contains("'z'", "ignored");
    }

    @Test
    void nullIsMissing() {
        assertThat(checkRow(required(), "a", null, "b", 2L).errors())
                .singleElement()
                .extracting(Anomaly::message)
                .asString()
                .contains("'a' is null");
        assertThat(row("id", 1L, "x", 0.5, "g", null).isAccepted()).isTrue();
    }

    @Test
    void wrongJsonTypesAreErrors() {
        for (var wrong : List.<Object>of("1.5", "1", true, 1.5, 5.0, new BigDecimal("1.5"), List.of(1))) {
            assertThat(row("id", wrong, "x", 0.5).errors())
                    .as("%s", wrong)
                    .extracting(Anomaly::feature)
                    .containsExactly("id");
        }
        for (var wrong : List.<Object>of("1.5", true, Double.NaN, Double.POSITIVE_INFINITY, Map.of())) {
            assertThat(row("id", 1L, "x", wrong).errors())
                    .as("%s", wrong)
                    .extracting(Anomaly::feature)
                    .containsExactly("x");
        }
        for (var wrong : List.<Object>of(1L, true, 1.5)) {
            assertThat(row("id", 1L, "x", 0.5, "g", wrong).errors())
                    .as("%s", wrong)
                    .hasSize(1);
        }
        var flag =
                new Schema(List.of(Feature.required("f", FeatureType.BYTES).withDomain(new Domain.Bool())), List.of());
        assertThat(checkRow(flag, "f", true).isAccepted()).isTrue();
        assertThat(checkRow(flag, "f", "true").isAccepted()).isFalse();
        assertThat(checkRow(flag, "f", 1L).isAccepted()).isFalse();
    }

    @Test
    void integersBeyond64BitsAreTooBig() {
        var errors = row("id", new BigInteger("9223372036854775808"), "x", 0.5).errors();
        assertThat(errors).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.type()).isEqualTo(AnomalyType.INT_TYPE_BIG_INT);
            assertThat(anomaly.message()).contains("9223372036854775808", "9223372036854775807");
        });
    }

    @Test
    void aCategoryOutsideTheDomainNamesFeatureValueAndSomeKnownOnes() {
        var verdict = row("id", 1L, "x", 0.5, "g", "green");
        assertThat(verdict.errors())
                .singleElement()
                .extracting(Anomaly::message)
                .asString()
                .contains("'g'", "'green'", "'a', 'b'");
        var many =
                java.util.stream.IntStream.range(0, 100).mapToObj(i -> "v" + i).toList();
        var schema = new Schema(
                List.of(Feature.required("g", FeatureType.BYTES).withDomain(new Domain.Strings(many))), List.of());
        var message =
                checkRow(schema, "g", "x\u0000".repeat(500)).errors().getFirst().message();
        assertThat(message).contains("and 90 more").hasSizeLessThan(400).doesNotContain("\u0000");
    }

    @Test
    void aNumberOutsideItsRangeIsNamedWithTheBound() {
        assertThat(row("id", -1L, "x", 0.5).errors())
                .singleElement()
                .extracting(Anomaly::message)
                .asString()
                .contains("'id' is -1", "below the least allowed, 0");
        assertThat(row("id", 1L, "x", 1.5).errors())
                .singleElement()
                .extracting(Anomaly::message)
                .asString()
                .contains("'x' is 1.5", "above the greatest allowed, 1.0");
    }

    private static Schema required() {
        return new Schema(
                List.of(Feature.required("a", FeatureType.INT), Feature.required("b", FeatureType.INT)), List.of());
    }

    private static RowVerdict row(@Nullable Object... pairs) {
        var lenient = SCHEMA.forEnvironment(Schema.SERVING)
                .with(Feature.optional("id", FeatureType.INT)
                        .withDomain(new Domain.Ints(OptionalLong.of(0), OptionalLong.empty())));
        return checkRow(lenient, pairs);
    }

    private static RowVerdict checkRow(Schema schema, @Nullable Object... pairs) {
        var row = new HashMap<String, @Nullable Object>();
        for (var i = 0; i < pairs.length; i += 2) {
            row.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return SchemaCheck.checkRow(schema, row);
    }

    private static List<Anomaly> check(String text) {
        return SchemaCheck.check(SCHEMA, Schema.TRAINING, open(text));
    }

    private static CsvTable open(String text) {
        return CsvTable.open(Content.of(text.getBytes(UTF_8)), CsvOptions.defaults());
    }
}
