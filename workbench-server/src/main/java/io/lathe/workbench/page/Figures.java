package io.lathe.workbench.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as pages write them: enough digits to read, never more than are known. */
final class Figures {
    private static final MathContext FIVE_DIGITS = new MathContext(5, RoundingMode.HALF_EVEN);
    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);
    private static final int LONGEST_PLAIN = 9;

    /** Where digits begin to be grouped: smaller numbers may be years. */
    private static final int GROUPED = 10_000;

    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB"};

    private Figures() {}

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 1 file}, {@code 1,200 files}. */
    static String count(long count, String one) {
        return count(count) + " " + one + (count == 1 ? "" : "s");
    }

    /** A whole number of the data; a year, which has four digits, is not grouped. */
    static String whole(long value) {
        return String.format(Locale.ROOT, Math.abs(value) < GROUPED ? "%d" : "%,d", value);
    }

    /** Five digits; as a power of ten where zeros would hide the number. */
    static String number(double value) {
        return number(value, FIVE_DIGITS);
    }

    /** What a number changed by, in three digits: most of those it has beyond them are noise. */
    static String difference(double difference) {
        return difference == 0 ? "same" : (difference < 0 ? "−" : "+") + number(Math.abs(difference), THREE_DIGITS);
    }

    private static String number(double value, MathContext digits) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(digits).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        return exponent < -4 || exponent > LONGEST_PLAIN
                ? String.format(Locale.ROOT, "%.3e", value)
                : String.format(
                        Locale.ROOT,
                        (Math.abs(value) < GROUPED ? "%." : "%,.") + Math.max(0, rounded.scale()) + "f",
                        rounded);
    }

    /** A part of a whole; {@code –} of nothing, and never 0 or 100 % where that is not true. */
    static String percent(long part, long whole) {
        if (whole == 0) {
            return "–";
        }
        double percent = 100.0 * part / whole;
        if (part > 0 && percent < 0.1) {
            return "< 0.1 %";
        }
        if (part < whole && percent > 99.9) {
            return "> 99.9 %";
        }
        return String.format(Locale.ROOT, part == 0 || part == whole ? "%.0f %%" : "%.1f %%", percent);
    }

    /** In the units and digits that a notebook shows. */
    static String bytes(long bytes) {
        if (bytes < 1024) {
            return count(bytes, "byte");
        }
        double value = bytes;
        int unit = -1;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** A position in a drawing, 0 to 100. */
    static String place(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** At most so many characters, with a sign that some are left out. */
    static String shortened(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most)) + "…";
    }
}
