package io.lathe.kernel.data;

import io.lathe.datasets.version.DatasetVersion;
import java.util.List;

/**
 * The datasets a project may read.
 *
 * @param datasets each with its versions, oldest first, at least one
 */
public record DatasetList(List<Entry> datasets) {

    /**
     * One dataset.
     *
     * @param name     its name
     * @param versions its versions, oldest first
     */
    public record Entry(String name, List<DatasetVersion> versions) {
        public Entry {
            versions = List.copyOf(versions);
        }
    }

    public DatasetList {
        datasets = List.copyOf(datasets);
    }
}
