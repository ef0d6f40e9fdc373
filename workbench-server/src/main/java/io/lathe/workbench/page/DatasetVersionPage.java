package io.lathe.workbench.page;

import java.util.List;

/**
 * One version of a dataset.
 *
 * @param id SHA-256 of its manifest in hex
 * @param files the first of them
 * @param moreFiles how many are left out
 * @param previous number of the version before; 0 for the first
 */
public record DatasetVersionPage(
        Frame frame,
        String dataset,
        int number,
        String id,
        When created,
        String author,
        String message,
        String source,
        String reason,
        String content,
        List<String> tags,
        Uses uses,
        List<File> files,
        int moreFiles,
        int previous,
        StatisticsPanel statistics) {
    public record File(String path, String size, String sha256) {}
}
