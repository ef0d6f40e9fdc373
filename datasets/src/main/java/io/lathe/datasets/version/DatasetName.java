package io.lathe.datasets.version;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import java.util.regex.Pattern;

/**
 * The name of a dataset: a small letter, then up to 62 small letters, digits, {@code _} or {@code -}.
 *
 * @param value the name
 */
public record DatasetName(String value) implements Comparable<DatasetName> {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

    public DatasetName {
        if (!isName(value)) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "'" + Shown.of(value)
                            + "' is not a dataset name. Use a small letter, then small letters, digits, '_' or '-', at most 63 in all.");
        }
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    @Override
    public int compareTo(DatasetName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
