package io.lathe.workbench.page;

import java.util.List;

/**
 * A schema of a dataset, beside the one before it.
 *
 * @param acceptances newest first
 * @param shown number of the schema that is shown, from 1; 0 when there is none
 * @param features of it, then those that it no longer has
 */
public record SchemaPage(Frame frame, String dataset, List<Accepted> acceptances, int shown, List<Feature> features) {
    /** @param number from 1, in the order they were accepted */
    public record Accepted(int number, When at, String author, String reason) {}

    /**
     * What one column must look like.
     *
     * @param environments where it is not expected, for people; empty where it always is
     * @param change what happened to it since the schema before: added, removed, changed, or nothing
     * @param was what it was before, for people; empty unless it changed
     */
    public record Feature(
            String name,
            String type,
            String presence,
            String domain,
            String environments,
            String note,
            String change,
            String was) {}

    public long changes() {
        return features.stream()
                .filter(feature -> !feature.change().equals("same"))
                .count();
    }
}
