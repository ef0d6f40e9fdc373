package io.lathe.datasets.version;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.util.regex.Pattern;

/**
 * The name of a dataset: a small letter, then up to 62 small letters, digits, {@code _} or {@code -}.
 *
 * @param value the name
 */
public record DatasetName(String value) implements Comparable<DatasetName> {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

    public DatasetName {
        if (!NAME.matcher(value).matches()) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "'"
                            + value.codePoints()
                                    .limit(80)
                                    .filter(c -> !Character.isISOControl(c))
                                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                            + "' is not a dataset name. Use a small letter, then small letters, digits, '_' or '-', at most 63 in all.");
        }
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
