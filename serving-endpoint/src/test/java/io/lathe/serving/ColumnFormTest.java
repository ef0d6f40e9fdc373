package io.lathe.serving;

import static io.lathe.serving.TinyModels.instances;
import static io.lathe.serving.TinyModels.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.serving.http.Limits;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies in column form, of a model with several inputs and outputs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ColumnFormTest {

    private static final String PREDICT = "/v1/models/tiny:predict";
    private static final String REST =
            "\"amount\":[2,2],\"colour\":[\"red\",\"red\"],\"code\":[7,7],\"member\":[true,true],\"grade\":[\"a\",\"a\"]";

    private final Served served;

    ColumnFormTest(@TempDir Path folder) throws Exception {
        served = Served.start(
                folder,
                RoutesJson.of(1)
                        .with(1, TinyModels.RISING)
                        .with(2, TinyModels.FALLING)
                        .production(1)
                        .alias("candidate", 2),
                TinyModels.RISING,
                TinyModels.FALLING);
    }

    @AfterAll
    void stop() {
        served.close();
    }

    @Test
    void theAnswerIsAnObjectWithAListForEachOutputAndTheSameNumbersAsInRows() throws Exception {
        JsonNode rows = served.post(PREDICT, instances(row(30), row(-30))).json();
        var reply = served.post(PREDICT, "{\"inputs\":{\"x\":[30,-30]," + REST + "}}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        JsonNode outputs = reply.json().path("outputs");
        assertThat(outputs.fieldNames()).toIterable().containsExactly("label", "probabilities");
        assertThat(outputs.path("label").toString()).isEqualTo("[\"high\",\"low\"]");
        for (int i = 0; i < 2; i++) {
            assertThat(outputs.path("probabilities").path(i))
                    .isEqualTo(rows.path("predictions").path(i).path("probabilities"));
        }
        assertThat(reply.json().has("predictions")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/models/tiny:predict, 1",
        "/v1/models/tiny/versions/2:predict, 2",
        "/v1/models/tiny/labels/candidate:predict, 2",
        "/v1/models/tiny/labels/%63andidate:predict, 2",
        "/v1/models/tiny/labels/production:predict, 1",
    })
    void thePathChoosesTheVersion(String path, String version) throws Exception {
        var reply = served.post(path, "{\"inputs\":{\"x\":[30,-30]," + REST + "}}");
        assertThat(reply.header("Lathe-Model-Version")).hasValue(version);
        assertThat(reply.json().at("/outputs/label/0").asText()).isEqualTo(version.equals("1") ? "high" : "low");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/models/tiny/labels/canary:predict, 400",
        "/v1/models/tiny/versions/3:predict, 404",
        "/v1/models/tiny/versions/1/labels/candidate:predict, 400",
        "/v1/models/tiny/versions/99999999999999999999:predict, 400",
    })
    void anUnknownVersionOrLabelIsRefusedAsInRows(String path, int status) throws Exception {
        assertThat(served.post(path, "{\"inputs\":{\"x\":[30,-30]," + REST + "}}")
                        .status())
                .isEqualTo(status);
    }

    @Test
    void listsOfDifferentLengthsAreRefusedNamingBoth() throws Exception {
        var reply = served.post(PREDICT, "{\"inputs\":{\"x\":[30,-30,1]," + REST + "}}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).contains("Input 'amount' has 2 values, but input 'x' has 3");
    }

    @Test
    void anOptionalInputMayBeLeftOutAndARequiredOneNot() throws Exception {
        String without = "{\"inputs\":{\"x\":[30],\"amount\":[2],\"colour\":[\"red\"],\"code\":[7],\"member\":[true]}}";
        var reply = served.post(PREDICT, without);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().at("/outputs/probabilities"))
                .isEqualTo(served.post(PREDICT, without.replace("]}}", "],\"grade\":[null]}}"))
                        .json()
                        .at("/outputs/probabilities"));
        var missing = served.post(PREDICT, without.replace("\"amount\":[2],", "\"Amount\":[2],"));
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.error()).contains("Missing named input: 'amount'", "'Amount'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,2]", "{}", "{\"x\":[]}", "null", "\"x\""})
    void whatIsNoSetOfColumnsIsRefused(String inputs) throws Exception {
        var reply = served.post(PREDICT, "{\"inputs\":" + inputs + "}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.error()).contains("nput");
    }

    @Test
    void aWrongValueIsNamedByItsRow() throws Exception {
        var reply = served.post(PREDICT, "{\"inputs\":{\"x\":[30,\"no\"]," + REST + "}}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).startsWith("Row 2:").contains("'x'");
    }

    @Test
    void textMayBeBase64() throws Exception {
        var reply = served.post(
                PREDICT,
                "{\"inputs\":{\"x\":[30,-30]," + REST.replace("[\"red\",\"red\"]", "[{\"b64\":\"cmVk\"},\"red\"]")
                        + "}}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    @Test
    void tooManyRowsInputsOrValuesAreRefused() throws Exception {
        int rows = Limits.defaults().rows();
        var tooMany = served.post(PREDICT, "{\"inputs\":{\"x\":[1" + ",1".repeat(rows) + "]}}");
        assertThat(tooMany.status()).isEqualTo(400);
        assertThat(tooMany.error()).contains("more than " + rows + " values");
        StringBuilder wide = new StringBuilder("{\"inputs\":{");
        for (int i = 0; i <= Limits.defaults().fieldsPerRow(); i++) {
            wide.append(i == 0 ? "" : ",").append("\"f").append(i).append("\":[1]");
        }
        assertThat(served.post(PREDICT, wide + "}}").error()).contains("more than 1000 inputs");
        StringBuilder big = new StringBuilder("{\"inputs\":{");
        for (int i = 0; i < 101; i++) {
            big.append(i == 0 ? "" : ",")
                    .append("\"f")
                    .append(i)
                    .append("\":[1")
                    .append(",1".repeat(rows - 1))
                    .append(']');
        }
        assertThat(served.post(PREDICT, big + "}}").error()).contains("more than 1000000 values");
    }
}
