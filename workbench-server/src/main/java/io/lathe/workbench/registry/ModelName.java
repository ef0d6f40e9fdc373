package io.lathe.workbench.registry;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import java.util.regex.Pattern;

/** A model's name: a lower-case letter, then at most 62 of {@code a-z 0-9 _ -}. */
public record ModelName(String value) {
    /** Regular expression of a whole name. */
    public static final String PATTERN = "[a-z][a-z0-9_-]{0,62}";

    private static final Pattern NAME = Pattern.compile(PATTERN);

    public ModelName {
        if (!NAME.matcher(value).matches()) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "'" + Shown.of(value)
                            + "' is not a model name. Use a small letter, then small letters, digits, '_' or '-', at most 63 in all.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
