package io.lathe.workbench.page;

import java.util.List;
import java.util.Optional;

/**
 * One model.
 *
 * @param production the version in production, if one is
 * @param rollbackTo the version a rollback would bring back, as {@code 1}; empty when there is none
 * @param candidate the held version that waits for a decision; empty when there is none
 * @param attempts recent publications, newest first
 * @param call the sample request; empty without a version in production
 */
public record ModelPage(
        Frame frame,
        String name,
        Optional<Version> production,
        String rollbackTo,
        String candidate,
        List<Version> versions,
        List<Attempt> attempts,
        String call) {
    /** @param aliases names that point here */
    public record Version(
            int number,
            List<String> aliases,
            When created,
            String project,
            String trainedOn,
            String evaluatedOn,
            Metrics metrics,
            String outcome,
            List<String> reasons,
            String bundle) {
        public boolean inProduction() {
            return aliases.contains("production");
        }
    }

    /** Rounded for people, with the counts they come from. */
    public record Metrics(
            String accuracy,
            String macroF1,
            String logLoss,
            String correct,
            List<Recall> recall,
            List<Confusion> confusion) {}

    /** @param share 0 to 1 for the meter */
    public record Recall(String label, String share, String text) {}

    /** One row of the confusion matrix: how rows of one label were predicted, in the order of the rows. */
    public record Confusion(String actual, List<Cell> cells) {}

    /** @param right whether it counts rows that were predicted as they are */
    public record Cell(String predicted, long rows, boolean right) {}

    public record Attempt(
            When created, String state, String evaluatedOn, String version, String outcome, String message) {}
}
