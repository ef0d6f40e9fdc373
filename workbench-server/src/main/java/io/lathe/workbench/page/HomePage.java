package io.lathe.workbench.page;

import java.util.List;

/**
 * The owner's projects, and the first of everything else.
 *
 * @param models a few
 * @param moreModels how many models are not among them
 * @param datasets a few
 * @param moreDatasets how many datasets are not among them
 */
public record HomePage(
        Frame frame,
        Pager pager,
        List<ProjectRow> projects,
        List<ModelRow> models,
        int moreModels,
        List<DatasetsPage.Row> datasets,
        int moreDatasets) {
    /**
     * @param state of the notebook server: its wire name, or {@code none} when there never was one
     */
    public record ProjectRow(String name, String template, String state, When created) {}

    /**
     * @param production as {@code 2}; empty when no version is
     * @param waiting the held version that waits for a decision, as {@code 3}; empty when none does
     */
    public record ModelRow(String name, String production, String waiting, int versions) {}
}
