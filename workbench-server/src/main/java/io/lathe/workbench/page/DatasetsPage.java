package io.lathe.workbench.page;

import java.util.List;

/** All datasets. */
public record DatasetsPage(Frame frame, Pager pager, List<Row> datasets) {
    /**
     * @param versions how many there are
     * @param content of the newest, as {@code 1 file, 13.2 KiB}
     * @param damage why it cannot be read; empty when it can, and the other fields are empty otherwise
     */
    public record Row(String name, int versions, String content, String message, When changed, String damage) {}
}
