package io.lathe.datasets.version;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.function.Function;

/** The store's documents as JSON bytes. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static JsonNode format(int format) {
        return JsonNodeFactory.instance.objectNode().put("format", format);
    }

    static byte[] bytes(JsonNode json) {
        try {
            return MAPPER.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of JSON nodes can be printed", e);
        }
    }

    /** Reads a document of the store. INTERNAL when it is not what it should be. */
    static <T> T read(byte[] bytes, String name, Function<JsonNode, T> reader) {
        try {
            return reader.apply(MAPPER.readTree(bytes));
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation(); // none where the parser's own limits end it
            throw new LatheException(
                    ProblemCode.INTERNAL,
                    name + " is damaged: it is no JSON" + (at == null ? "" : " from line " + at.getLineNr() + " on")
                            + ". Restore it from a backup.",
                    e);
        } catch (IOException | MalformedDocument | DateTimeException | LatheException e) {
            throw new LatheException(ProblemCode.INTERNAL, name + " is damaged: " + e.getMessage(), e);
        }
    }

    static String text(JsonNode json, String field) {
        var value = json.path(field);
        if (!value.isTextual()) {
            throw new MalformedDocument("'" + field + "' is not a text.");
        }
        return value.asText();
    }

    /** Says what is wrong with a document that is being read. */
    static final class MalformedDocument extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MalformedDocument(String message) {
            super(message);
        }
    }
}
