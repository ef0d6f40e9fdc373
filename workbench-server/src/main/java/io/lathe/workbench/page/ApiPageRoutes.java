package io.lathe.workbench.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.lathe.workbench.json.Json;
import io.lathe.workbench.openapi.OpenApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The page of the API, made from its OpenAPI document and nothing else: what it shows is what programs read. */
public final class ApiPageRoutes {
    private static final String JSON = "application/json";

    private final Pages pages;
    private final JsonNode document;
    private final List<ApiPage.Group> groups;
    private final List<ApiPage.Schema> schemas;

    public ApiPageRoutes(Pages pages, OpenApi openApi) {
        this.pages = pages;
        this.document = Json.tree(openApi.document());
        this.groups = groups();
        this.schemas = document.at("/components/schemas").properties().stream()
                .map(schema ->
                        new ApiPage.Schema(schema.getKey(), schema.getValue().toPrettyString()))
                .toList();
    }

    public void show(Context ctx) {
        pages.show(ctx, "api", new ApiPage(pages.frame(ctx, "API", "api"), groups, schemas));
    }

    private List<ApiPage.Group> groups() {
        Map<String, List<ApiPage.Operation>> byTag = new TreeMap<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> byTag.computeIfAbsent(
                                        method.getValue().at("/tags/0").asText(), tag -> new ArrayList<>())
                                .add(operation(method.getKey(), path.getKey(), method.getValue()))));
        return byTag.entrySet().stream()
                .map(group -> new ApiPage.Group(group.getKey(), group.getValue()))
                .toList();
    }

    private ApiPage.Operation operation(String method, String path, JsonNode operation) {
        List<ApiPage.Input> inputs = new ArrayList<>();
        operation.path("parameters").forEach(parameter -> inputs.add(input(parameter)));
        List<ApiPage.Outcome> outcomes = new ArrayList<>();
        operation
                .path("responses")
                .properties()
                .forEach(response -> outcomes.add(outcome(response.getKey(), response.getValue())));
        JsonNode content = operation.at("/requestBody/content");
        String bodyType = content.isEmpty() ? "" : content.fieldNames().next();
        return new ApiPage.Operation(
                operation.path("operationId").asText(),
                method.toUpperCase(Locale.ROOT),
                path,
                operation.path("summary").asText(),
                operation.path("x-lathe-for").asText(),
                inputs,
                bodyType,
                bodyType.equals(JSON) ? example(content.path(JSON).path("schema")) : "",
                outcomes);
    }

    private static ApiPage.Input input(JsonNode parameter) {
        boolean required = parameter.path("required").asBoolean();
        return new ApiPage.Input(
                parameter.path("name").asText(),
                parameter.path("in").asText(),
                parameter.path("description").asText(),
                required ? "required" : "",
                required ? parameter.path("example").asText() : "");
    }

    private static ApiPage.Outcome outcome(String status, JsonNode response) {
        JsonNode schema = response.path("content").path(JSON).path("schema");
        String reference =
                schema.path("$ref").asText() + schema.at("/items/$ref").asText();
        return new ApiPage.Outcome(
                status, response.path("description").asText(), reference.substring(reference.lastIndexOf('/') + 1));
    }

    private String example(JsonNode schema) {
        ObjectNode example = JsonNodeFactory.instance.objectNode();
        document.at(schema.path("$ref").asText().substring(1))
                .path("properties")
                .properties()
                .forEach(property ->
                        example.set(property.getKey(), property.getValue().at("/examples/0")));
        return example.toPrettyString();
    }
}
