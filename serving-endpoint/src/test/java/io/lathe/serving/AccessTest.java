package io.lathe.serving;

import static io.lathe.serving.TinyModels.instances;
import static io.lathe.serving.TinyModels.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call what. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTest {

    private final Served served;

    AccessTest(@TempDir Path folder) throws Exception {
        served =
                Served.start(folder, RoutesJson.of(1).with(1, TinyModels.RISING).production(1), TinyModels.RISING);
    }

    @AfterAll
    void stop() {
        served.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/models/tiny",
                "GET /v1/models/tiny/metadata",
                "GET /v1/models/unknown",
                "GET /v1/anything",
                "POST /v1/models/tiny:predict",
                "POST /v1/models/tiny:regress",
                "POST /v1/models/tiny:classify",
                "GET /v2",
                "GET /v2/",
                "GET /v2/models/tiny",
                "GET /v2/models/tiny/ready",
                "POST /v2/models/tiny/infer",
                "POST /v2/models/tiny/versions/1/infer",
                "DELETE /v2/models/tiny",
            })
    void withoutTheRightTokenThereIsNothing(String methodAndPath) throws Exception {
        String[] parts = methodAndPath.split(" ", 2);
        var body = parts[0].equals("POST") ? BodyPublishers.ofString("{}") : BodyPublishers.noBody();
        for (String authorization : new String[] {
            "",
            "Bearer",
            "Bearer ",
            "Bearer wrong",
            "Basic " + RoutesJson.WEB_TOKEN,
            RoutesJson.WEB_TOKEN,
            "Bearer " + "x".repeat(2_000)
        }) {
            var request = served.open(parts[1]).method(parts[0], body);
            var reply = served.send(authorization.isEmpty() ? request : request.header("Authorization", authorization));
            assertThat(reply.status()).as(methodAndPath + " " + authorization).isEqualTo(401);
            assertThat(reply.error()).isNotEmpty();
            assertThat(reply.header("WWW-Authenticate"))
                    .hasValueSatisfying(value -> assertThat(value).startsWith("Bearer"));
        }
    }

    @Test
    void healthAndStatusAreOpen() throws Exception {
        for (String path : new String[] {"/v2/health/live", "/v2/health/ready", "/lathe/status"}) {
            assertThat(served.send(served.open(path).GET()).status()).isEqualTo(200);
        }
    }

    @Test
    void aModelWithoutTheRightIsUnknown() throws Exception {
        for (String path :
                new String[] {"/v1/models/%s:predict", "/v1/models/%s/versions/1:predict", "/v2/models/%s/infer"}) {
            var foreign = asOther(path.formatted("tiny"));
            var missing = asOther(path.formatted("none"));
            assertThat(foreign.status()).isEqualTo(404);
            assertThat(foreign.text().replace("tiny", "none")).isEqualTo(missing.text());
            assertThat(foreign.header("Lathe-Model-Version")).isEmpty();
        }
        for (String path :
                new String[] {"/v1/models/tiny", "/v1/models/tiny/metadata", "/v2/models/tiny", "/v2/models/tiny/ready"
                }) {
            assertThat(served.send(served.open(path)
                                    .header("Authorization", "Bearer " + RoutesJson.OTHER_TOKEN)
                                    .GET())
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void aConsumerMayReadItsModelsMetadata() throws Exception {
        assertThat(served.get("/v1/models/tiny/metadata").status()).isEqualTo(200);
        assertThat(served.get("/v2/models/tiny").status()).isEqualTo(200);
    }

    @Test
    void theSchemeOfTheHeaderIsReadInAnyCase() throws Exception {
        var reply = served.send(served.open("/v1/models/tiny")
                .header("Authorization", "bearer " + RoutesJson.WEB_TOKEN)
                .GET());
        assertThat(reply.status()).isEqualTo(200);
    }

    private Served.Reply asOther(String path) throws IOException, InterruptedException {
        return served.send(served.open(path)
                .header("Authorization", "Bearer " + RoutesJson.OTHER_TOKEN)
                .POST(BodyPublishers.ofString(instances(row(1)))));
    }
}
