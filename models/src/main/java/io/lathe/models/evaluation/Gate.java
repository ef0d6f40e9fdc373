package io.lathe.models.evaluation;

import java.util.List;
import java.util.Optional;

/**
 * Judges a candidate by its metrics, beside those of the production version on the same rows; each kind of model brings its own
 * {@link Judging}. Equal is good enough.
 */
public final class Gate {
    private Gate() {}

    /**
     * The version in production.
     *
     * @param version its number
     * @param metrics of it, on the rows the candidate was evaluated on
     * @param paired both models row by row, where known
     */
    public record Production(int version, Metrics metrics, Optional<Comparison> paired) {}

    /**
     * The verdict on a candidate.
     *
     * @param evaluatedOn the dataset version, such as {@code penguins-test@v1}; it is named in the reasons
     * @param production empty for a model's first version
     */
    public static Verdict judge(String evaluatedOn, Metrics candidate, Optional<Production> production) {
        if (candidate.rows() == 0) {
            return rejected(
                    "No row of %s was evaluated, so nothing is known about this version.".formatted(evaluatedOn));
        }
        Judging judging = Judging.of(evaluatedOn, candidate);
        Optional<String> unusable = judging.unusable();
        if (unusable.isPresent()) {
            return rejected(unusable.get());
        }
        return production
                .map(against -> compared(judging, evaluatedOn, candidate, against))
                .orElseGet(judging::first);
    }

    private static Verdict compared(Judging judging, String evaluatedOn, Metrics candidate, Production production) {
        Metrics current = production.metrics();
        if (current.rows() != candidate.rows()) {
            return rejected(
                    "This version was evaluated on %d rows of %s and production version %d on %d; only the same rows can be compared."
                            .formatted(candidate.rows(), evaluatedOn, production.version(), current.rows()));
        }
        return judging.beside(production);
    }

    /**
     * The verdict where the version in production could not be evaluated: without its numbers nothing shows that the candidate
     * is not worse, so a person decides.
     *
     * @param failure why, as a full sentence
     */
    public static Verdict withoutComparison(String evaluatedOn, int productionVersion, String failure) {
        return new Verdict.Held(List.of(
                ("Production version %d could not be evaluated on %s, so nothing shows that this version is not worse. %s"
                                + " Judge both on data that both can read, or move the alias production yourself.")
                        .formatted(productionVersion, evaluatedOn, failure)));
    }

    /** The verdict on a candidate that was to be judged on the very data it was trained on. */
    public static Verdict onTrainingData(String evaluatedOn) {
        return new Verdict.Held(List.of(
                "This version was trained on %s itself, so its numbers there say nothing. Judge it on data it has not seen."
                        .formatted(evaluatedOn)));
    }

    /**
     * The verdict where the version in production answers another question: numbers of different meaning can't be compared, and
     * whoever calls the model would get another answer than before.
     *
     * @param difference what both answer, as a full sentence
     */
    public static Verdict ofAnotherKind(int productionVersion, String difference) {
        return new Verdict.Held(List.of(
                "It can't take the place of production version %d. %s Publish it under another name, or move the alias production yourself once its callers are ready."
                        .formatted(productionVersion, difference)));
    }

    private static Verdict rejected(String reason) {
        return new Verdict.Rejected(List.of(reason));
    }
}
