package io.lathe.serving;

import static io.lathe.serving.TinyModels.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Open Inference Protocol, version 2. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenInferenceTest {

    private static final String INFER = "/v2/models/tiny/infer";
    private static final String X = tensor("x", "FP64", "[2]", "[30,-30]");
    private static final String REST = tensor("amount", "FP64", "[2]", "[2,2]") + ","
            + tensor("colour", "BYTES", "[2]", "[\"red\",\"red\"]") + ","
            + tensor("code", "INT64", "[2]", "[7,7]") + ","
            + tensor("member", "BOOL", "[2]", "[true,true]") + ","
            + tensor("grade", "BYTES", "[2]", "[\"a\",\"a\"]");

    private final Served served;

    OpenInferenceTest(@TempDir Path folder) throws Exception {
        served = Served.start(
                folder,
                RoutesJson.of(1)
                        .with(1, TinyModels.RISING)
                        .with(2, TinyModels.FALLING)
                        .production(1),
                TinyModels.RISING,
                TinyModels.FALLING);
    }

    @AfterAll
    void stop() {
        served.close();
    }

    @Test
    void inferAnswersLabelsAndFlatProbabilitiesInTheLabelsOrder() throws Exception {
        var reply = served.post(INFER, request(X + "," + REST, ",\"id\":\"call-7\""));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        JsonNode answer = reply.json();
        assertThat(answer.path("model_name").asText()).isEqualTo("tiny");
        assertThat(answer.path("model_version").asText()).isEqualTo("1");
        assertThat(answer.path("id").asText()).isEqualTo("call-7");
        JsonNode label = answer.at("/outputs/0");
        assertThat(label.toString())
                .isEqualTo("{\"name\":\"label\",\"datatype\":\"BYTES\",\"shape\":[2],\"data\":[\"high\",\"low\"]}");
        JsonNode probabilities = answer.at("/outputs/1");
        assertThat(probabilities.path("name").asText()).isEqualTo("probabilities");
        assertThat(probabilities.path("datatype").asText()).isEqualTo("FP64");
        assertThat(probabilities.path("shape").toString()).isEqualTo("[2,2]");
        assertThat(probabilities.path("data")).hasSize(4);
        assertThat(probabilities.at("/data/0").asDouble()).isGreaterThan(0.5);
        assertThat(probabilities.at("/data/3").asDouble()).isGreaterThan(0.5);
        assertThat(reply.header("Lathe-Model-Version")).hasValue("1");
    }

    @Test
    void bothProtocolsGiveTheSameNumbers() throws Exception {
        JsonNode first = served.predict(row(30), row(-30)).json();
        JsonNode second = served.post(INFER, request(X + "," + REST, "")).json();
        assertThat(second.at("/outputs/1/data/0")).isEqualTo(first.at("/predictions/0/probabilities/0"));
        assertThat(second.at("/outputs/1/data/3")).isEqualTo(first.at("/predictions/1/probabilities/1"));
        assertThat(second.has("id")).isFalse();
    }

    @Test
    void aVersionInThePathIsThatVersion() throws Exception {
        var reply = served.post("/v2/models/tiny/versions/2/infer", request(X + "," + REST, ""));
        assertThat(reply.json().at("/outputs/0/data/0").asText()).isEqualTo("low");
        assertThat(reply.json().path("model_version").asText()).isEqualTo("2");
        assertThat(served.post("/v2/models/tiny/versions/9/infer", request(X, ""))
                        .status())
                .isEqualTo(404);
        assertThat(served.post("/v2/models/tiny/versions/latest/infer", request(X, ""))
                        .status())
                .isEqualTo(404);
        assertThat(served.post("/v2/models/unknown/infer", request(X, "")).status())
                .isEqualTo(404);
    }

    @Test
    void onlyTheOutputsAskedForAreSent() throws Exception {
        var reply = served.post(
                INFER, request(X + "," + REST, ",\"outputs\":[{\"name\":\"probabilities\",\"parameters\":{}}]"));
        assertThat(reply.json().path("outputs")).hasSize(1);
        assertThat(reply.json().at("/outputs/0/name").asText()).isEqualTo("probabilities");
        var wrong = served.post(INFER, request(X + "," + REST, ",\"outputs\":[{\"name\":\"labell\"}]"));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.error()).contains("Did you mean 'label'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[2]~[30,-30]",
                "[2,1]~[30,-30]",
                "[2,1]~[[30],[-30]]",
            })
    void aColumnMayBeFlatOrNested(String shapeAndData) throws Exception {
        String[] parts = shapeAndData.split("~", 2);
        var reply = served.post(INFER, request(tensor("x", "FP64", parts[0], parts[1]) + "," + REST, ""));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json())
                .isEqualTo(served.post(INFER, request(X + "," + REST, "")).json());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[2] | [30] | 2 elements, but 1",
                "[3] | [30,-30] | 3 elements, but 2",
                "[2,4] | [1,2,3,4,5,6,7] | 8 elements, but 7",
                "[2,4] | [1,2,3,4,5,6,7,8] | one column",
                "[2,4] | [[1,2,3,4],[5,6,7,8]] | one column",
                "[-1,4] | [1,2] | negative",
                "[-1] | [1] | negative",
                "[1000000000,1000000000] | [1] | 1000000000000000000 elements",
                "[10000000000,10000000000] | [1] | more elements than can be counted",
                "[0,9223372036854775807,9223372036854775807] | [] | one column",
                "[9223372036854775808] | [1] | 64 bits",
                "[2.0] | [30,-30] | whole numbers",
                "[] | [30] | one column",
                "[0] | [] | has 0",
                "[1,1,1,1,1,1,1,1,1] | [1] | dimensions",
                "[2,1] | [[30,-30]] | nested as [1, 2]",
                "[2] | [[30],[-30]] | nested as [2, 1]",
                "[2,2] | [[30],[-30,1,2]] | ragged",
                "[2,1] | [[30],-30] | ragged",
                "[2,1] | [30,[-30]] | ragged",
                "[3] | [30,-30,1] | has 3",
                "2 | [30,-30] | list of whole numbers",
                "[2] | 30 | must be a list",
                "[2] | [30,{}] | not an object",
                "[2] | [30,NaN] | NaN",
                "[2] | [30,1e400] | beyond the range",
                "[2] | [30,true] | not a value of datatype FP64",
                "[2] | [30,'\"1\"'] | not a value of datatype FP64",
            })
    void shapeAndDataMustFit(String shape, String data, String message) throws Exception {
        var reply = served.post(INFER, request(tensor("x", "FP64", shape, data.replace("'", "")) + "," + REST, ""));
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.error()).contains(message);
        assertThat(served.predict(row(1)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FP32 | [30,-30]",
                "INT8 | [30,-30]",
                "INT16 | [30,-30]",
                "INT32 | [30,-30]",
                "INT64 | [30,-30]",
                "FP64 | [30.0,-3e1]",
            })
    void wholeAndSingleNumbersFeedAFp64Column(String datatype, String data) throws Exception {
        var reply = served.post(INFER, request(tensor("x", datatype, "[2]", data) + "," + REST, ""));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json())
                .isEqualTo(served.post(INFER, request(X + "," + REST, "")).json());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "x | BYTES | [30,30] | column takes FP64",
                "x | BOOL | [true,true] | column takes FP64",
                "x | FP16 | [30,30] | 'FP16' is not served",
                "x | BF16 | [30,30] | is not served",
                "x | fp64 | [30,30] | is not served",
                "x | INT8 | [300,1] | beyond the range of INT8",
                "x | UINT8 | [-1,1] | beyond the range of UINT8",
                "x | UINT64 | [18446744073709551616,1] | beyond the range of UINT64",
                "x | INT64 | [1.5,1] | not a value of datatype INT64",
                "x | FP32 | [1e39,1] | beyond the range of FP32",
            })
    void aDatatypeMustFitItsColumnAndItsValues(String name, String datatype, String data, String message)
            throws Exception {
        var reply = served.post(INFER, request(tensor(name, datatype, "[2]", data) + "," + REST, ""));
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.error()).contains(message);
    }

    @Test
    void fp32IsRoundedAndInt64StaysExact() throws Exception {
        String rounded = request(tensor("x", "FP32", "[2]", "[16777217,0]") + "," + REST, "");
        String nearest = request(tensor("x", "FP64", "[2]", "[16777216,0]") + "," + REST, "");
        assertThat(served.post(INFER, rounded).text())
                .isEqualTo(served.post(INFER, nearest).text());
        String exact = REST.replace("[7,7]", "[7," + TinyModels.EXACT + "]");
        assertThat(served.post(INFER, request(X + "," + exact, "")).status()).isEqualTo(200);
        String near = REST.replace("[7,7]", "[7," + (TinyModels.EXACT - 1) + "]");
        var reply = served.post(INFER, request(X + "," + near, ""));
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.error()).contains("Row 2").contains("9007199254740992");
    }

    @Test
    void nullIsAMissingValue() throws Exception {
        var optional = served.post(INFER, request(X + "," + REST.replace("[\"a\",\"a\"]", "[null,\"a\"]"), ""));
        assertThat(optional.status()).as(optional.text()).isEqualTo(200);
        var required = served.post(INFER, request(X.replace("[30,-30]", "[30,null]") + "," + REST, ""));
        assertThat(required.status()).isEqualTo(400);
        assertThat(required.error()).contains("Row 2").contains("'x'");
    }

    @Test
    void aMissingColumnIsRefusedAndAnUnknownOneNoted() throws Exception {
        var missing = served.post(INFER, request(REST, ""));
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.error()).contains("Row 1").contains("'x'");
        var unknown = served.post(INFER, request(X + "," + REST + "," + tensor("shoe", "FP32", "[2]", "[44,45]"), ""));
        assertThat(unknown.status()).as(unknown.text()).isEqualTo(200);
        assertThat(unknown.json().at("/parameters/warnings").asText()).contains("shoe");
        var twice = served.post(INFER, request(X + "," + X + "," + REST, ""));
        assertThat(twice.status()).isEqualTo(400);
        assertThat(twice.error()).contains("sent twice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~ | The body is empty",
                "[] | The body must be an object",
                "{} | inputs is missing or empty",
                "{\"inputs\":[]} | inputs is missing or empty",
                "{\"inputs\":{}} | inputs must be a list",
                "{\"inputs\":[7]} | inputs[0] must be an object",
                "{\"inputs\":[{\"name\":\"x\"}]} | inputs[0] needs name, shape, datatype and data",
                "{\"inputs\":[{\"name\":7}]} | inputs[0].name must be a string",
                "{\"id\":7,\"inputs\":[]} | id must be a string",
                "{\"outputs\":[{}],\"inputs\":[]} | outputs[0] needs a name",
                "{\"outputs\":7} | outputs must be a list",
                "{\"inputs\":[],\"inputs\":[]} | names 'inputs' twice",
            })
    void aWrongBodySaysWhatIsWrongAndWhere(String body, String message) throws Exception {
        var reply = served.post(INFER, body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.error()).contains(message);
    }

    @Test
    void fieldsMayComeInAnyOrder() throws Exception {
        String reversed = "{\"inputs\":["
                + "{\"data\":[30,-30],\"parameters\":{\"content_type\":\"np\"},\"shape\":[2],\"datatype\":\"FP64\",\"name\":\"x\"},"
                + REST + "],\"parameters\":{\"a\":true}}";
        assertThat(served.post(INFER, reversed).json())
                .isEqualTo(served.post(INFER, request(X + "," + REST, "")).json());
    }

    @Test
    void binaryTensorsAreRefusedInWords() throws Exception {
        var reply = served.send(served.request(INFER)
                .header("Inference-Header-Content-Length", "10")
                .POST(BodyPublishers.ofString("{}")));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).contains("Binary");
    }

    @Test
    void metadataNamesColumnsOutputsAndLabels() throws Exception {
        JsonNode metadata = served.get("/v2/models/tiny").json();
        assertThat(metadata.path("name").asText()).isEqualTo("tiny");
        assertThat(metadata.path("versions").toString()).isEqualTo("[\"1\",\"2\"]");
        assertThat(metadata.path("platform").asText()).isEqualTo("tribuo_protobuf");
        assertThat(metadata.path("inputs").toString())
                .contains("{\"name\":\"x\",\"datatype\":\"FP64\",\"shape\":[-1]}")
                .contains("{\"name\":\"code\",\"datatype\":\"INT64\",\"shape\":[-1]}")
                .contains("{\"name\":\"member\",\"datatype\":\"BOOL\",\"shape\":[-1]}")
                .contains("{\"name\":\"colour\",\"datatype\":\"BYTES\",\"shape\":[-1]}")
                .doesNotContain("level");
        assertThat(metadata.path("outputs").toString())
                .isEqualTo("[{\"name\":\"label\",\"datatype\":\"BYTES\",\"shape\":[-1]},"
                        + "{\"name\":\"probabilities\",\"datatype\":\"FP64\",\"shape\":[-1,2]}]");
        assertThat(metadata.path("labels").toString()).isEqualTo("[\"high\",\"low\"]");
        assertThat(served.get("/v2/models/tiny/versions/2").status()).isEqualTo(200);
    }

    @Test
    void serverAndHealthAnswerAsTheProtocolSays() throws Exception {
        for (String path : new String[] {"/v2", "/v2/"}) {
            JsonNode server = served.get(path).json();
            assertThat(server.path("name").asText()).isEqualTo("lathe");
            assertThat(server.has("version")).isTrue();
            assertThat(server.path("extensions").isArray()).isTrue();
        }
        assertThat(served.send(served.open("/v2/health/live").GET()).text()).isEqualTo("{\"live\":true}");
        assertThat(served.send(served.open("/v2/health/ready").GET()).text()).isEqualTo("{\"ready\":true}");
        assertThat(served.get("/v2/models/tiny/ready").text()).isEqualTo("{\"name\":\"tiny\",\"ready\":true}");
        assertThat(served.get("/v2/models/tiny/versions/2/ready").status()).isEqualTo(200);
        assertThat(served.get("/v2/models/unknown/ready").status()).isEqualTo(404);
        assertThat(served.get("/v2/nothing").status()).isEqualTo(404);
        assertThat(served.get(INFER).status()).isEqualTo(405);
        assertThat(served.post("/v2/models/tiny", "{}").header("Allow")).hasValue("GET");
    }

    private static String tensor(String name, String datatype, String shape, String data) {
        return "{\"name\":\"" + name + "\",\"datatype\":\"" + datatype + "\",\"shape\":" + shape + ",\"data\":" + data
                + "}";
    }

    private static String request(String inputs, String more) {
        return "{\"inputs\":[" + inputs + "]" + more + "}";
    }
}
