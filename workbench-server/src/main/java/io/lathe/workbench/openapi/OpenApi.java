package io.lathe.workbench.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.workbench.web.Allow;
import io.lathe.workbench.web.Answer;
import io.lathe.workbench.web.Parameter;
import io.lathe.workbench.web.Payload;
import io.lathe.workbench.web.Problem;
import io.lathe.workbench.web.Route;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes the document of the API's routes, OpenAPI 3.1. */
public final class OpenApi {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String BEARER = "bearer";
    private static final String SESSION = "session";
    private static final String PROJECT = "project";

    private final Schemas schemas = new Schemas();
    private final String document;

    /** @param routes every way in; only those of the API get into the document */
    public OpenApi(List<Route> routes) {
        ObjectNode root = JSON.objectNode().put("openapi", "3.1.0");
        root.putObject("info")
                .put("title", "Lathe")
                .put("version", "1")
                .put(
                        "description",
                        "The workbench's API. Errors are problem documents (RFC 9457); each type is a page of the workbench, /problems lists all.");
        ObjectNode paths = root.putObject("paths");
        routes.stream()
                .filter(Route::isApi)
                .forEach(route -> paths.withObjectProperty(path(route)).set(route.verb(), operation(route)));
        ObjectNode components = root.putObject("components");
        components.putObject("schemas").setAll(schemas.all());
        ObjectNode security = components.putObject("securitySchemes");
        security.putObject(BEARER)
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "The operator's, a personal, a kernel's or the endpoint's token.");
        cookie(security.putObject(SESSION), "lathe_session");
        cookie(security.putObject(PROJECT), "lathe_project");
        document = root.toString();
    }

    private static void cookie(ObjectNode scheme, String name) {
        scheme.put("type", "apiKey").put("in", "cookie").put("name", name);
    }

    /** The document, JSON. */
    public String document() {
        return document;
    }

    /** A path as OpenAPI writes it; it has no word for a parameter of several segments. */
    static String path(Route route) {
        return route.path().replace('<', '{').replace('>', '}');
    }

    private ObjectNode operation(Route route) {
        ObjectNode operation = JSON.objectNode()
                .put("operationId", id(route))
                .put("summary", route.summary())
                .put(
                        "x-lathe-for",
                        route.allow().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        operation.putArray("tags").add(route.path().split("/")[3]);
        operation.set("security", security(route.allow()));
        if (!route.parameters().isEmpty()) {
            ArrayNode parameters = operation.putArray("parameters");
            route.parameters().forEach(parameter -> parameters.add(parameter(parameter)));
        }
        if (!(route.request() instanceof Payload.None)) {
            ObjectNode body = operation.putObject("requestBody").put("required", true);
            body.set("content", content(route.request()));
        }
        ObjectNode responses = operation.putObject("responses");
        route.answers().forEach(answer -> responses.set(String.valueOf(answer.status()), response(answer)));
        problems(route, responses);
        return operation;
    }

    private static String id(Route route) {
        StringBuilder id = new StringBuilder(route.verb());
        for (String part : route.path().substring("/api/v1".length()).split("[^A-Za-z0-9]+")) {
            if (!part.isEmpty()) {
                id.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
            }
        }
        return id.toString();
    }

    private static ArrayNode security(Allow allow) {
        ArrayNode any = JSON.arrayNode();
        List<String> schemes = switch (allow) {
            case EVERYBODY -> List.of();
            case VIEWER, DEVELOPER, MAINTAINER, OWNER -> List.of(BEARER, SESSION);
            case PROJECT -> List.of(BEARER, PROJECT);
            case SERVING_ENDPOINT -> List.of(BEARER);
        };
        schemes.forEach(scheme -> any.addObject().putArray(scheme));
        return any;
    }

    private static ObjectNode parameter(Parameter parameter) {
        ObjectNode node = JSON.objectNode()
                .put("name", parameter.name())
                .put("in", parameter.in().name().toLowerCase(Locale.ROOT))
                .put("description", parameter.words());
        if (parameter.need() == Parameter.Need.REQUIRED) {
            node.put("required", true);
        }
        ObjectNode schema = node.putObject("schema");
        switch (parameter.values()) {
            case Parameter.Values.Text(String pattern, String example) -> {
                schema.put("type", "string");
                if (!pattern.isEmpty()) {
                    schema.put("pattern", "^(?:" + pattern + ")$");
                }
                if (!example.isEmpty()) {
                    node.put("example", example);
                }
            }
            case Parameter.Values.Whole(int least, int most) ->
                schema.put("type", "integer").put("minimum", least).put("maximum", most);
        }
        return node;
    }

    private ObjectNode response(Answer answer) {
        ObjectNode response = JSON.objectNode().put("description", answer.words());
        if (!(answer.payload() instanceof Payload.None)) {
            response.set("content", content(answer.payload()));
        }
        return response;
    }

    private ObjectNode content(Payload payload) {
        ObjectNode content = JSON.objectNode();
        switch (payload) {
            case Payload.None() -> {}
            case Payload.One(Class<?> type) ->
                schema(content, "application/json").setAll(schemas.reference(type));
            case Payload.Secret(Class<?> type) ->
                schema(content, "application/json").setAll(schemas.reference(type));
            case Payload.Many(Class<?> type) -> {
                ObjectNode list = schema(content, "application/json").put("type", "array");
                list.set("items", schemas.reference(type));
            }
            case Payload.Bytes(String mediaType) -> content.putObject(mediaType);
            // OpenAPI 3.1 has no word for a stream of events.
            case Payload.Events() -> content.putObject("text/event-stream");
            case Payload.Document() -> schema(content, "application/json").put("type", "object");
        }
        return content;
    }

    private static ObjectNode schema(ObjectNode content, String mediaType) {
        return content.putObject(mediaType).putObject("schema");
    }

    private void problems(Route route, ObjectNode responses) {
        TreeMap<Integer, Set<ProblemCode>> byStatus = new TreeMap<>();
        for (ProblemCode code : codes(route)) {
            byStatus.computeIfAbsent(code.httpStatus(), status -> new TreeSet<>())
                    .add(code);
        }
        byStatus.forEach((status, codes) -> responses.set(String.valueOf(status), problem(status, codes)));
    }

    private static Set<ProblemCode> codes(Route route) {
        Set<ProblemCode> codes = new TreeSet<>(route.problems());
        codes.addAll(List.of(ProblemCode.BAD_REQUEST, ProblemCode.MISDIRECTED, ProblemCode.INTERNAL));
        if (route.allow() != Allow.EVERYBODY) {
            codes.addAll(List.of(ProblemCode.UNAUTHENTICATED, ProblemCode.FORBIDDEN));
            if (!route.isSafe()) {
                codes.add(ProblemCode.CROSS_SITE);
            }
        }
        if (route.parameters().stream().anyMatch(parameter -> parameter.in() == Parameter.In.PATH)) {
            codes.addAll(List.of(ProblemCode.NOT_FOUND, ProblemCode.NO_SUCH_ROUTE));
        }
        if (!(route.request() instanceof Payload.None)) {
            codes.addAll(List.of(ProblemCode.TOO_LARGE, ProblemCode.UNSUPPORTED_MEDIA_TYPE));
        }
        if (route.request() instanceof Payload.One) {
            codes.add(ProblemCode.INVALID_JSON);
        }
        return codes;
    }

    /** One status: its problem has one of these types and no other. */
    private ObjectNode problem(int status, Set<ProblemCode> codes) {
        ObjectNode response = JSON.objectNode()
                .put(
                        "description",
                        codes.stream()
                                .map(code -> "`" + code.typeUri() + "`: " + code.meaning())
                                .collect(Collectors.joining("\n\n")));
        ObjectNode content = response.putObject("content");
        ArrayNode both = schema(content, "application/problem+json").putArray("allOf");
        both.add(schemas.reference(Problem.class));
        ObjectNode properties = both.addObject().putObject("properties");
        properties.putObject("status").put("const", status);
        ArrayNode types = properties.putObject("type").putArray("enum");
        codes.forEach(code -> types.add(code.typeUri()));
        return response;
    }
}
