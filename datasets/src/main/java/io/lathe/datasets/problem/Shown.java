package io.lathe.datasets.problem;

import java.util.regex.Pattern;

/** A caller's text made fit for a message: short, on one line, without what a terminal or a reader's eye would obey. */
public final class Shown {
    private static final int MOST = 100;
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

    private Shown() {}

    /** At most 100 characters of the text; line ends, control and direction marks become U+FFFD. */
    public static String of(String text) {
        return of(text, MOST);
    }

    /**
     * At most {@code most} characters of the text; line ends, control and direction marks become U+FFFD.
     *
     * @param most at least 1
     */
    public static String of(String text, int most) {
        return UNFIT.matcher(start(text, most)).replaceAll("\uFFFD");
    }

    /** Cut before it is looked at, since the text may be long, and between characters, not within one. */
    private static String start(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most) + "…";
    }
}
