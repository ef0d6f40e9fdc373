package io.lathe.datasets.store;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import java.util.regex.Pattern;

/**
 * The name of an object: segments of {@code A-Z a-z 0-9 . _ -} joined by {@code /}, none starting with a dot, at most 512 characters. So a key is always a plain relative path.
 *
 * @param value the name
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {
    private static final int MAX_LENGTH = 512;
    private static final String SEGMENT = "[A-Za-z0-9_-][A-Za-z0-9._-]*";
    /** What a key looks like, as a regular expression of the whole text. */
    public static final String PATTERN = SEGMENT + "(?:/" + SEGMENT + ")*";

    private static final Pattern KEY = Pattern.compile(PATTERN + "+");

    public ObjectKey {
        if (!isKey(value)) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "'" + Shown.of(value)
                            + "' is not an object key. Use letters, digits, '.', '_' and '-' in segments joined by '/'.");
        }
    }

    static boolean isKey(String text) {
        return text.length() <= MAX_LENGTH && KEY.matcher(text).matches();
    }

    /** References move by compare-and-swap; everything else never changes once written. */
    public boolean isReference() {
        return value.startsWith("refs/");
    }

    @Override
    public int compareTo(ObjectKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
