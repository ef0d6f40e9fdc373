package io.lathe.workbench.page;

import java.util.List;

/** The owner's projects and models. */
public record HomePage(
        Frame frame, List<ProjectRow> projects, List<ModelRow> models, List<DatasetRow> datasets, List<String> damage) {
    /**
     * @param state of the notebook server: its wire name, or {@code stopped} when there never was one
     */
    public record ProjectRow(String name, String template, String state, When created) {}

    /** @param production as {@code 2}; empty when no version is */
    public record ModelRow(String name, String production, int versions) {}

    public record DatasetRow(String name, int latest, String message, When changed) {}
}
