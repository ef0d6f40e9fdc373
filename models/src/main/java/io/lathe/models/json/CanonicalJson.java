package io.lathe.models.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

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
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
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
            // Trees keep insertion order; plain maps are sorted by the mapper.
            return MAPPER.writeValueAsBytes(MAPPER.treeToValue(node, Object.class));
        } catch (JsonProcessingException e) {
            throw new LatheException(ProblemCode.INTERNAL, "A value could not be written as JSON.", e);
        }
    }

    /** {@link #write} as text. */
    public static String text(JsonNode node) {
        return new String(write(node), StandardCharsets.UTF_8);
    }
}
