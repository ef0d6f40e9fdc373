package io.lathe.workbench.page;

import java.util.List;

/**
 * One dataset.
 *
 * @param damage why its reference cannot be read; empty when it can, and everything else is empty otherwise
 * @param newest number of the newest version
 * @param versions a part of them, newest first
 * @param numbers all versions to choose from, newest first
 * @param schema what it must look like now; empty where it has none
 */
public record DatasetPage(
        Frame frame,
        String name,
        String damage,
        int newest,
        List<Version> versions,
        Pager pager,
        List<Integer> numbers,
        List<SchemaPage.Feature> schema,
        int schemas) {
    /**
     * @param content as {@code 1 file, 13.2 KiB}
     * @param damage why it cannot be read; empty when it can
     */
    public record Version(
            int number,
            When created,
            String author,
            String message,
            String content,
            String source,
            List<String> tags,
            Uses uses,
            String damage) {}
}
