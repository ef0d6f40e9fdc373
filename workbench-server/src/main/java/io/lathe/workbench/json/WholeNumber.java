package io.lathe.workbench.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;

/** Reads {@code 3.0} as the whole number it is, as JSON Schema does (2020-12, 4.2.3); {@code 3.5} and what does not fit are refused. */
final class WholeNumber extends StdScalarDeserializer<Integer> {
    private static final long serialVersionUID = 1L;

    WholeNumber() {
        super(Integer.class);
    }

    /** Without it the rule that text is no number would not count here. */
    @Override
    public LogicalType logicalType() {
        return LogicalType.Integer;
    }

    @Override
    public Integer deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
            try {
                return parser.getDecimalValue().intValueExact();
            } catch (ArithmeticException e) {
                return (Integer) context.handleUnexpectedToken(Integer.class, parser);
            }
        }
        return _parseInteger(parser, context, Integer.class);
    }
}
