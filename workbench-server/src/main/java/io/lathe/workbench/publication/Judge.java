package io.lathe.workbench.publication;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Opens a candidate where it can do no harm, evaluates it, and says what the gate thinks of it. Thread-safe. */
public interface Judge {
    /**
     * The version in production to compare with.
     *
     * @param bundle its bundle's id
     * @param file its bundle
     */
    record Rival(int version, String bundle, Path file) {}

    /** What came of it. */
    sealed interface Finding {
        /** The bundle is sound and was measured. */
        record Judged(Report report) implements Finding {}

        /** The bundle is not what it should be. */
        record Refused(List<String> reasons) implements Finding {
            public Refused {
                reasons = List.copyOf(reasons);
            }
        }
    }

    /**
     * Judges; takes as long as its deadline.
     *
     * @throws io.lathe.datasets.problem.LatheException UNAVAILABLE when something from outside ended the judgement, so that another try
     *     may succeed
     *
     * @param evaluation CSV file with the rows to evaluate on
     * @param evaluatedOn the dataset version these rows are
     */
    Finding judge(Path candidate, Optional<Rival> production, Path evaluation, String evaluatedOn)
            throws InterruptedException;
}
