package io.lathe.workbench.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.util.List;
import java.util.Optional;

/**
 * Records to JSON and back. An empty {@link Optional} is left out, an {@link java.time.Instant} is ISO 8601 text. Thread-safe.
 */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .findAndAddModules()
            .addModule(new SimpleModule().addDeserializer(Integer.class, new WholeNumber()))
            .disable(com.fasterxml.jackson.databind.SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .build();

    private static final ObjectMapper STRICT = MAPPER.copy()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    static {
        // A number or a truth value is no text: what a caller confused is refused, not turned into something that looks
        // meant.
        var text = STRICT.coercionConfigFor(LogicalType.Textual);
        for (CoercionInputShape shape :
                List.of(CoercionInputShape.Boolean, CoercionInputShape.Integer, CoercionInputShape.Float)) {
            text.setCoercion(shape, CoercionAction.Fail);
        }
        var whole = STRICT.coercionConfigFor(LogicalType.Integer);
        for (CoercionInputShape shape : List.of(CoercionInputShape.String, CoercionInputShape.EmptyString)) {
            whole.setCoercion(shape, CoercionAction.Fail);
        }
    }

    private Json() {}

    /** One line of JSON. */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write " + value.getClass().getName() + " as JSON", e);
        }
    }

    /** @throws LatheException INVALID_JSON when the text is not JSON or does not fit the type */
    public static <T> T read(String text, Class<T> type) {
        return read(MAPPER, text, type);
    }

    /** As {@link #read}, but a field that the type does not have is refused too, naming the nearest one it has. */
    public static <T> T readStrictly(String text, Class<T> type) {
        return read(STRICT, text, type);
    }

    private static <T> T read(ObjectMapper mapper, String text, Class<T> type) {
        try {
            T value = mapper.readValue(text, type);
            if (value == null) {
                throw new LatheException(ProblemCode.INVALID_JSON, "The body is null; send one JSON object.");
            }
            return value;
        } catch (ValueInstantiationException e) {
            // A record that refuses its own values says why better than a parser could.
            throw e.getCause() instanceof LatheException refusal
                    ? refusal
                    : new LatheException(ProblemCode.INVALID_JSON, JsonMisfit.words(e), e);
        } catch (JsonProcessingException e) {
            throw new LatheException(ProblemCode.INVALID_JSON, JsonMisfit.words(e), e);
        }
    }

    /** @throws LatheException INVALID_JSON when the text is not JSON */
    public static JsonNode tree(String text) {
        return read(text, JsonNode.class);
    }
}
