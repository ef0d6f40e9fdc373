package io.lathe.workbench.page;

import java.util.List;

/**
 * Two versions of a dataset side by side.
 *
 * @param progress how far the statistics are; empty once they are there
 * @param error why they cannot be compared; empty when they can
 * @param summary what changed, sentences
 */
public record ComparePage(
        Frame frame,
        String dataset,
        int left,
        int right,
        List<Integer> numbers,
        List<StatisticsPanel.Progress> progress,
        String error,
        List<String> summary,
        Pager pager,
        List<Column> columns) {
    /**
     * @param change what happened to it: added, removed, of another type, or nothing
     */
    public record Column(
            String name, String change, String type, List<Row> rows, List<Outlines> outlines, List<Pair> top) {}

    /** One figure of both versions. */
    public record Row(String name, String left, String right, String difference) {}

    /**
     * Two histograms on the same axes, as outlines in a drawing of 100 by 100.
     *
     * @param words what the drawing shows
     */
    public record Outlines(
            String words,
            String low,
            String high,
            String left,
            String right,
            List<Bucket> leftTable,
            List<Bucket> rightTable) {}

    public record Bucket(String range, String count, String share) {}

    /** How often one value occurs in both; widths 0 to 100 on one scale. */
    public record Pair(String value, String left, String right, String leftWidth, String rightWidth) {}
}
