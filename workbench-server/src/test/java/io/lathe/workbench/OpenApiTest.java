package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.lathe.workbench.json.Json;
import io.lathe.workbench.web.Payload;
import io.lathe.workbench.web.Route;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {
    private final RunningWorkbench workbench;
    private final JsonNode document;

    OpenApiTest(@TempDir Path folder) {
        workbench = new RunningWorkbench(folder.resolve("data"), Checkout.in(folder.resolve("home")));
        workbench.makeProject("mine");
        document = workbench.get("/api/v1/openapi.json");
    }

    @AfterAll
    void stop() {
        workbench.close();
    }

    private JsonNode operation(Route route) {
        return document.path("paths")
                .path(route.path().replace('<', '{').replace('>', '}'))
                .path(route.method().name().toLowerCase(Locale.ROOT));
    }

    @Test
    void documentHasEveryRouteOfTheApiAndNoOther() {
        List<String> documented = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(workbench.app.routes().stream()
                        .filter(Route::isApi)
                        .map(route -> route.title().replace('<', '{').replace('>', '}'))
                        .toList());
    }

    @Test
    void everyOperationSaysWhatItDoesWhoMayCallItAndWhatItAnswers() {
        List<String> ids = new ArrayList<>();
        for (Route route : workbench.app.routes()) {
            if (route.isApi()) {
                JsonNode operation = operation(route);
                ids.add(operation.path("operationId").asText());
                assertThat(operation.path("summary").asText()).as(route.title()).endsWith(".");
                assertThat(operation.path("x-lathe-for").asText())
                        .as(route.title())
                        .isNotBlank();
                assertThat(route.answers()).as(route.title()).isNotEmpty();
                List<String> inPath = new ArrayList<>();
                operation.path("parameters").forEach(parameter -> {
                    if (parameter.path("in").asText().equals("path")) {
                        inPath.add(parameter.path("name").asText());
                    }
                });
                assertThat(route.path()
                                .chars()
                                .filter(c -> c == '{' || c == '<')
                                .count())
                        .as(route.title())
                        .isEqualTo(inPath.size());
                inPath.forEach(
                        name -> assertThat(route.path()).as(route.title()).containsPattern("[{<]" + name + "[>}]"));
            }
        }
        assertThat(ids).doesNotHaveDuplicates();
    }

    /** Every operation, called by who may call it: what it answers, problems too, is what the document says. */
    @Test
    void answersAreWhatTheDocumentSays() {
        for (Route route : workbench.app.routes()) {
            boolean endless = route.answers().stream().anyMatch(answer -> answer.payload() instanceof Payload.Events);
            if (route.isApi() && !endless) {
                HttpResponse<String> answer = workbench.send(call(route));
                assertThat(answer.statusCode()).as(route.title()).isNotEqualTo(500);
                requireDocumented(route, answer);
            }
        }
    }

    private HttpRequest.Builder call(Route route) {
        String path = route.path()
                .replace("{name}", route.path().contains("projects") ? "mine" : "unknown")
                .replace("{id}", "00000000-0000-4000-8000-000000000000")
                .replace("{sha256}", "0".repeat(64))
                .replace("<key>", "config")
                .replace("{alias}", "production")
                .replace("{version}", "1")
                .replace("{model}", "unknown");
        HttpRequest.Builder request = switch (route.allow()) {
            case PROJECT -> workbench.kernel("mine", path);
            case SERVING_ENDPOINT ->
                workbench.request(path).header("Authorization", "Bearer " + workbench.secret("run/serving-token"));
            default -> workbench.operator(path);
        };
        return request.method(route.method().name(), BodyPublishers.ofString(body(route)));
    }

    /** The examples that the document gives. */
    private String body(Route route) {
        JsonNode reference = operation(route)
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema")
                .path("$ref");
        if (reference.isMissingNode()) {
            return "";
        }
        var body = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        document.at(reference.asText().substring(1))
                .path("properties")
                .properties()
                .forEach(property -> body.set(
                        property.getKey(), property.getValue().path("examples").get(0)));
        return body.toString();
    }

    private void requireDocumented(Route route, HttpResponse<String> answer) {
        JsonNode responses = operation(route).path("responses");
        String status = String.valueOf(answer.statusCode());
        assertThat(responses.has(status))
                .as("%s answered %s %s", route.title(), status, answer.body())
                .isTrue();
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        JsonNode content = responses.path(status).path("content");
        if (!content.isMissingNode() && !route.method().name().equals("HEAD")) {
            assertThat(content.has(type))
                    .as("%s answered %s", route.title(), type)
                    .isTrue();
            if (type.endsWith("json")) {
                assertThat(schema(content.path(type).path("schema")).validate(Json.tree(answer.body())))
                        .as("%s answered %s", route.title(), answer.body())
                        .isEmpty();
            }
        }
    }

    private JsonSchema schema(JsonNode schema) {
        var self = ((com.fasterxml.jackson.databind.node.ObjectNode) schema.deepCopy());
        self.set("components", document.path("components"));
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(self);
    }

    @Test
    void requestThatTheSchemaRefusesTheWorkbenchRefusesToo() {
        JsonNode wanted = document.at("/components/schemas/NewToken");
        for (String body : List.of("{}", "{\"name\":\"A\"}", "{\"name\":\"a\",\"role\":\"king\"}", "{\"name\":1}")) {
            assertThat(schema(wanted).validate(Json.tree(body))).as(body).isNotEmpty();
            JsonNode problem = workbench.post(400, "/api/v1/tokens", body);
            assertThat(schema(document.at("/components/schemas/Problem")).validate(problem))
                    .isEmpty();
        }
    }
}
