package io.lathe.models.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.models.json.JsonFields;

/** A candidate and the version in production row by row on the same data, so that a difference is stated with its uncertainty. */
public sealed interface Comparison permits PairedRows, PairedErrors {
    /** How much better the candidate is, in the figure the gate judges by; negative where it is worse. */
    Interval difference();

    /** The comparison for people: a clause without a full stop, to go on in a sentence. */
    String sentence();

    /** The comparison as JSON; {@code kind} names which of them it is, {@code difference}, {@code low}, {@code high} what was found. */
    ObjectNode toNode();

    /** @throws LatheException {@code bad-request} when the tree is no such comparison */
    static Comparison fromNode(JsonFields fields) {
        return switch (fields.text("kind")) {
            case PairedRows.KIND -> PairedRows.of(fields);
            case PairedErrors.KIND -> PairedErrors.of(fields);
            default ->
                throw new LatheException(
                        ProblemCode.BAD_REQUEST,
                        "The comparison is of an unknown kind; only those of this version are read.");
        };
    }
}
