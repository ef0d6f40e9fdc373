package io.lathe.workbench.project;

import java.nio.file.Path;
import java.util.List;

/**
 * What a project can be made from.
 *
 * @param name the folder's name
 * @param notebook the notebook to open first, relative to the folder
 * @param datasets datasets a project of this template starts with
 * @param folder the files to copy
 */
public record Template(
        String name, String title, String description, String notebook, List<Seed> datasets, Path folder) {
    /**
     * A dataset that comes from a file of an installed Python package.
     *
     * @param name the dataset's name
     * @param pythonPackage the package's folder in {@code site-packages}
     * @param path the file in it
     */
    public record Seed(String name, String pythonPackage, String path) {}

    public Template {
        datasets = List.copyOf(datasets);
    }
}
