package io.lathe.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The endpoint's routes as {@code docs/security.md} lists them, called by everybody. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteTableTest {

    private static final Pattern ROW =
            Pattern.compile("\\| `([A-Z]+) (/\\S*)` \\| (everybody|consumer|consumer of M) \\|");
    private static final String TENSORS = "{\"inputs\":["
            + String.join(
                    ",",
                    tensor("x", "FP64", "30"),
                    tensor("amount", "FP64", "2"),
                    tensor("colour", "BYTES", "\"red\""),
                    tensor("code", "INT64", "7"),
                    tensor("member", "BOOL", "true"),
                    tensor("grade", "BYTES", "\"a\""))
            + "]}";
    private static final int WRONG_METHOD = 405;

    private final Served served;

    RouteTableTest(@TempDir Path folder) throws Exception {
        served =
                Served.start(folder, RoutesJson.of(1).with(1, TinyModels.RISING).production(1), TinyModels.RISING);
    }

    @AfterAll
    void stop() {
        served.close();
    }

    private static String tensor(String name, String type, String value) {
        return "{\"name\":\"%s\",\"datatype\":\"%s\",\"shape\":[1],\"data\":[%s]}".formatted(name, type, value);
    }

    private record Row(String method, String path, String who) {
        static List<Row> all() throws IOException {
            String document = Files.readString(Path.of("..", "docs", "security.md"));
            return document.substring(document.indexOf("### Routes of the serving endpoint"))
                    .lines()
                    .map(ROW::matcher)
                    .filter(Matcher::matches)
                    .map(row -> new Row(row.group(1), row.group(2), row.group(3)))
                    .toList();
        }
    }

    private record Caller(String name, String authorization) {}

    private int status(Row row, String model, Caller caller) throws Exception {
        return reply(row.method(), row, model, caller).status();
    }

    private Served.Reply reply(String method, Row row, String model, Caller caller) throws Exception {
        String path = row.path().replace("/M", "/" + model);
        String body = path.endsWith("infer") ? TENSORS : TinyModels.instances(TinyModels.row(30));
        var request = served.open(path)
                .method(method, method.equals("POST") ? BodyPublishers.ofString(body) : BodyPublishers.noBody());
        if (!caller.authorization().isEmpty()) {
            request.header("Authorization", caller.authorization());
        }
        return served.send(request);
    }

    @Test
    void everybodyMayDoWhatTheDocumentSaysAndNothingElse() throws Exception {
        List<Row> rows = Row.all();
        assertThat(rows).hasSizeGreaterThan(10);
        Caller own = new Caller("the model's consumer", "Bearer " + RoutesJson.WEB_TOKEN);
        Caller other = new Caller("another model's consumer", "Bearer " + RoutesJson.OTHER_TOKEN);
        List<Caller> strangers = List.of(
                new Caller("nobody", ""),
                new Caller("a guessed token", "Bearer guessed"),
                new Caller("an empty token", "Bearer "),
                new Caller("the serving token", "Bearer " + SmallWorkbench.TOKEN),
                new Caller("a token's hash", "Bearer " + RoutesJson.sha256(RoutesJson.WEB_TOKEN)),
                new Caller("a token as Basic", "Basic " + RoutesJson.WEB_TOKEN));
        SoftAssertions all = new SoftAssertions();
        for (Row row : rows) {
            boolean open = row.who().equals("everybody");
            for (Caller stranger : strangers) {
                all.assertThat(status(row, "tiny", stranger))
                        .as("%s by %s", row, stranger.name())
                        .isEqualTo(open ? 200 : 401);
            }
            all.assertThat(status(row, "tiny", own))
                    .as("%s by its consumer", row)
                    .isEqualTo(200);
            all.assertThat(status(row, "none", own))
                    .as("%s of no model", row)
                    .isEqualTo(row.who().equals("consumer of M") ? 404 : 200);
            all.assertThat(status(row, "tiny", other))
                    .as("%s by another's consumer", row)
                    .isEqualTo(row.who().equals("consumer of M") ? 404 : 200);
        }
        all.assertAll();
    }

    @Test
    void anotherMethodIsNeverAWayIn() throws Exception {
        SoftAssertions all = new SoftAssertions();
        for (Row row : Row.all()) {
            for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")) {
                if (!method.equals(row.method())) {
                    int stranger =
                            reply(method, row, "tiny", new Caller("nobody", "")).status();
                    all.assertThat(stranger)
                            .as("%s instead of %s by nobody", method, row)
                            .isIn(401, WRONG_METHOD);
                    int consumer = reply(method, row, "tiny", new Caller("own", "Bearer " + RoutesJson.WEB_TOKEN))
                            .status();
                    all.assertThat(consumer)
                            .as("%s instead of %s by its consumer", method, row)
                            .isIn(400, 404, WRONG_METHOD, 501);
                }
            }
        }
        all.assertAll();
    }
}
