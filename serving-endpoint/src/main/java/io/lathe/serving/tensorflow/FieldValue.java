package io.lathe.serving.tensorflow;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.serving.http.Answer;
import io.lathe.serving.http.StrictJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** One value of a row: a scalar, or a text as bytes. */
final class FieldValue {

    private FieldValue() {}

    static @Nullable Object read(JsonParser parser, StrictJson.Place place) throws IOException {
        return parser.currentToken() == JsonToken.START_OBJECT
                ? binary(parser, place)
                : StrictJson.scalar(parser, place);
    }

    /** {@code {"b64": "…"}}: text in base 64, as this protocol writes bytes. Any other object is refused. */
    private static String binary(JsonParser parser, StrictJson.Place place) throws IOException {
        boolean named = parser.nextToken() == JsonToken.FIELD_NAME && "b64".equals(parser.currentName());
        if (!named || parser.nextToken() != JsonToken.VALUE_STRING) {
            throw Answer.badRequest(place.text() + " is an object; only {\"b64\": \"…\"} may stand for a string.");
        }
        String encoded = parser.getText();
        if (parser.nextToken() != JsonToken.END_OBJECT) {
            throw Answer.badRequest(place.text() + " has more than b64 in its object.");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(encoded)))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST, place.text() + " is not base 64 of UTF-8 text in its b64; send that.", e);
        }
    }
}
