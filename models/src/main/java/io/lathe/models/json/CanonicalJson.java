package io.lathe.models.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Reads JSON within limits and writes it in one form: object keys sorted, no white space, UTF-8, numbers in their shortest
 * text that reads back to the same value. Thread-safe.
 */
public final class CanonicalJson {
    private static final int MAX_DEPTH = 32;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(400)
                            .maxNameLength(10_000)
                            .maxStringLength(1_000_000)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private CanonicalJson() {}

    /**
     * The one JSON document in {@code bytes}.
     *
     * @param what how error messages call the document, such as {@code bundle.json}
     * @throws LatheException {@code bad-request} when it is larger than {@code maxBytes}, nested deeper than 32 levels, has a
     *     key twice or isn't JSON
     */
    public static JsonNode parse(byte[] bytes, int maxBytes, String what) {
        if (bytes.length > maxBytes) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "%s has %d bytes; at most %d are read.".formatted(what, bytes.length, maxBytes));
        }
        try {
            JsonNode node = MAPPER.readTree(bytes);
            if (node == null || node.isMissingNode()) {
                throw new LatheException(ProblemCode.BAD_REQUEST, what + " is empty; it must hold one JSON document.");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST, what + " is not acceptable JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new LatheException(ProblemCode.BAD_REQUEST, what + " could not be read as JSON.", e);
        }
    }

    /** The canonical bytes of {@code node}; equal values give equal bytes. */
    public static byte[] write(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(sorted(node));
        } catch (JsonProcessingException e) {
            throw new LatheException(ProblemCode.INTERNAL, "A value could not be written as JSON.", e);
        }
    }

    /** The tree with the keys of every object sorted; numbers stay what they are, of any size. */
    private static JsonNode sorted(JsonNode node) {
        if (node.isObject()) {
            ObjectNode object = MAPPER.createObjectNode();
            node.properties().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(field -> object.set(field.getKey(), sorted(field.getValue())));
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = MAPPER.createArrayNode();
            node.forEach(item -> array.add(sorted(item)));
            return array;
        }
        return node;
    }

    /** {@link #write} as text. */
    public static String text(JsonNode node) {
        return new String(write(node), StandardCharsets.UTF_8);
    }
}
