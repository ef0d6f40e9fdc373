package io.lathe.launcher.setup;

import java.util.Locale;

/**
 * What the doctor says of one thing.
 *
 * @param what the thing, as {@code disk space}
 * @param detail how it is; of all but what is well, also the remedy
 */
record Finding(Verdict verdict, String what, String detail) {
    /** How serious it is. */
    enum Verdict {
        OK,
        /** Works, though something will be missed, or slow, or short soon. */
        WARN,
        /** Lathe will not work. */
        FAIL
    }

    static Finding ok(String what, String detail) {
        return new Finding(Verdict.OK, what, detail);
    }

    static Finding warn(String what, String detail) {
        return new Finding(Verdict.WARN, what, detail);
    }

    static Finding fail(String what, String detail) {
        return new Finding(Verdict.FAIL, what, detail);
    }

    boolean isFailure() {
        return verdict == Verdict.FAIL;
    }

    String line() {
        return String.format(Locale.ROOT, "%-4s  %-22s  %s", word(), what, detail.replace("\n", "\n" + " ".repeat(8)));
    }

    String json() {
        return "{\"verdict\":" + JsonText.quoted(word()) + ",\"what\":" + JsonText.quoted(what) + ",\"detail\":"
                + JsonText.quoted(detail) + "}";
    }

    private String word() {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
