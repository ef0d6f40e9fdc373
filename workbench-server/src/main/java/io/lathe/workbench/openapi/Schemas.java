package io.lathe.workbench.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lathe.workbench.json.Json;
import io.lathe.workbench.web.Field;
import io.lathe.workbench.web.Parameter.Need;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schemas (2020-12) of records, each once, by name. What an answer's record has is always there unless it is an {@link
 * Optional}; what a request's record has must be there where its {@link Field} says so.
 */
final class Schemas {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<String, Class<?>> types = new TreeMap<>();
    private final Map<String, ObjectNode> schemas = new TreeMap<>();

    /** A reference to the record's schema, which is made at the first call. */
    ObjectNode reference(Class<?> type) {
        String name = type.getSimpleName().replaceFirst("View$", "");
        Class<?> known = types.putIfAbsent(name, type);
        if (known == null) {
            schemas.put(name, JSON.objectNode());
            schemas.put(name, record(type));
        } else if (known != type) {
            throw new IllegalStateException(
                    "Two records would both be the schema " + name + ": " + known + ", " + type);
        }
        return JSON.objectNode().put("$ref", "#/components/schemas/" + name);
    }

    Map<String, ObjectNode> all() {
        return schemas;
    }

    private ObjectNode record(Class<?> type) {
        ObjectNode schema = JSON.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JSON.arrayNode();
        boolean isRequest = false;
        for (RecordComponent component : type.getRecordComponents()) {
            Field field = component.getAnnotation(Field.class);
            isRequest |= field != null;
            properties.set(component.getName(), property(component, field));
            boolean present = field == null ? component.getType() != Optional.class : field.need() == Need.REQUIRED;
            if (present) {
                required.add(component.getName());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        if (isRequest) {
            schema.put("additionalProperties", false);
        }
        return schema;
    }

    private ObjectNode property(RecordComponent component, @Nullable Field field) {
        ObjectNode schema = of(component.getGenericType());
        if (component.getName().endsWith("At") && schema.path("type").asText().equals("string")) {
            schema.put("format", "date-time");
        }
        if (field != null) {
            bound(schema, field);
            ObjectNode sent = field.need() == Need.OPTIONAL ? orNull(schema) : schema;
            sent.putArray("examples").add(Json.tree(field.example()));
            return sent;
        }
        if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            return orNull(schema);
        }
        return schema;
    }

    private static void bound(ObjectNode schema, Field field) {
        ObjectNode text = schema;
        switch (schema.path("type").asText()) {
            case "integer" -> schema.put("minimum", field.least()).put("maximum", field.most());
            case "array" -> {
                schema.put("minItems", field.fewest());
                text = schema.withObject("/items");
            }
            default -> {}
        }
        if (!field.pattern().isEmpty()) {
            text.put("pattern", "^(?:" + field.pattern() + ")$");
        }
        if (field.longest() < Integer.MAX_VALUE) {
            text.put("maxLength", field.longest());
        }
    }

    private static ObjectNode orNull(ObjectNode schema) {
        ObjectNode either = JSON.objectNode();
        either.putArray("anyOf").add(schema).add(JSON.objectNode().put("type", "null"));
        return either;
    }

    private ObjectNode of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic(generic);
        }
        if (type == String.class) {
            return JSON.objectNode().put("type", "string");
        }
        if (type == int.class || type == Integer.class) {
            return JSON.objectNode().put("type", "integer").put("format", "int32");
        }
        if (type == long.class || type == Long.class) {
            return JSON.objectNode().put("type", "integer").put("format", "int64");
        }
        if (type == double.class || type == Double.class) {
            return JSON.objectNode().put("type", "number");
        }
        if (type == boolean.class || type == Boolean.class) {
            return JSON.objectNode().put("type", "boolean");
        }
        if (type == Object.class || (type instanceof Class<?> any && JsonNode.class.isAssignableFrom(any))) {
            return JSON.objectNode();
        }
        if (type instanceof Class<?> record && record.isRecord()) {
            return reference(record);
        }
        throw new IllegalStateException("No schema for " + type + "; give the record a field of a simpler type");
    }

    private ObjectNode generic(ParameterizedType type) {
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType() == Optional.class) {
            return of(arguments[0]);
        }
        ObjectNode schema = JSON.objectNode();
        if (type.getRawType() == List.class) {
            schema.put("type", "array").set("items", of(arguments[0]));
        } else if (type.getRawType() == Map.class) {
            schema.put("type", "object").set("additionalProperties", of(arguments[1]));
        } else {
            throw new IllegalStateException("No schema for " + type);
        }
        return schema;
    }
}
