package io.lathe.serving;

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

/** Models that answer numbers, in both protocols: TensorFlow Serving's half-plus-two vectors and our own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegressionTest {

    private static final String LINE = "/v1/models/tiny";
    private static final String PLANE = "/v1/models/tiny/versions/2";

    private final Served served;

    RegressionTest(@TempDir Path folder) throws Exception {
        served = Served.start(
                folder,
                RoutesJson.of(1)
                        .with(1, ExactModels.HALF_PLUS_TWO)
                        .with(2, ExactModels.PLANE)
                        .production(1)
                        .alias("candidate", 2),
                ExactModels.HALF_PLUS_TWO,
                ExactModels.PLANE);
    }

    @AfterAll
    void stop() {
        served.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "predict | {\"instances\":[1.0,2.0,5.0]} | {\"predictions\":[2.5,3.0,4.5]}",
                "predict | {\"instances\":[{\"x\":1.0},{\"x\":2.0}]} | {\"predictions\":[2.5,3.0]}",
                "predict | {\"inputs\":[1.0,2.0,5.0]} | {\"outputs\":[2.5,3.0,4.5]}",
                "predict | {\"inputs\":{\"x\":[1,2]}} | {\"outputs\":[2.5,3.0]}",
                "predict | {\"signature_name\":\"serving_default\",\"instances\":[-4]} | {\"predictions\":[0.0]}",
                "regress | {\"examples\":[{\"x\":80.0},{\"x\":[20.0]}]} | {\"results\":[42.0,12.0]}",
                "regress | {\"signature_name\":\"\",\"context\":{\"x\":80},\"examples\":[{},{\"x\":1}]} | {\"results\":[42.0,2.5]}",
            })
    void theFormOfTheBodyIsTheFormOfTheAnswer(String verb, String body, String answer) throws Exception {
        var reply = served.post(LINE + ":" + verb, body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo(answer);
        assertThat(reply.header("Lathe-Model-Version")).hasValue("1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "predict | {\"instances\":[1.0,{\"x\":2.0}]} | Row 2 is an object, unlike the rows before it",
                "predict | {\"instances\":[{\"x\":2.0},1.0]} | Row 2 is a number, unlike the rows before it",
                "predict | {\"instances\":[[1.0],[2.0]]} | Row 1 is a list; a row must be an object",
                "predict | {\"instances\":[\"1.0\"]} | Row 1: 'x' is the text '1.0', which is not a number",
                "predict | {\"inputs\":7} | inputs must be an object with a list for each input, not a number",
                "predict | {\"inputs\":[]} | The inputs have no rows",
                "predict | {\"inputs\":{\"x\":1.0}} | Input 'x' must be a list with a value for each row, not a number",
                "predict | {\"inputs\":{\"x\":[[1.0]]}} | Input 'x', row 1 must be a number",
                "predict | {\"inputs\":{\"X\":[1.0]}} | Missing named input: 'x'. Send it as a list. Did you mean 'X'?",
                "predict | {\"inputs\":[1.0],\"instances\":[1.0]} | both instances and inputs",
                "predict | {\"instances\":[1.0],\"inputs\":[1.0]} | both instances and inputs",
                "regress | {\"instances\":[1.0]} | Missing 'examples' key",
                "regress | {\"examples\":[1.0]} | Row 1 is a number; a row must be an object",
                "regress | {\"examples\":[{\"x\":[1.0,2.0]}]} | feature 'x' must be one value, or a list of one",
                "regress | {\"examples\":[{\"x\":[]}]} | feature 'x' must be one value, or a list of one",
                "regress | {\"examples\":[],\"context\":{}} | examples is empty",
                "regress | {\"examples\":{}} | examples must be a list",
                "regress | {\"examples\":[{\"x\":null}],\"context\":{\"x\":1}} | Row 1",
                "regress | {\"signature_name\":\"other\",\"examples\":[{\"x\":1}]} | Signature 'other' is not known",
            })
    void aWrongBodySaysWhatIsWrong(String verb, String body, String message) throws Exception {
        var reply = served.post(LINE + ":" + verb, body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.error()).contains(message);
    }

    @Test
    void everyVerbTakesVersionsAndLabels() throws Exception {
        String row = "{\"a\":1,\"b\":2,\"c\":\"red\"}";
        for (String target : new String[] {"/versions/2", "/labels/candidate", "/labels/c%61ndidate"}) {
            for (String call : new String[] {
                ":predict {\"instances\":[" + row + "]}",
                ":predict {\"inputs\":{\"a\":[1],\"b\":[2],\"c\":[\"red\"]}}",
                ":regress {\"examples\":[" + row + "]}"
            }) {
                var reply = served.post(
                        LINE + target + call.substring(0, call.indexOf(' ')), call.substring(call.indexOf(' ') + 1));
                assertThat(reply.status()).as(target + call + reply.text()).isEqualTo(200);
                assertThat(reply.text()).endsWith("[121.0]}");
                assertThat(reply.header("Lathe-Model-Version")).hasValue("2");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/labels/canary, 400",
        "/versions/9, 404",
        "/versions/99999999999999999999, 400",
        "/versions/1/labels/candidate, 400",
        "/labels/candidate/versions/1, 400",
    })
    void anUnknownVersionOrLabelIsRefusedForEveryVerb(String target, int status) throws Exception {
        for (String verb : new String[] {"predict", "regress", "classify"}) {
            assertThat(served.post(LINE + target + ":" + verb, "{\"instances\":[1.0]}")
                            .status())
                    .as(target + verb)
                    .isEqualTo(status);
        }
        assertThat(served.get(LINE + target).status()).isEqualTo(status);
        assertThat(served.get(LINE + target + "/metadata").status()).isEqualTo(status);
    }

    @Test
    void anInputTheModelDoesNotKnowIsNotedInEveryForm() throws Exception {
        String row = "{\"a\":1,\"b\":2,\"c\":\"red\",\"z\":3}";
        for (var reply : new Served.Reply[] {
            served.post(PLANE + ":predict", "{\"instances\":[" + row + "]}"),
            served.post(PLANE + ":predict", "{\"inputs\":{\"z\":[3],\"a\":[1],\"b\":[2],\"c\":[\"red\"]}}"),
            served.post(PLANE + ":regress", "{\"examples\":[" + row + "]}")
        }) {
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            assertThat(reply.json().path("warnings").toString()).contains("'z'");
        }
    }

    @Test
    void csvRowsAreAnsweredAsJsonRowsAre() throws Exception {
        String csv = "c,b,a\nred,2,1\nblue,0.5,3\n";
        for (String verb : new String[] {"predict", "regress"}) {
            var reply = served.send(served.request(PLANE + ":" + verb)
                    .header("Content-Type", "text/csv")
                    .POST(BodyPublishers.ofString(csv)));
            assertThat(reply.text()).endsWith("[121.0,208.0]}");
        }
    }

    @Test
    void inferAnswersOneTensorOfNumbers() throws Exception {
        var reply = served.post(
                "/v2/models/tiny/infer",
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP64\",\"shape\":[3],\"data\":[1,2,5]}]}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().path("outputs").toString())
                .isEqualTo("[{\"name\":\"prediction\",\"datatype\":\"FP64\",\"shape\":[3],\"data\":[2.5,3.0,4.5]}]");
    }

    @Test
    void anOutputOfAnotherKindOfModelDoesNotExist() throws Exception {
        var reply = served.post(
                "/v2/models/tiny/infer",
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP64\",\"shape\":[1],\"data\":[1]}],\"outputs\":[{\"name\":\"label\"}]}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).contains("'label'", "prediction");
    }

    @Test
    void metadataNamesTheOneOutputAndNoLabels() throws Exception {
        JsonNode second = served.get("/v2/models/tiny").json();
        assertThat(second.path("outputs").toString())
                .isEqualTo("[{\"name\":\"prediction\",\"datatype\":\"FP64\",\"shape\":[-1]}]");
        assertThat(second.has("labels")).isFalse();
        JsonNode first = served.get(LINE + "/metadata").json().path("metadata");
        JsonNode outputs = first.at("/signature_def/signature_def/serving_default/outputs");
        assertThat(outputs.at("/prediction/dtype").asText()).isEqualTo("DT_DOUBLE");
        assertThat(outputs.at("/prediction/tensor_shape/dim")).hasSize(1);
        assertThat(first.has("labels")).isFalse();
    }
}
