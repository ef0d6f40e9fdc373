package io.lathe.serving;

import static io.lathe.serving.TinyModels.instances;
import static io.lathe.serving.TinyModels.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a row may be: missing, unknown, reordered, of another type, unseen, extreme. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RowRulesTest {

    private final Served served;

    RowRulesTest(@TempDir Path folder) throws Exception {
        served =
                Served.start(folder, RoutesJson.of(1).with(1, TinyModels.RISING).production(1), TinyModels.RISING);
    }

    @AfterAll
    void stop() {
        served.close();
    }

    @Test
    void aMissingFeatureIsRefusedByName() throws Exception {
        var reply = served.predict(row(1), row(1).replace("\"amount\":2,", ""));
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.error()).contains("Row 2").contains("amount").doesNotContain("Row 1");
    }

    @Test
    void nullIsMissing() throws Exception {
        assertThat(served.predict(row(1).replace("\"red\"", "null")).error()).contains("colour");
        assertThat(served.predict(row(1).replace("\"amount\":2", "\"amount\":null"))
                        .error())
                .contains("amount");
        assertThat(served.predict(row(1).replace("\"a\"", "null")).json())
                .isEqualTo(
                        served.predict(row(1).replace(",\"grade\":\"a\"", "")).json());
    }

    @Test
    void aNameOfAnotherCaseIsRefusedNamingBoth() throws Exception {
        var reply = served.predict(row(1).replace("\"amount\"", "\"Amount\""));
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.error()).contains("'amount'").contains("'Amount'");
    }

    @Test
    void anUnknownFieldIsIgnoredAndNoted() throws Exception {
        var reply = served.predict(
                row(1).replace("}", ",\"shoe size\":44}"), row(1).replace("}", ",\"shoe size\":\"big\"}"));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().path("warnings")).hasSize(1);
        assertThat(reply.json().path("warnings").path(0).asText()).contains("shoe size");
        assertThat(reply.json().at("/predictions/0"))
                .isEqualTo(served.predict(row(1)).json().at("/predictions/0"));
    }

    @Test
    void warningsAreCapped() throws Exception {
        String many = IntStream.range(0, 500)
                .mapToObj(i -> ",\"unknown-" + i + "\":1")
                .collect(Collectors.joining());
        var reply = served.predict(row(1).replace("}", many + "}"));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().path("warnings").size()).isLessThanOrEqualTo(21);
        assertThat(reply.text().length()).isLessThan(10_000);
    }

    @Test
    void theOrderOfFieldsDoesNotMatter() throws Exception {
        String reordered = "{\"grade\":\"a\",\"member\":true,\"code\":7,\"colour\":\"red\",\"amount\":2,\"x\":3.25}";
        assertThat(served.predict(reordered).text())
                .isEqualTo(served.predict(row(3.25)).text());
    }

    @Test
    void aNumberInQuotesOrABooleanIsNoNumber() throws Exception {
        for (String wrong : new String[] {"\"1.5\"", "true"}) {
            var reply = served.predict(row(1).replace("\"amount\":2", "\"amount\":" + wrong));
            assertThat(reply.status()).as(reply.text()).isEqualTo(400);
            assertThat(reply.error()).contains("amount");
        }
        assertThat(served.predict(row(1).replace("true", "\"true\"")).status()).isEqualTo(400);
        assertThat(served.predict(row(1).replace("\"red\"", "7")).status()).isEqualTo(400);
        assertThat(served.predict(row(1).replace("\"code\":7", "\"code\":7.5")).status())
                .isEqualTo(400);
    }

    @Test
    void aCategoryNeverSeenIsRefusedByNameAndValue() throws Exception {
        var reply = served.predict(row(1).replace("\"red\"", "\"green\""));
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.error()).contains("colour").contains("green");
    }

    @Test
    void aRowOfUnknownFieldsOnlyIsRefused() throws Exception {
        var reply = served.predict("{\"p\":1,\"q\":2}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.error()).contains("colour").contains("amount");
        assertThat(served.predict("{}").status()).isEqualTo(400);
    }

    @Test
    void aWholeNumberBeyondTheDoublesStaysWhole() throws Exception {
        String exact = row(1).replace("\"code\":7", "\"code\":" + TinyModels.EXACT);
        String near = row(1).replace("\"code\":7", "\"code\":" + (TinyModels.EXACT - 1));
        assertThat(served.predict(exact).status()).isEqualTo(200);
        var reply = served.predict(near);
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.error()).contains("code").contains("9007199254740992");
        assertThat(served.predict(row(1).replace("\"code\":7", "\"code\":18446744073709551616"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void everyPrintedNumberIsTheShortestThatParsesBackToTheSameBits() throws Exception {
        for (String x : new String[] {"1111111.0", "0.96", "6e-7", "16777217", "1e-45", "-0.0", "1E2"}) {
            var reply = served.predict(row(1).replace("\"x\":1.0", "\"x\":" + x));
            assertThat(reply.status()).as(x + reply.text()).isEqualTo(200);
            for (JsonNode probability : reply.json().at("/predictions/0/probabilities")) {
                assertThat(reply.text()).contains(Double.toString(probability.doubleValue()));
            }
        }
    }

    @Test
    void extremeNumbersGiveAnAnswerOrAReasonNeverNaN() throws Exception {
        for (String x :
                new String[] {"1e39", "-1e39", "1.7976931348623157e308", "-1.7976931348623157e308", "4.9e-324"}) {
            var reply = served.predict(row(1), row(1).replace("\"x\":1.0", "\"x\":" + x));
            assertThat(reply.text()).doesNotContain("NaN").doesNotContain("Infinity");
            if (reply.status() == 200) {
                assertThat(reply.json().path("predictions")).hasSize(2);
            } else {
                assertThat(reply.status()).isEqualTo(400);
                assertThat(reply.error()).contains("Row 2");
            }
        }
    }

    @Test
    void aBatchIsAnsweredWholeOrNotAtAll() throws Exception {
        String[] rows = IntStream.range(0, 1_000).mapToObj(i -> row(i)).toArray(String[]::new);
        assertThat(served.predict(rows).json().path("predictions")).hasSize(1_000);
        rows[998] = "{}";
        var reply = served.predict(rows);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).contains("Row 999");
        assertThat(reply.json().has("predictions")).isFalse();
    }

    @Test
    void reasonsAreCapped() throws Exception {
        String[] rows = IntStream.range(0, 1_000).mapToObj(_ -> "{}").toArray(String[]::new);
        var reply = served.post("/v1/models/tiny:predict", instances(rows));
        assertThat(reply.error()).contains("Row 1:").contains("more");
        assertThat(reply.text().length()).isLessThan(10_000);
    }

    @Test
    void errorsEchoLittleOfWhatCameAndNothingOfTheInside() throws Exception {
        var reply = served.predict(row(1).replace("\"red\"", "\"" + "g".repeat(100_000) + "\""));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text().length()).isLessThan(2_000);
        assertThat(reply.text())
                .doesNotContain("io.lathe")
                .doesNotContain("Exception")
                .doesNotContain("org.tribuo");
    }
}
