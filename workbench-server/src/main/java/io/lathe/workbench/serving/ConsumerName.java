package io.lathe.workbench.serving;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import java.util.regex.Pattern;

/** What a program that calls models is called: a lower-case letter, then at most 62 of {@code a-z 0-9 _ -}. */
public record ConsumerName(String value) {
    /** Regular expression of a whole name. */
    public static final String PATTERN = "[a-z][a-z0-9_-]{0,62}";

    private static final Pattern NAME = Pattern.compile(PATTERN);

    public ConsumerName {
        if (!NAME.matcher(value).matches()) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "'" + Shown.of(value)
                            + "' cannot be a consumer's name: use a lower-case letter, then up to 62 of a-z, 0-9, '_' and '-'.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
