package io.lathe.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What other servers got wrong: numbers that are none, digits, names, shapes, categories (O-D1 to O-D5). After each test the
 * endpoint must answer the next request.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServingCasesTest {

    private static final String LINE = "/v1/models/tiny:predict";
    private static final String STEEP = "/v1/models/tiny/versions/2:predict";
    private static final String PLANE = "/v1/models/tiny/versions/3:predict";
    private static final String LABELS = "/v1/models/tiny/versions/4:predict";
    private static final String LINE_INFER = "/v2/models/tiny/infer";
    private static final String PLANE_INFER = "/v2/models/tiny/versions/3/infer";
    private static final String ROW = "{\"a\":1.5,\"b\":2,\"c\":\"red\"}";

    private final Served served;

    ServingCasesTest(@TempDir Path folder) throws Exception {
        served = Served.start(
                folder,
                RoutesJson.of(1)
                        .with(1, ExactModels.HALF_PLUS_TWO)
                        .with(2, ExactModels.STEEP)
                        .with(3, ExactModels.PLANE)
                        .with(4, TinyModels.RISING)
                        .production(1),
                ExactModels.HALF_PLUS_TWO,
                ExactModels.STEEP,
                ExactModels.PLANE,
                TinyModels.RISING);
    }

    @AfterEach
    void theNextRequestIsAnswered() throws Exception {
        assertThat(served.post(LINE, "{\"instances\":[1.0]}").text()).isEqualTo("{\"predictions\":[2.5]}");
    }

    @AfterAll
    void stop() {
        served.close();
    }

    // O-D1: the policy is a 400 that names row and output; the whole batch is refused.

    @Test
    void aPredictionThatIsNoFiniteNumberRefusesTheBatchNamingItsRow() throws Exception {
        for (var reply : List.of(
                served.post(STEEP, "{\"instances\":[1,0,-1,1e39]}"),
                served.post(STEEP, "{\"inputs\":[1,0,-1,1e39]}"),
                served.post("/v2/models/tiny/versions/2/infer", x("FP64", "[4]", "[1,0,-1,1e39]")))) {
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.error()).startsWith("Row 4:").contains("prediction is Infinity");
        }
        assertThat(served.post(STEEP, "{\"instances\":[1,0,-1,-1e39]}").error()).contains("prediction is -Infinity");
        assertThat(served.post(STEEP, "{\"instances\":[1,0,-1]}").json().path("predictions"))
                .hasSize(3);
    }

    @Test
    void aNumberThatDoesNotFitASingleIsRefused() throws Exception {
        var reply = served.post(LINE_INFER, x("FP32", "[1]", "[1e39]"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).contains("FP32");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "1e999"})
    void aRequestWithoutAFiniteNumberIsRefused(String number) throws Exception {
        for (var reply : List.of(
                served.post(LINE, "{\"instances\":[{\"x\":" + number + "}]}"),
                served.post(LINE, "{\"instances\":[" + number + "]}"),
                served.post(LINE, "{\"inputs\":[" + number + "]}"),
                served.post("/v1/models/tiny:regress", "{\"examples\":[{\"x\":" + number + "}]}"),
                served.post(LABELS, TinyModels.instances(TinyModels.row(1).replace("1.0", number))),
                served.post(LINE_INFER, x("FP64", "[1]", "[" + number + "]")))) {
            assertThat(reply.status()).as(reply.text()).isEqualTo(400);
            assertThat(reply.error()).isNotEmpty();
        }
    }

    // O-D2

    @ParameterizedTest
    @CsvSource({
        "1111111.0, 555557.5",
        "0.96, 2.48",
        "6e-7, 2.0000003",
        "16777217, 8388610.5",
        "1e-45, 2.0",
        "-4, 0.0",
        "0.1, 2.05",
        "1e22, 5.0E21",
        "123456789.123456789, 6.1728396561728396E7",
    })
    void noDigitIsLost(String x, String y) throws Exception {
        String line = served.post(LINE, "{\"instances\":[" + x + "]}").text();
        assertThat(line).isEqualTo("{\"predictions\":[" + y + "]}");
        assertThat(Double.parseDouble(y)).isEqualTo(0.5 * Double.parseDouble(x) + 2);
        JsonNode tensor =
                served.post(LINE_INFER, x("FP64", "[1]", "[" + x + "]")).json();
        assertThat(tensor.at("/outputs/0/data/0").asDouble()).isEqualTo(Double.parseDouble(y));
    }

    @ParameterizedTest
    @CsvSource({"16777217, 8388610.0", "0.96, 2.479999989271164", "1e-45, 2.0", "6e-7, 2.0000003000000106"})
    void aSingleIsRoundedToTheNearestSingleFirst(String x, double y) throws Exception {
        assertThat((double) Float.parseFloat(x) * 0.5 + 2).isEqualTo(y);
        assertThat(served.post(LINE_INFER, x("FP32", "[1]", "[" + x + "]"))
                        .json()
                        .at("/outputs/0/data/0")
                        .asDouble())
                .isEqualTo(y);
    }

    @Test
    void aWholeNumberTensorStaysExact() throws Exception {
        assertThat(served.post(LINE_INFER, x("INT64", "[1]", "[16777217]"))
                        .json()
                        .at("/outputs/0/data/0")
                        .asDouble())
                .isEqualTo(8388610.5);
    }

    // O-D3

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"a\":1.5,\"c\":\"red\"} | 'b'",
                "{\"a\":1.5,\"B\":2,\"c\":\"red\"} | 'b' 'B'",
                "{\"a\":1.5,\"b\":\"1.5\",\"c\":\"red\"} | 'b' 1.5",
                "{\"a\":1.5,\"b\":true,\"c\":\"red\"} | 'b' true",
                "{\"a\":1.5,\"b\":null,\"c\":\"red\"} | 'b'",
            })
    void aFeatureThatIsMissingMisspeltOrOfAnotherTypeIsRefusedByName(String row, String named) throws Exception {
        for (var reply : List.of(
                served.post(PLANE, "{\"instances\":[" + row + "]}"),
                served.post(PLANE.replace("predict", "regress"), "{\"examples\":[" + row + "]}"),
                served.post(PLANE, "{\"inputs\":" + row.replaceAll(":([^,}]+)", ":[$1]") + "}"))) {
            assertThat(reply.status()).as(reply.text()).isEqualTo(400);
            assertThat(reply.error()).contains(named.split(" "));
        }
    }

    @Test
    void anExtraFeatureIsNotedAndTheOrderDoesNotMatter() throws Exception {
        String plain = served.post(PLANE, "{\"instances\":[" + ROW + "]}").text();
        assertThat(plain).isEqualTo("{\"predictions\":[121.5]}");
        assertThat(served.post(PLANE, "{\"instances\":[{\"c\":\"red\",\"b\":2,\"a\":1.5}]}")
                        .text())
                .isEqualTo(plain);
        JsonNode extra = served.post(PLANE, "{\"instances\":[{\"z\":0,\"a\":1.5,\"b\":2,\"c\":\"red\"}]}")
                .json();
        assertThat(extra.at("/predictions/0").asDouble()).isEqualTo(121.5);
        assertThat(extra.path("warnings").toString()).contains("'z'");
        JsonNode tensors = served.post(
                        PLANE_INFER,
                        request(
                                tensor("c", "BYTES", "[1]", "[\"red\"]"),
                                tensor("z", "FP64", "[1]", "[0]"),
                                tensor("b", "FP64", "[1]", "[2]"),
                                tensor("a", "FP64", "[1]", "[1.5]")))
                .json();
        assertThat(tensors.at("/outputs/0/data/0").asDouble()).isEqualTo(121.5);
        assertThat(tensors.at("/parameters/warnings").asText()).contains("'z'");
    }

    @Test
    void csvAndJsonGiveEqualPredictions() throws Exception {
        var csv = served.send(served.request(PLANE)
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("a,b,c\n1.5,2,red\n")));
        assertThat(csv.text())
                .isEqualTo(served.post(PLANE, "{\"instances\":[" + ROW + "]}").text());
    }

    // O-D4

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[2,4] | [1,2,3,4,5,6,7] | 8 elements, but 7",
                "[-1,4] | [1,2,3,4] | must not be negative",
                "[2,4] | [1,2,3,4,5,6,7,8] | must be one column",
                "[2,4] | [[1,2,3,4],[5,6,7,8]] | must be one column",
                "[1000000000,1000000000] | [1] | 1000000000000000000 elements, but 1",
                "[9223372036854775807,3] | [1] | more elements than can be counted",
                "[9223372036854775808] | [1] | whole numbers of at most 64 bits",
                "[4294967297] | [1] | 4294967297 elements, but 1",
                "[2.0] | [1,2] | whole numbers",
                "[0] | [] | no rows",
                "[2] | [[1],[2]] | nested as [2, 1]",
                "[] | [1] | must be one column",
            })
    void aShapeThatDoesNotFitIsRefused(String shape, String data, String message) throws Exception {
        var reply = served.post(LINE_INFER, x("FP64", shape, data));
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.error()).contains(message);
    }

    @Test
    void nestedAndFlatAreEqualAndTheAnswerIsFlat() throws Exception {
        String flat = served.post(LINE_INFER, x("FP64", "[4,1]", "[1,2,3,4]")).text();
        assertThat(served.post(LINE_INFER, x("FP64", "[4,1]", "[[1],[2],[3],[4]]"))
                        .text())
                .isEqualTo(flat);
        assertThat(served.post(LINE_INFER, x("FP64", "[4]", "[1,2,3,4]")).text())
                .isEqualTo(flat);
        assertThat(flat).contains("\"shape\":[4],\"data\":[2.5,3.0,3.5,4.0]");
        assertThat(served.post(LINE_INFER, x("INT64", "[4]", "[1,2,3,4]")).text())
                .isEqualTo(flat);
    }

    @Test
    void textsOfShapeTwoByOneMayBeFlatOrNestedButNotTheOtherWay() throws Exception {
        String flat = plane("[2,1]", "[\"red\",\"blue\"]").text();
        assertThat(flat).contains("\"data\":[121.5,221.5]");
        assertThat(plane("[2,1]", "[[\"red\"],[\"blue\"]]").text()).isEqualTo(flat);
        var turned = plane("[2,1]", "[[\"red\",\"blue\"]]");
        assertThat(turned.status()).isEqualTo(400);
        assertThat(turned.error()).contains("nested as [1, 2]");
    }

    private Served.Reply plane(String shape, String texts) throws Exception {
        return served.post(
                PLANE_INFER,
                request(
                        tensor("a", "FP64", "[2]", "[1.5,1.5]"),
                        tensor("b", "FP64", "[2]", "[2,2]"),
                        tensor("c", "BYTES", shape, texts)));
    }

    // O-D5

    @Test
    void aCategoryNeverSeenIsRefusedNamingFeatureAndValueInBothKindsAndProtocols() throws Exception {
        for (var reply : List.of(
                served.post(PLANE, "{\"instances\":[" + ROW.replace("red", "green") + "]}"),
                served.post(PLANE, "{\"inputs\":{\"a\":[1],\"b\":[2],\"c\":[\"green\"]}}"),
                served.post(
                        PLANE_INFER,
                        request(
                                tensor("a", "FP64", "[1]", "[1]"),
                                tensor("b", "FP64", "[1]", "[2]"),
                                tensor("c", "BYTES", "[1]", "[\"green\"]"))))) {
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.error()).contains("Row 1", "'c'", "green");
        }
        var labels = served.post(LABELS, TinyModels.instances(TinyModels.row(1).replace("red", "green")));
        assertThat(labels.status()).isEqualTo(400);
        assertThat(labels.error()).contains("Row 1", "'colour'", "green");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"p\":1,\"q\":\"red\"}", "{\"a\":null,\"b\":null,\"c\":null}"})
    void aRowWithNothingKnownIsRefusedAndNeverA500(String row) throws Exception {
        for (String path : List.of(LINE, PLANE, LABELS)) {
            var reply = served.post(path, "{\"instances\":[" + row + "]}");
            assertThat(reply.status())
                    .as(path.toLowerCase(Locale.ROOT) + reply.text())
                    .isEqualTo(400);
            assertThat(reply.error()).startsWith("Row 1:");
        }
    }

    @Test
    void aNullCategoryIsAMissingValueByTheSamePolicy() throws Exception {
        var required = served.post(PLANE, "{\"instances\":[" + ROW.replace("\"red\"", "null") + "]}");
        assertThat(required.status()).isEqualTo(400);
        assertThat(required.error()).contains("'c'");
        var optional =
                served.post(LABELS, TinyModels.instances(TinyModels.row(1).replace("\"a\"", "null")));
        assertThat(optional.status()).as(optional.text()).isEqualTo(200);
    }

    private static String x(String datatype, String shape, String data) {
        return request(tensor("x", datatype, shape, data));
    }

    private static String tensor(String name, String datatype, String shape, String data) {
        return "{\"name\":\"" + name + "\",\"datatype\":\"" + datatype + "\",\"shape\":" + shape + ",\"data\":" + data
                + "}";
    }

    private static String request(String... tensors) {
        return "{\"inputs\":[" + String.join(",", tensors) + "]}";
    }
}
