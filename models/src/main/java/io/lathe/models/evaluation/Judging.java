package io.lathe.models.evaluation;

import java.util.Optional;

/** How one kind of model is judged: what makes a candidate unusable, and what it must not be worse than. */
interface Judging {
    /** Why the candidate's numbers say it must not be served at all, as a full sentence. */
    Optional<String> unusable();

    /** Beside a model that always answers the same. */
    Verdict first();

    /** Beside the version in production on the same number of rows. */
    Verdict beside(Gate.Production production);

    static Judging of(String evaluatedOn, Metrics candidate) {
        return switch (candidate) {
            case ClassificationMetrics metrics -> new ClassificationJudging(evaluatedOn, metrics);
            case RegressionMetrics metrics -> new RegressionJudging(evaluatedOn, metrics);
        };
    }
}
