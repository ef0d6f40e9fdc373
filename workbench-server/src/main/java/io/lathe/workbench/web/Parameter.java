package io.lathe.workbench.web;

/** What a request says beside its body. */
public record Parameter(In in, String name, Need need, Values values, String words) {
    /** Where it is. */
    public enum In {
        PATH,
        QUERY,
        HEADER
    }

    /** Whether it must be there. */
    public enum Need {
        REQUIRED,
        OPTIONAL
    }

    /** What it may be. */
    public sealed interface Values {
        /**
         * Text.
         *
         * @param pattern regular expression of the whole text; empty for any
         * @param example a value that fits
         */
        record Text(String pattern, String example) implements Values {}

        /** A whole number from {@code least} to {@code most}. */
        record Whole(int least, int most) implements Values {}
    }

    public static Parameter path(String name, String pattern, String example, String words) {
        return new Parameter(In.PATH, name, Need.REQUIRED, new Values.Text(pattern, example), words);
    }

    public static Parameter query(String name, Need need, Values values, String words) {
        return new Parameter(In.QUERY, name, need, values, words);
    }

    public static Parameter header(String name, Need need, String example, String words) {
        return header(name, need, new Values.Text("", example), words);
    }

    public static Parameter header(String name, Need need, Values values, String words) {
        return new Parameter(In.HEADER, name, need, values, words);
    }
}
