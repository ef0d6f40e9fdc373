package io.lathe.serving.http;

/** Text of callers made fit for a message: short, printable, valid Unicode. */
public final class SafeText {

    private static final int QUOTED = 100;
    private static final int MESSAGE = 8_000;

    private SafeText() {}

    /** A caller's text in single quotes, at most 100 characters of it. */
    public static String quote(String text) {
        return "'" + cut(text, QUOTED) + "'";
    }

    /** A whole message, cut to 8,000 characters. */
    public static String message(String text) {
        return cut(text, MESSAGE);
    }

    /** {@code text} without control characters and unpaired surrogates, cut to {@code most} characters. */
    public static String cut(String text, int most) {
        StringBuilder safe = new StringBuilder(Math.min(text.length(), most) + 1);
        int at = 0;
        while (at < text.length() && at < most) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            boolean printable = !Character.isISOControl(point) && Character.getType(point) != Character.SURROGATE;
            safe.appendCodePoint(printable ? point : '\uFFFD');
        }
        if (at < text.length()) {
            safe.append('…');
        }
        return safe.toString();
    }

    /** Whether every surrogate in the text has its partner: only then can it be written as UTF-8. */
    public static boolean isUnicode(String text) {
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
}
