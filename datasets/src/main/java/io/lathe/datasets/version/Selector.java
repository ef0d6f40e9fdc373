package io.lathe.datasets.version;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import java.util.regex.Pattern;

/** Which version of a dataset. */
public sealed interface Selector {
    /** The version with this number, from 1. */
    record Version(int number) implements Selector {
        public Version {
            if (number < 1) {
                throw new LatheException(ProblemCode.BAD_REQUEST, "Versions count from 1, not " + number + ".");
            }
        }

        @Override
        public String toString() {
            return "v" + number;
        }
    }

    /** The newest version. */
    record Latest() implements Selector {
        @Override
        public String toString() {
            return "latest";
        }
    }

    /** The version with this tag: a small letter, then up to 62 small letters, digits, {@code . _ -}; not {@code latest}, not {@code v} and digits. */
    record Tag(String tag) implements Selector {
        private static final Pattern TAG = Pattern.compile("(?!latest$)(?!v[0-9]+$)[a-z][a-z0-9._-]{0,62}");

        public Tag {
            if (!TAG.matcher(tag).matches()) {
                throw new LatheException(
                        ProblemCode.BAD_REQUEST,
                        "'" + Shown.of(tag)
                                + "' cannot be a tag: use a small letter, then small letters, digits, '.', '_' or '-', at most 63 in all, and neither 'latest' nor like 'v3'.");
            }
        }

        @Override
        public String toString() {
            return tag;
        }
    }

    /** Reads {@code v3}, {@code latest} or a tag. BAD_REQUEST otherwise. */
    static Selector parse(String text) {
        if (text.equals("latest")) {
            return new Latest();
        }
        if (text.matches("v[1-9][0-9]{0,8}")) {
            return new Version(Integer.parseInt(text.substring(1)));
        }
        return new Tag(text);
    }
}
