package io.lathe.datasets.read;

/**
 * Reads one number at a time out of a character buffer, without garbage for the usual ones. Reused from cell to cell by one thread.
 */
final class NumberCell {
    /** What a cell is as a number. */
    enum Kind {
        /** An integer of 64 bits, in {@link #longValue}. */
        INTEGER,
        /** An integer beyond 64 bits. */
        BIG_INTEGER,
        /** A number with a decimal point, an exponent, or a negative zero. */
        DECIMAL,
        /** Digits with a zero before: more likely an identifier. */
        LEADING_ZERO,
        /** {@code NaN}, {@code Infinity} or {@code -Infinity}. */
        SPECIAL,
        NOT
    }

    private static final int MANTISSA_DIGITS = 18;
    private static final long EXACT_IN_DOUBLE = 1L << 53;
    private static final int MAX_DECIMAL_EXPONENT = 308;
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private long longValue;
    private boolean negative;
    private long mantissa;
    private int digits;
    private int pointDigits;
    private int exponent;

    /** The value after {@link Kind#INTEGER}. */
    long longValue() {
        return longValue;
    }

    Kind read(char[] text, int start, int end) {
        mantissa = 0;
        digits = 0;
        pointDigits = 0;
        exponent = 0;
        var i = start;
        negative = i < end && text[i] == '-';
        if (negative) {
            i++;
        }
        var first = i;
        i = digits(text, i, end);
        var whole = i - first;
        var zeroBefore = whole > 1 && text[first] == '0';
        if (i == end) {
            return whole == 0 ? Kind.NOT : integer(text, first, whole, zeroBefore);
        }
        if (whole == 0 && text[i] != '.') {
            return special(text, i, end);
        }
        if (text[i] == '.') {
            var point = i + 1;
            i = digits(text, point, end);
            pointDigits = i - point;
            if (pointDigits == 0) {
                return Kind.NOT;
            }
        }
        if (i < end && (text[i] == 'e' || text[i] == 'E')) {
            i = exponent(text, i + 1, end);
        }
        if (i != end) {
            return Kind.NOT;
        }
        if (zeroBefore) {
            return Kind.LEADING_ZERO;
        }
        return overflows(text, start, end, whole) ? Kind.NOT : Kind.DECIMAL;
    }

    /** The value of a cell that was read last and was not {@link Kind#NOT}, correctly rounded. */
    double doubleValue(char[] text, int start, int end) {
        var scale = exponent - pointDigits;
        if (digits > 0 && digits <= MANTISSA_DIGITS && mantissa <= EXACT_IN_DOUBLE && scale >= -22 && scale <= 22) {
            // Both are exact, so one rounding is the right one.
            var value = scale < 0 ? mantissa / POWERS_OF_TEN[-scale] : mantissa * POWERS_OF_TEN[scale];
            return negative ? -value : value;
        }
        return Double.parseDouble(new String(text, start, end - start));
    }

    private int digits(char[] text, int from, int end) {
        var i = from;
        for (; i < end; i++) {
            var digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            if (digits < MANTISSA_DIGITS) {
                mantissa = mantissa * 10 + digit;
            }
            digits++;
        }
        return i;
    }

    private Kind integer(char[] text, int first, int whole, boolean zeroBefore) {
        if (zeroBefore) {
            return Kind.LEADING_ZERO;
        }
        if (negative && mantissa == 0) {
            return Kind.DECIMAL;
        }
        if (whole <= MANTISSA_DIGITS) {
            longValue = negative ? -mantissa : mantissa;
            return Kind.INTEGER;
        }
        if (whole > MANTISSA_DIGITS + 1) {
            return Kind.BIG_INTEGER;
        }
        // Nineteen digits fit into 64 bits without a sign.
        var magnitude = mantissa * 10 + (text[first + MANTISSA_DIGITS] - '0');
        var limit = negative ? Long.MIN_VALUE : Long.MAX_VALUE;
        if (Long.compareUnsigned(magnitude, limit) > 0) {
            return Kind.BIG_INTEGER;
        }
        longValue = negative ? -magnitude : magnitude;
        return Kind.INTEGER;
    }

    /** Reads an exponent; answers where it ends, or -1. */
    private int exponent(char[] text, int from, int end) {
        var i = from;
        var minus = i < end && text[i] == '-';
        if (minus || (i < end && text[i] == '+')) {
            i++;
        }
        var first = i;
        for (; i < end && text[i] >= '0' && text[i] <= '9'; i++) {
            exponent = Math.min(exponent * 10 + (text[i] - '0'), 100_000);
        }
        exponent = minus ? -exponent : exponent;
        return i == first ? -1 : i;
    }

    private boolean overflows(char[] text, int start, int end, int whole) {
        return whole + exponent > MAX_DECIMAL_EXPONENT
                && Double.isInfinite(Double.parseDouble(new String(text, start, end - start)));
    }

    private static Kind special(char[] text, int from, int end) {
        var word = end - from <= 8 ? new String(text, from, end - from) : "";
        return word.equals("NaN") || word.equals("Infinity") ? Kind.SPECIAL : Kind.NOT;
    }
}
