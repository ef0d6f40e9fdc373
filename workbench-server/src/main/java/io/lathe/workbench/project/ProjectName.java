package io.lathe.workbench.project;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import java.util.regex.Pattern;

/**
 * A project's name: part of its host name and its folder, so a lower-case letter, then at most 29 of {@code a-z 0-9 -}. As host names
 * have it, no hyphen at the end and no two as third and fourth character: browsers read those as an encoded name and open nothing.
 */
public record ProjectName(String value) {
    /** Regular expression of a whole name. */
    public static final String PATTERN = "(?!..--)[a-z](?:[a-z0-9-]{0,28}[a-z0-9])?";

    private static final Pattern NAME = Pattern.compile(PATTERN);

    public ProjectName {
        if (!NAME.matcher(value).matches()) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "'" + Shown.of(value)
                            + "' cannot be a project's name: use a lower-case letter, then up to 29 of a-z, 0-9 and '-', "
                            + "without '-' at the end or '--' as third and fourth.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
