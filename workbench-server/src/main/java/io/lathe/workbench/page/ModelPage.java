package io.lathe.workbench.page;

import java.util.List;
import java.util.Optional;

/**
 * One model.
 *
 * @param production the version in production, if one is
 * @param rollbackTo the version a rollback would bring back, as {@code 1}; empty when there is none
 * @param candidate the held version that waits for a decision, if one does
 * @param trouble what is wrong with serving this model, and what to do; empty when nothing is
 * @param history what took production over and which candidates were rejected, newest first
 * @param attempts recent publications, newest first
 * @param call the sample request; empty without a version in production
 */
public record ModelPage(
        Frame frame,
        String name,
        Optional<Version> production,
        String rollbackTo,
        Optional<CandidateView> candidate,
        String trouble,
        List<Past> history,
        List<Version> versions,
        List<Attempt> attempts,
        String call) {
    private static final int IN_TABLE = 2;

    /** The versions that may be put in production here; the candidate is decided about where it is compared. */
    public List<Version> others() {
        return versions.stream()
                .filter(version -> !version.inProduction() && version.retired().isEmpty())
                .filter(version -> candidate.isEmpty() || candidate.get().version() != version.number())
                .toList();
    }

    /** Whether a publication is under way. */
    public boolean isPublishing() {
        return attempts.stream().anyMatch(Attempt::isUnderWay);
    }

    /** The sample request, in pieces between which a line may break. */
    public List<String> callPieces() {
        return List.of(call.split("(?<=[,/{])(?=[^/])"));
    }

    /** The figures in the table of versions: those of the newest version, since all are of one kind. */
    public List<String> columns() {
        return versions.stream()
                .findFirst()
                .map(version -> version.metrics().figures().stream()
                        .limit(IN_TABLE)
                        .map(Figure::name)
                        .toList())
                .orElse(List.of());
    }

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
            String bundle,
            String retired) {
        public boolean inProduction() {
            return aliases.contains("production");
        }
    }

    /**
     * Rounded for people.
     *
     * @param figures the first is what the gate judges by, or what it follows from; the first two stand in the table of versions
     */
    public record Metrics(List<Figure> figures, List<Recall> recall, List<Confusion> confusion) {
        /** The value of a figure; a dash where these metrics have none of that name. */
        public String value(String name) {
            return figures.stream()
                    .filter(figure -> figure.name().equals(name))
                    .map(Figure::value)
                    .findFirst()
                    .orElse("–");
        }
    }

    /** @param note the counts it comes from, or empty */
    public record Figure(String name, String value, String note) {}

    /** @param share 0 to 1 for the meter */
    public record Recall(String label, String share, String text) {}

    /** One row of the confusion matrix: how rows of one label were predicted, in the order of the rows. */
    public record Confusion(String actual, List<Cell> cells) {}

    /** @param right whether it counts rows that were predicted as they are */
    public record Cell(String predicted, long rows, boolean right) {}

    /** @param cancel the id by which it can be cancelled; empty when it cannot */
    public record Attempt(
            When created,
            String state,
            String evaluatedOn,
            String version,
            String outcome,
            String message,
            String cancel,
            boolean isUnderWay) {}

    /**
     * @param what as {@code Version 2 was put in production by ada}
     * @param reason why; may be empty
     */
    public record Past(String what, String reason, When at) {}
}
