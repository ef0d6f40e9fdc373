package io.lathe.datasets.store;

/** Hostile text made fit for a message. */
final class Quoted {
    private static final int SHOWN = 80;

    private Quoted() {}

    static String shortened(String text) {
        var shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
