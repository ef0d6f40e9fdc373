package io.lathe.datasets.schema;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Quoted text of the protobuf text format: UTF-8 bytes, escapes as in C. */
final class TextLiteral {
    private TextLiteral() {}

    static String quote(String text) {
        var out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || c == 0x7f) {
                        out.append("\\%03o".formatted(c));
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.append('"').toString();
    }

    /** The text between the quotes of a literal. Throws IllegalArgumentException for a bad escape or bytes that are not UTF-8. */
    static String unquote(String inner) {
        var bytes = new ByteArrayOutputStream();
        for (var i = 0; i < inner.length(); ) {
            var c = inner.codePointAt(i);
            i += Character.charCount(c);
            if (c != '\\') {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            } else if (i == inner.length()) {
                throw new IllegalArgumentException("a text ends with '\\'");
            } else {
                i = escape(inner, i, bytes);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a text is not UTF-8", e);
        }
    }

    private static int escape(String inner, int at, ByteArrayOutputStream bytes) {
        var c = inner.charAt(at);
        var simple = "abfnrtv\\'\"?".indexOf(c);
        if (simple >= 0) {
            bytes.write("\u0007\b\f\n\r\t\u000b\\'\"?".charAt(simple));
            return at + 1;
        }
        return switch (c) {
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                var end = end(inner, at, 3, 8);
                bytes.write(Integer.parseInt(inner, at, end, 8));
                yield end;
            }
            case 'x', 'X' -> {
                var end = end(inner, at + 1, 2, 16);
                bytes.write(Integer.parseInt(inner, at + 1, end, 16));
                yield end;
            }
            case 'u', 'U' -> {
                var length = c == 'u' ? 4 : 8;
                var end = end(inner, at + 1, length, 16);
                if (end - at - 1 != length) {
                    throw new IllegalArgumentException("'\\" + c + "' needs " + length + " digits");
                }
                var code = Integer.parseInt(inner, at + 1, end, 16);
                bytes.writeBytes(Character.toString(code).getBytes(StandardCharsets.UTF_8));
                yield end;
            }
            default -> throw new IllegalArgumentException("there is no escape '\\" + c + "'");
        };
    }

    private static int end(String inner, int from, int most, int radix) {
        var end = from;
        while (end < inner.length() && end - from < most && Character.digit(inner.charAt(end), radix) >= 0) {
            end++;
        }
        if (end == from) {
            throw new IllegalArgumentException("an escape without digits");
        }
        return end;
    }
}
