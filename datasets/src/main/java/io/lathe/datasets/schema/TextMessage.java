package io.lathe.datasets.schema;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/**
 * A message in protobuf's text format, without knowing its type.
 *
 * @param fields in order
 */
record TextMessage(List<Field> fields) {
    private static final int MAX_DEPTH = 16;
    private static final int MAX_CHARACTERS = 16 << 20;

    /**
     * One field.
     *
     * @param line where it stands, from 1
     */
    record Field(String name, Value value, int line) {}

    sealed interface Value {
        /** Quoted text. */
        record Text(String text) implements Value {}

        /** A number or a name, as written. */
        record Word(String word) implements Value {}

        record Message(TextMessage message) implements Value {}
    }

    static TextMessage parse(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new LatheException(ProblemCode.TOO_LARGE, "A schema has at most 16 million characters.");
        }
        return new Parser(text).message(0);
    }

    static LatheException malformed(int line, String what) {
        return new LatheException(
                ProblemCode.BAD_REQUEST, "The schema's line " + line + ": " + what + ". Correct it there.");
    }

    private static final class Parser {
        private final String text;
        private int at;
        private int line = 1;

        Parser(String text) {
            this.text = text;
        }

        TextMessage message(int depth) {
            if (depth > MAX_DEPTH) {
                throw malformed(line, "messages are nested too deeply");
            }
            var fields = new ArrayList<Field>();
            while (true) {
                skipBlanks();
                if (at == text.length()) {
                    if (depth > 0) {
                        throw malformed(line, "a '}' is missing at the end");
                    }
                    return new TextMessage(fields);
                }
                if (depth > 0 && (peek() == '}' || peek() == '>')) {
                    at++;
                    return new TextMessage(fields);
                }
                field(fields, depth);
                skipBlanks();
                if (peek() == ',' || peek() == ';') {
                    at++;
                }
            }
        }

        private void field(List<Field> fields, int depth) {
            var start = line;
            var name = word();
            skipBlanks();
            var colon = peek() == ':';
            if (colon) {
                at++;
                skipBlanks();
            }
            if (colon && peek() == '[') {
                at++;
                skipBlanks();
                while (peek() != ']') {
                    fields.add(new Field(name, value(depth), start));
                    skipBlanks();
                    if (peek() == ',') {
                        at++;
                        skipBlanks();
                    } else if (peek() != ']') {
                        throw malformed(line, "a list needs ',' or ']'");
                    }
                }
                at++;
            } else if (colon || peek() == '{' || peek() == '<') {
                fields.add(new Field(name, value(depth), start));
            } else {
                throw malformed(line, "'" + name + "' needs ':' or '{'");
            }
        }

        private Value value(int depth) {
            return switch (peek()) {
                case '{', '<' -> {
                    at++;
                    yield new Value.Message(message(depth + 1));
                }
                case '"', '\'' -> new Value.Text(literal());
                default -> new Value.Word(word());
            };
        }

        /** One literal, or several beside each other. */
        private String literal() {
            var whole = new StringBuilder();
            while (peek() == '"' || peek() == '\'') {
                var quote = peek();
                var start = ++at;
                while (peek() != quote) {
                    if (at == text.length() || peek() == '\n') {
                        throw malformed(line, "a text is not closed");
                    }
                    at += peek() == '\\' && at + 1 < text.length() ? 2 : 1;
                }
                try {
                    whole.append(TextLiteral.unquote(text.substring(start, at)));
                } catch (IllegalArgumentException e) {
                    throw malformed(line, String.valueOf(e.getMessage()));
                }
                at++;
                skipBlanks();
            }
            return whole.toString();
        }

        private String word() {
            var start = at;
            while (at < text.length() && isWord(text.charAt(at))) {
                at++;
            }
            if (start == at) {
                throw malformed(
                        line,
                        at == text.length()
                                ? "the text ends too early"
                                : "'" + text.charAt(at) + "' is not expected here");
            }
            return text.substring(start, at);
        }

        private static boolean isWord(char c) {
            return (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '_'
                    || c == '.'
                    || c == '-'
                    || c == '+';
        }

        /** The character here, or NUL at the end. */
        private char peek() {
            return at < text.length() ? text.charAt(at) : '\0';
        }

        private void skipBlanks() {
            while (at < text.length()) {
                var c = text.charAt(at);
                if (c == '#') {
                    var end = text.indexOf('\n', at);
                    at = end < 0 ? text.length() : end;
                } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                    line += c == '\n' ? 1 : 0;
                    at++;
                } else {
                    return;
                }
            }
        }
    }
}
