package io.lathe.models.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, read by name and type; what is absent or of another type is a {@code bad-request} naming it.
 *
 * @param node the object
 * @param what how error messages call it
 */
public record JsonFields(JsonNode node, String what) {
    public JsonFields {
        if (!node.isObject()) {
            throw bad(what + " must be a JSON object.");
        }
    }

    public String text(String name) {
        JsonNode value = field(name);
        if (!value.isTextual()) {
            throw wrong(name, "text");
        }
        return value.textValue();
    }

    public Optional<String> findText(String name) {
        return isAbsent(name) ? Optional.empty() : Optional.of(text(name));
    }

    public long whole(String name) {
        JsonNode value = field(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(name, "a whole number");
        }
        return value.longValue();
    }

    /** A finite number, or {@code NaN} when the field is {@code null}: JSON has no other word for it. */
    public double numberOrNaN(String name) {
        JsonNode value = node.get(name);
        return value != null && value.isNull() ? Double.NaN : number(name);
    }

    public double number(String name) {
        JsonNode value = field(name);
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw wrong(name, "a finite number");
        }
        return value.doubleValue();
    }

    public JsonFields object(String name) {
        return new JsonFields(field(name), what + "." + name);
    }

    public Optional<JsonFields> findObject(String name) {
        return isAbsent(name) ? Optional.empty() : Optional.of(object(name));
    }

    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : array(name)) {
            if (!item.isTextual()) {
                throw wrong(name, "a list of texts");
            }
            texts.add(item.textValue());
        }
        return List.copyOf(texts);
    }

    public List<JsonFields> objects(String name) {
        List<JsonFields> objects = new ArrayList<>();
        for (JsonNode item : array(name)) {
            objects.add(new JsonFields(item, "%s.%s[%d]".formatted(what, name, objects.size())));
        }
        return List.copyOf(objects);
    }

    /** Every field of this object as a finite number (or NaN for {@code null}), in document order. */
    public Map<String, Double> numbers() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(name -> numbers.put(name, numberOrNaN(name)));
        return numbers;
    }

    /** Every field of this object as a whole number, in document order. */
    public Map<String, Long> wholes() {
        Map<String, Long> wholes = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(name -> wholes.put(name, whole(name)));
        return wholes;
    }

    /** Every field of this object as text, in document order. */
    public Map<String, String> textsByName() {
        Map<String, String> texts = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(name -> texts.put(name, text(name)));
        return texts;
    }

    /**
     * This object as a raw row: {@code Long} or {@code BigInteger}, {@code Double}, {@code Boolean}, {@code String} or null.
     */
    public Map<String, @Nullable Object> row() {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(name -> row.put(name, scalar(name)));
        return row;
    }

    private @Nullable Object scalar(String name) {
        JsonNode value = field(name);
        if (value.isNull()) {
            return null;
        }
        if (value.isTextual()) {
            return value.textValue();
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isIntegralNumber()) {
            return value.canConvertToLong() ? (Object) value.longValue() : value.bigIntegerValue();
        }
        return number(name);
    }

    /** A finite number as JSON, NaN and infinities as {@code null}. */
    public static JsonNode numberNode(double value) {
        return Double.isFinite(value)
                ? JsonNodeFactory.instance.numberNode(value)
                : JsonNodeFactory.instance.nullNode();
    }

    /** A raw value as JSON; whole numbers of any size stay exact. */
    public static JsonNode scalarNode(@Nullable Object value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (value) {
            case null -> nodes.nullNode();
            case Boolean flag -> nodes.booleanNode(flag);
            case Long number -> nodes.numberNode(number);
            case Integer number -> nodes.numberNode(number.longValue());
            case BigInteger number -> nodes.numberNode(number);
            case BigDecimal number -> nodes.numberNode(number);
            case Number number -> numberNode(number.doubleValue());
            default -> nodes.textNode(value.toString());
        };
    }

    private boolean isAbsent(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull();
    }

    private JsonNode array(String name) {
        JsonNode value = field(name);
        if (!value.isArray()) {
            throw wrong(name, "a list");
        }
        return value;
    }

    private JsonNode field(String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            throw bad("%s has no field '%s'.".formatted(what, name));
        }
        return value;
    }

    private LatheException wrong(String name, String expected) {
        return bad("%s.%s must be %s.".formatted(what, name, expected));
    }

    private static LatheException bad(String message) {
        return new LatheException(ProblemCode.BAD_REQUEST, message);
    }
}
