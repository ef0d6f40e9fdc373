package io.lathe.kernel.data;

import io.lathe.datasets.version.DatasetVersion;
import java.util.List;

/**
 * The datasets a project may read.
 *
 * @param datasets each with its versions, oldest first, at least one
 * @param damaged  those that cannot be read; they do not hide the others
 */
public record DatasetList(List<Entry> datasets, List<Damaged> damaged) {

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

    /**
     * A dataset that cannot be read.
     *
     * @param name    its name
     * @param problem why, as a full sentence
     */
    public record Damaged(String name, String problem) {}

    public DatasetList {
        datasets = List.copyOf(datasets);
        damaged = List.copyOf(damaged);
    }
}
