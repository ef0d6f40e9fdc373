package io.lathe.workbench.publication;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Opens a candidate where it can do no harm, evaluates it, and says what the gate thinks of it. Thread-safe. */
public interface Judge {
    /** The version in production to compare with. */
    record Rival(int version, Path bundle) {}

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
     * @param evaluation CSV file with the rows to evaluate on
     * @param evaluatedOn the dataset version these rows are
     */
    Finding judge(Path candidate, Optional<Rival> production, Path evaluation, String evaluatedOn)
            throws InterruptedException;
}
