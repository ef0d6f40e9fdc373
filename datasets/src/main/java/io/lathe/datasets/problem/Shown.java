package io.lathe.datasets.problem;

/** A caller's text made fit for a message: short, on one line, without what a terminal or a reader's eye would obey. */
public final class Shown {
    private static final int MOST = 100;

    private Shown() {}

    /** At most 100 characters of the text; line ends, control and direction marks become U+FFFD. */
    public static String of(String text) {
        String clean = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]", "\uFFFD");
        return clean.length() > MOST ? clean.substring(0, MOST) + "…" : clean;
    }
}
