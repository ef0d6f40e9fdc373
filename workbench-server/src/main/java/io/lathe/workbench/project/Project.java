package io.lathe.workbench.project;

import io.lathe.workbench.access.ProjectGrant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A folder of notebooks and code made from a template.
 *
 * @param notebook the notebook to open first, relative to the folder
 * @param folder absolute path of the project's files
 */
public record Project(
        String id, String ownerId, ProjectName name, String template, String notebook, Path folder, Instant createdAt) {
    /** The notebook to open first, where it still is there. */
    public Optional<String> findNotebook() {
        return Optional.of(notebook).filter(path -> Files.isRegularFile(folder.resolve(path)));
    }

    /** The right to this project and no other. */
    public ProjectGrant grant() {
        return new ProjectGrant(id, name.value(), ownerId);
    }
}
