package io.lathe.serving.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * JSON of strangers, read token by token with caps on depth, number, string and name length; duplicate names, text after the
 * document, bytes that are not UTF-8 and unpaired surrogates are refused. Every refusal is a BAD_REQUEST that says where.
 * Integers stay exact (Long or BigInteger); other numbers become the nearest double. Thread-safe.
 */
public final class StrictJson {

    /** Reads one document from a parser that stands on the document's first token, and leaves it on its last. */
    @FunctionalInterface
    public interface Reading<T extends @Nullable Object> {
        T read(JsonParser parser) throws IOException;
    }

    /** Writes one document. */
    @FunctionalInterface
    public interface Writing {
        void write(JsonGenerator json) throws IOException;
    }

    private static final int NAME_CHARS = 1_000;
    private static final int NUMBER_CHARS = 400;
    private static final int STRING_CHARS = 1 << 20;
    private static final int BUFFERS_KEPT = 64;

    /** Most answers are smaller; one that is larger grows. */
    private static final int ANSWER_BYTES = 1_024;

    // Jackson's own choice keeps buffers by thread, and a request's thread is new.
    private static final JsonFactory WRITER = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.newBoundedPool(BUFFERS_KEPT))
            .build();

    private final JsonFactory reader;
    private final int depth;

    public StrictJson(Limits limits) {
        this.depth = limits.jsonDepth();
        this.reader = JsonFactory.builder()
                .recyclerPool(JsonRecyclerPools.newBoundedPool(BUFFERS_KEPT))
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(depth)
                        .maxNumberLength(NUMBER_CHARS)
                        .maxStringLength(STRING_CHARS)
                        .maxNameLength(NAME_CHARS)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                // Read, so that the refusal can name the row and the feature; never let through.
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .build();
    }

    public <T extends @Nullable Object> T read(byte[] body, Reading<T> reading) {
        if (body.length == 0) {
            throw Answer.badRequest("The body is empty; it must be one JSON document.");
        }
        CharBuffer text = decode(body);
        try (JsonParser parser = reader.createParser(text.array(), text.arrayOffset(), text.remaining())) {
            try {
                if (parser.nextToken() == null) {
                    throw Answer.badRequest("The body is empty; it must be one JSON document.");
                }
                T value = reading.read(parser);
                if (parser.nextToken() != null) {
                    throw Answer.badRequest(
                            "Text follows the JSON document at " + where(parser) + "; send one document.");
                }
                return value;
            } catch (StreamConstraintsException e) {
                throw Answer.badRequest("The JSON at " + where(parser) + " is beyond a limit: nesting " + depth
                        + ", numbers " + NUMBER_CHARS + " characters, strings " + STRING_CHARS + ", names " + NAME_CHARS
                        + ".");
            } catch (JsonProcessingException e) {
                String message = String.valueOf(e.getOriginalMessage()).toLowerCase(Locale.ROOT);
                throw Answer.badRequest(
                        message.startsWith("duplicate")
                                ? "An object names '" + Shown.of(String.valueOf(parser.currentName())) + "' twice at "
                                        + where(parser) + "."
                                : "The body is not valid JSON at " + where(parser) + "." + hint(text));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a body that begins as no document of ours does, and was probably meant as a table. */
    private static String hint(CharBuffer text) {
        int first = text.chars().filter(letter -> letter > ' ').findFirst().orElse('{');
        return first == '{' || first == '['
                ? ""
                : " Rows as CSV are sent to /v1/models/MODEL:predict with Content-Type: text/csv.";
    }

    public static byte[] write(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(ANSWER_BYTES);
        try (JsonGenerator json = WRITER.createGenerator(bytes)) {
            writing.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The name the parser stands on. */
    public static String name(JsonParser parser) throws IOException {
        return unicode(String.valueOf(parser.currentName()), parser);
    }

    /** The string the parser stands on; {@code what} names it in the refusal of anything else. */
    public static String string(JsonParser parser, String what) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw Answer.badRequest(what + " must be a string, not " + kind(parser) + ".");
        }
        return unicode(parser.getText(), parser);
    }

    /**
     * The scalar the parser stands on: Long, BigInteger, Double, Boolean, String or null. Refuses lists, objects, NaN, Infinity
     * and numbers beyond the range of a double; {@code what} names the place.
     */
    public static @Nullable Object scalar(JsonParser parser, Place what) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> unicode(parser.getText(), parser);
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? inRange(parser.getBigIntegerValue(), what)
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> finite(parser, what);
            default ->
                throw Answer.badRequest(
                        what.text() + " must be a number, a string, true, false or null, not " + kind(parser) + ".");
        };
    }

    /** Names a place in a body for a message; asked only when something is wrong there. */
    @FunctionalInterface
    public interface Place {
        String text();
    }

    /** What stands here, in words. */
    public static String kind(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            case null, default -> "the end of something";
        };
    }

    private static Double finite(JsonParser parser, Place what) throws IOException {
        double value = parser.getDoubleValue();
        if (parser.isNaN()) {
            throw Answer.badRequest(what.text() + " is " + Shown.of(parser.getText(), 20)
                    + ", which JSON has no number for. Send null where the value is missing.");
        }
        return inRange(value, what);
    }

    private static <T extends Number> T inRange(T number, Place what) {
        if (Double.isInfinite(number.doubleValue())) {
            throw Answer.badRequest(what.text() + " is beyond the range of a double (about 1.8e308).");
        }
        return number;
    }

    private static String unicode(String text, JsonParser parser) {
        if (!isUnicode(text)) {
            throw Answer.badRequest(
                    "A string at " + where(parser) + " holds half of a surrogate pair; send whole characters.");
        }
        return text;
    }

    /** Whether every surrogate in the text has its partner: only then can it be written as UTF-8. */
    private static boolean isUnicode(String text) {
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (Character.isSurrogate(unit)) {
                boolean pair = at + 1 < text.length() && Character.isSurrogatePair(unit, text.charAt(at + 1));
                if (!pair) {
                    return false;
                }
                at++;
            }
        }
        return true;
    }

    private static String where(JsonParser parser) {
        var location = parser.currentLocation();
        return "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static CharBuffer decode(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException e) {
            throw new LatheException(ProblemCode.BAD_REQUEST, "The body is not valid UTF-8.", e);
        }
    }
}
