package io.lathe.serving;

import static io.lathe.serving.TinyModels.instances;
import static io.lathe.serving.TinyModels.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The TensorFlow Serving REST protocol, its vectors re-authored for raw rows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TensorFlowRestTest {

    private static final String PREDICT = "/v1/models/tiny:predict";

    private final Served served;

    TensorFlowRestTest(@TempDir Path folder) throws Exception {
        served = Served.start(
                folder,
                RoutesJson.of(3)
                        .with(1, TinyModels.RISING)
                        .with(2, TinyModels.FALLING)
                        .production(2)
                        .alias("candidate", 1),
                TinyModels.RISING,
                TinyModels.FALLING);
    }

    @AfterAll
    void stop() {
        served.close();
    }

    @Test
    void predictAnswersOneObjectPerRowInOrder() throws Exception {
        var reply = served.predict(row(30), row(-30), row(40));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().path("predictions").findValuesAsText("label")).containsExactly("low", "high", "low");
        JsonNode probabilities = reply.json().path("predictions").path(0).path("probabilities");
        assertThat(probabilities).hasSize(2);
        assertThat(probabilities.path(0).asDouble() + probabilities.path(1).asDouble())
                .isBetween(0.999999, 1.000001);
        assertThat(probabilities.path(1).asDouble()).isGreaterThan(0.5);
        assertThat(reply.json().has("warnings")).isFalse();
        assertThat(reply.header("Content-Type")).hasValue("application/json");
    }

    @Test
    void everyAnswerNamesItsVersionAndRequest() throws Exception {
        assertThat(served.predict(row(1)).header("Lathe-Model-Version")).hasValue("2");
        assertThat(served.predict(row(1)).header("Lathe-Request-Id")).isPresent();
        assertThat(served.predict("{}").header("Lathe-Model-Version")).hasValue("2");
        assertThat(served.get("/nowhere").header("Lathe-Request-Id")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/models/tiny:predict, 2",
        "/v1/models/tiny/versions/1:predict, 1",
        "/v1/models/tiny/versions/2:predict, 2",
        "/v1/models/tiny/labels/candidate:predict, 1",
        "/v1/models/tiny/labels/production:predict, 2",
        "/V1/Models/tiny:Predict, 2",
        "/v1/models/%74iny:predict, 2",
    })
    void thePathChoosesTheVersion(String path, String version) throws Exception {
        var reply = served.post(path, instances(row(30)));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.header("Lathe-Model-Version")).hasValue(version);
        assertThat(reply.json().at("/predictions/0/label").asText()).isEqualTo(version.equals("1") ? "high" : "low");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/models/tiny/versions/7:predict | 404 | Versions: 1, 2.",
                "/v1/models/tiny/versions/99999999999:predict | 404 | Versions: 1, 2.",
                "/v1/models/tiny/versions/99999999999999999999:predict | 400 | Failed to convert version",
                "/v1/models/tiny/labels/canary:predict | 400 | Unrecognized servable version label",
                "/v1/models/tiny/versions/1/labels/candidate:predict | 400 | Malformed request",
                "/v1/models/tiny/versions/one:predict | 400 | Malformed request",
                "/v1/models/tiny | 400 | Malformed request: POST",
                "/v1/models/unknown:predict | 404 | 'unknown'",
                "/v1/models/..%2f..:predict | 404 | not known",
                "/v1/models/tiny%00:predict | 400 | ",
                "/v1/models | 400 | Missing model name",
                "/v1/models/tiny:classify | 501 | predict",
                "/v1/models/tiny:regress | 501 | predict",
                "/v1/nothing | 400 | Malformed request",
            })
    void aWrongPathSaysWhatIsWrong(String path, int status, String message) throws Exception {
        var reply = served.post(path, instances(row(1)));
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.error()).contains(message == null ? "" : message).isNotEmpty();
    }

    @Test
    void aPathThatTheServerCannotReadEndsTheConnectionInTheOpen() throws Exception {
        var reply = served.post("/v1/models/tiny%00:predict", instances(row(1)));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Connection")).hasValue("close");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~ | The body is empty",
                "~ ~ | The body is empty",
                "[] | must be an object",
                "{} | Missing 'inputs' or 'instances' key",
                "{\"instances\": | not valid JSON at line 1",
                "x,colour | with Content-Type: text/csv",
                "{\"instances\":[{}]} {} | Text follows the JSON document",
                "{\"instances\":[{}],\"instances\":[{}]} | names 'instances' twice",
                "{\"instances\":[{\"x\":1,\"x\":2}]} | names 'x' twice",
                "{\"instances\":{}} | instances must be a list of rows, not an object",
                "{\"instances\":7} | not a number",
                "{\"instances\":[]} | instances is empty",
                "{\"instances\":[1,2]} | Row 1 is a number",
                "{\"instances\":[[1,2],[3]]} | Row 1 is a list",
                "{\"instances\":[null]} | Row 1 is null",
                "{\"instances\":[{\"x\":1},3]} | Row 2 is a number",
                "{\"instances\":[{\"x\":[1,2]}]} | Row 1: feature 'x' must be a number, a string, true, false or null, not a list",
                "{\"instances\":[{\"x\":{\"y\":1}}]} | Row 1: feature 'x' is an object",
                "{\"instances\":[{\"x\":1}],\"inputs\":[1]} | both instances and inputs",
                "{\"inputs\":{\"x\":[1]}} | Missing named input: 'amount'",
                "{\"signature_name\":7,\"instances\":[{}]} | signature_name must be a string",
                "{\"signature_name\":\"other\",\"instances\":[{}]} | Signature 'other' is not known",
                "{\"instances\":[{\"x\":NaN}]} | Row 1: feature 'x' is NaN",
                "{\"instances\":[{\"x\":1},{\"x\":-Infinity}]} | Row 2: feature 'x' is -Infinity",
                "{\"instances\":[{\"x\":1e400}]} | Row 1: feature 'x' is beyond the range of a double",
                "{\"instances\":[{\"x\":01}]} | not valid JSON",
                "{\"instances\":[{\"x\":'1'}]} | not valid JSON",
                "{\"instances\":[{\"colour\":\"\\ud800\"}]} | half of a surrogate pair",
                "{\"instances\":[{\"colour\":{\"b64\":\"!!\"}}]} | not base 64",
            })
    void aWrongBodySaysWhatIsWrongAndWhere(String body, String message) throws Exception {
        var reply = served.post(PREDICT, body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.error()).contains(message);
    }

    @Test
    void otherTopLevelFieldsAndTheDefaultSignatureAreAccepted() throws Exception {
        var reply = served.post(
                PREDICT,
                "{\"more\":[{\"a\":{}}],\"signature_name\":\"serving_default\",\"instances\":[" + row(30) + "]}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    @Test
    void bytesMayBeBase64AsTheProtocolWritesThem() throws Exception {
        var reply = served.predict(row(30).replace("\"red\"", "{\"b64\":\"cmVk\"}"));
        assertThat(reply.json()).isEqualTo(served.predict(row(30)).json());
    }

    @Test
    void csvRowsGiveTheSamePredictionsAsJson() throws Exception {
        String csv =
                "x,amount,colour,code,member,grade\r\n30,2,red,7,true,a\r\n-3.5,1,blue,9007199254740993,false,NA\r\n4,2,red,7,true,\r\n";
        var fromCsv = served.send(served.request(PREDICT)
                .header("Content-Type", "text/csv; charset=utf-8")
                .POST(BodyPublishers.ofString(csv)));
        var fromJson = served.predict(
                "{\"x\":30,\"amount\":2,\"colour\":\"red\",\"code\":7,\"member\":true,\"grade\":\"a\"}",
                "{\"x\":-3.5,\"amount\":1,\"colour\":\"blue\",\"code\":9007199254740993,\"member\":false,\"grade\":\"NA\"}",
                "{\"x\":4,\"amount\":2,\"colour\":\"red\",\"code\":7,\"member\":true,\"grade\":null}");
        assertThat(fromCsv.status()).as(fromCsv.text()).isEqualTo(200);
        assertThat(fromCsv.json().path("predictions")).isEqualTo(fromJson.json().path("predictions"));
    }

    @Test
    void csvWithoutRowsOrWithAWrongValueIsRefused() throws Exception {
        assertThat(csv("").status()).isEqualTo(400);
        assertThat(csv("x,amount,colour,code,member,grade\n").error()).contains("no rows");
        var wrong = csv("x,amount,colour,code,member,grade\nmany,2,red,7,true,a\n");
        assertThat(wrong.status()).as(wrong.text()).isEqualTo(400);
        assertThat(wrong.error()).contains("x").contains("many");
    }

    @Test
    void aGzippedBodyIsInflated() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(instances(row(30)).getBytes(StandardCharsets.UTF_8));
        }
        var reply = served.send(served.request(PREDICT)
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(bytes.toByteArray())));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        var broken = served.send(served.request(PREDICT)
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(new byte[] {31, (byte) 139, 8, 0, 1})));
        assertThat(broken.status()).isEqualTo(400);
        var unknown = served.send(
                served.request(PREDICT).header("Content-Encoding", "br").POST(BodyPublishers.ofString("x")));
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.error()).contains("'br'");
    }

    @Test
    void statusListsEveryVersionNewestFirst() throws Exception {
        var reply = served.get("/v1/models/tiny");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text())
                .isEqualTo(
                        "{\"model_version_status\":["
                                + "{\"version\":\"2\",\"state\":\"AVAILABLE\",\"status\":{\"error_code\":\"OK\",\"error_message\":\"\"}},"
                                + "{\"version\":\"1\",\"state\":\"AVAILABLE\",\"status\":{\"error_code\":\"OK\",\"error_message\":\"\"}}]}");
        assertThat(served.get("/v1/models/tiny/labels/candidate").json().at("/model_version_status"))
                .hasSize(1);
        assertThat(served.get("/v1/models/tiny/versions/9").status()).isEqualTo(404);
        assertThat(served.get("/v1/models/unknown").status()).isEqualTo(404);
    }

    @Test
    void metadataNestsTheSignatureAsTheProtocolDoes() throws Exception {
        JsonNode metadata = served.get("/v1/models/tiny/metadata").json();
        assertThat(metadata.at("/model_spec/name").asText()).isEqualTo("tiny");
        assertThat(metadata.at("/model_spec/version").asText()).isEqualTo("2");
        JsonNode signature = metadata.at("/metadata/signature_def/signature_def/serving_default");
        assertThat(signature.path("method_name").asText()).isEqualTo("tensorflow/serving/predict");
        assertThat(signature.at("/inputs/x/dtype").asText()).isEqualTo("DT_DOUBLE");
        assertThat(signature.at("/inputs/code/dtype").asText()).isEqualTo("DT_INT64");
        assertThat(signature.at("/inputs/member/dtype").asText()).isEqualTo("DT_BOOL");
        assertThat(signature.at("/inputs/colour/dtype").asText()).isEqualTo("DT_STRING");
        assertThat(signature.at("/inputs/colour/tensor_shape/dim/0/size").asText())
                .isEqualTo("-1");
        assertThat(signature.path("inputs").has("level")).isFalse();
        assertThat(signature
                        .at("/outputs/probabilities/tensor_shape/dim/1/size")
                        .asText())
                .isEqualTo("2");
        assertThat(metadata.at("/metadata/labels")).extracting(JsonNode::asText).containsExactly("high", "low");
        assertThat(served.get("/v1/models/tiny/versions/1/metadata")
                        .json()
                        .at("/model_spec/version")
                        .asText())
                .isEqualTo("1");
    }

    private Served.Reply csv(String body) throws IOException, InterruptedException {
        return served.send(
                served.request(PREDICT).header("Content-Type", "text/csv").POST(BodyPublishers.ofString(body)));
    }
}
