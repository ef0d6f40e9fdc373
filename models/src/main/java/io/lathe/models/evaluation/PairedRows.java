package io.lathe.models.evaluation;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;

/**
 * Two models on the same rows: which rows only one of them got right.
 *
 * @param bothRight rows both predicted
 * @param onlyCandidate rows only the candidate predicted
 * @param onlyProduction rows only the production version predicted
 * @param bothWrong rows neither predicted
 */
public record PairedRows(long bothRight, long onlyCandidate, long onlyProduction, long bothWrong) {
    public PairedRows {
        if (bothRight < 0 || onlyCandidate < 0 || onlyProduction < 0 || bothWrong < 0) {
            throw new LatheException(ProblemCode.BAD_REQUEST, "Counts of paired rows can't be negative.");
        }
    }
}
