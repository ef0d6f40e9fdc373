package io.lathe.workbench.access;

/** A value from outside as an error message may show it: short, on one line, without control characters. */
public final class Shown {
    private static final int MOST = 40;

    private Shown() {}

    public static String of(String value) {
        String line = value.replaceAll("\\p{Cntrl}", " ");
        return line.length() > MOST ? line.substring(0, MOST) + "…" : line;
    }
}
