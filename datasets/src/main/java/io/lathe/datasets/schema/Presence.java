package io.lathe.datasets.schema;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;

/**
 * In how many rows a feature must have a value.
 *
 * @param minFraction of all rows, 0 to 1
 * @param minCount rows, at least 0
 */
public record Presence(double minFraction, long minCount) {
    /** In every row, and in at least one. */
    public static final Presence REQUIRED = new Presence(1, 1);

    public static final Presence OPTIONAL = new Presence(0, 0);

    public Presence {
        if (!(minFraction >= 0 && minFraction <= 1) || minCount < 0) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "Presence needs min_fraction from 0 to 1 and min_count of at least 0, not " + minFraction + " and "
                            + minCount + ".");
        }
    }

    /** Whether every row needs a value. */
    public boolean isRequired() {
        return minFraction >= 1;
    }
}
