package io.lathe.workbench.page;

import java.util.List;

/**
 * Making a project.
 *
 * @param chosen name of the template that is selected
 * @param name what was typed so far
 * @param problem why it was not made; empty at first
 */
public record GalleryPage(Frame frame, List<Card> templates, String chosen, String name, String problem) {
    /** @param datasets names of the datasets it brings, for people */
    public record Card(String name, String title, String description, String datasets) {}
}
