package io.lathe.workbench.project;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.Nearest;
import io.lathe.datasets.problem.ProblemCode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/** The projects of this workbench. Thread-safe. */
public final class Projects {
    private final Jdbi jdbi;
    private final Path folder;

    /** @param folder holds one folder for each project */
    public Projects(Jdbi jdbi, Path folder) {
        this.jdbi = jdbi;
        this.folder = folder;
    }

    /** All projects by name. */
    public List<Project> list() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM project ORDER BY name")
                .map(mapper())
                .list());
    }

    public Optional<Project> find(ProjectName name) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM project WHERE name = :name")
                .bind("name", name.value())
                .map(mapper())
                .findOne());
    }

    /** @throws LatheException NOT_FOUND, naming the nearest project there is */
    public Project load(ProjectName name) {
        return find(name)
                .orElseThrow(() -> new LatheException(
                        ProblemCode.NOT_FOUND,
                        "There is no project '" + name + "'."
                                + Nearest.hint(
                                        name.value(),
                                        list().stream()
                                                .map(project -> project.name().value())
                                                .toList())));
    }

    private RowMapper<Project> mapper() {
        return (row, context) -> {
            ProjectName name = new ProjectName(row.getString("name"));
            return new Project(
                    row.getString("id"),
                    row.getString("owner_id"),
                    name,
                    row.getString("template"),
                    row.getString("notebook"),
                    folder.resolve(name.value()),
                    Instant.ofEpochMilli(row.getLong("created_at")));
        };
    }
}
