package io.lathe.serving.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The route document as JSON. Fields a newer workbench may add are ignored; a missing or wrong one refuses the document. */
final class RouteJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private RouteJson() {}

    static RouteDocument parse(byte[] json) {
        try {
            JsonNode root = MAPPER.readTree(json);
            List<RouteDocument.Model> models = new ArrayList<>();
            for (JsonNode model : list(root, "models")) {
                models.add(model(model));
            }
            List<RouteDocument.Caller> consumers = new ArrayList<>();
            for (JsonNode consumer : list(root, "consumers")) {
                List<String> names = new ArrayList<>();
                list(consumer, "models").forEach(name -> names.add(name.asText()));
                consumers.add(new RouteDocument.Caller(text(consumer, "name"), text(consumer, "tokenSha256"), names));
            }
            return new RouteDocument(field(root, "version").longValue(), models, consumers);
        } catch (IllegalArgumentException e) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "The route document is refused: " + e.getMessage()
                            + ". Workbench and endpoint must be of one version.",
                    e);
        } catch (IOException e) {
            throw new LatheException(ProblemCode.BAD_REQUEST, "The route document must be JSON.", e);
        }
    }

    static byte[] print(RouteDocument document) {
        ObjectNode root = MAPPER.createObjectNode().put("version", document.version());
        ArrayNode models = root.putArray("models");
        for (RouteDocument.Model model : document.models()) {
            ObjectNode node = models.addObject().put("name", model.name());
            ObjectNode aliases = node.putObject("aliases");
            model.aliases().forEach(aliases::put);
            ArrayNode versions = node.putArray("versions");
            for (RouteDocument.Version version : model.versions()) {
                versions.addObject().put("version", version.version()).put("bundle", version.bundle());
            }
        }
        ArrayNode consumers = root.putArray("consumers");
        for (RouteDocument.Caller caller : document.consumers()) {
            ObjectNode node = consumers.addObject();
            node.put("name", caller.name()).put("tokenSha256", caller.tokenSha256());
            caller.models().forEach(node.putArray("models")::add);
        }
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a route document could not be printed", e);
        }
    }

    private static RouteDocument.Model model(JsonNode node) {
        Map<String, Integer> aliases = new HashMap<>();
        field(node, "aliases").properties().forEach(alias -> aliases.put(alias.getKey(), number(alias.getValue())));
        List<RouteDocument.Version> versions = new ArrayList<>();
        for (JsonNode version : list(node, "versions")) {
            versions.add(new RouteDocument.Version(number(field(version, "version")), text(version, "bundle")));
        }
        return new RouteDocument.Model(text(node, "name"), aliases, versions);
    }

    private static JsonNode field(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            throw new IllegalArgumentException("field " + name + " is missing");
        }
        return value;
    }

    private static JsonNode list(JsonNode node, String name) {
        JsonNode value = field(node, name);
        if (!value.isArray()) {
            throw new IllegalArgumentException("field " + name + " is not a list");
        }
        return value;
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = field(node, name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("field " + name + " is not a string");
        }
        return value.textValue();
    }

    private static int number(JsonNode value) {
        if (!value.canConvertToInt() || !value.isIntegralNumber()) {
            throw new IllegalArgumentException("a version number is not a whole number");
        }
        return value.intValue();
    }
}
