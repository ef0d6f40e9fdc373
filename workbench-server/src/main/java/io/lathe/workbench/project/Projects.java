package io.lathe.workbench.project;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.Nearest;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.workbench.file.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * The projects, for each account its own. Their names are one space all the same, since each is a host name and a folder. Thread-safe.
 */
public final class Projects {
    private final Jdbi jdbi;
    private final Path folder;
    private final Templates templates;
    private final Seeding seeding;
    private final Clock clock;

    /** @param folder holds one folder for each project */
    public Projects(Jdbi jdbi, Path folder, Templates templates, Seeding seeding, Clock clock) {
        this.jdbi = jdbi;
        this.folder = folder;
        this.templates = templates;
        this.seeding = seeding;
        this.clock = clock;
    }

    /**
     * Makes a project: its files, its datasets, its row; when one of them fails there is no project.
     *
     * @throws LatheException NAME_TAKEN; NOT_FOUND when there is no such template; UNAVAILABLE when a dataset's
     *     file is not installed
     */
    public synchronized Project create(String ownerId, ProjectName name, String templateName) {
        Template template = templates.load(templateName);
        Path target = folder.resolve(name.value());
        if (findOfAnybody(name).isPresent()) {
            throw new LatheException(
                    ProblemCode.NAME_TAKEN, "There is a project '" + name + "' already; choose another name.");
        }
        if (Files.exists(target)) {
            throw new LatheException(
                    ProblemCode.NAME_TAKEN,
                    "The folder " + target + " is there without a project; move it away, or choose another name.");
        }
        seeding.require(template);
        try {
            Path fresh = folder.resolve(".new-" + name);
            FileTree.delete(fresh);
            try {
                FileTree.copy(template.folder(), fresh, template.folder().resolve(Templates.CARD));
                seeding.seed(template);
                return insert(ownerId, name, template, fresh, target);
            } finally {
                FileTree.delete(fresh);
            }
        } catch (IOException e) {
            throw new LatheException(
                    ProblemCode.UNAVAILABLE,
                    "The files of project '" + name + "' cannot be written to " + folder + ".",
                    e);
        }
    }

    private Project insert(String ownerId, ProjectName name, Template template, Path fresh, Path target)
            throws IOException {
        Project project = new Project(
                UUID.randomUUID().toString(),
                ownerId,
                name,
                template.name(),
                template.notebook(),
                target,
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        try {
            jdbi.useHandle(handle -> handle.execute(
                    "INSERT INTO project (id, owner_id, name, template, notebook, created_at) VALUES (?, ?, ?, ?, ?, ?)",
                    project.id(),
                    ownerId,
                    name.value(),
                    template.name(),
                    template.notebook(),
                    project.createdAt().toEpochMilli()));
            return project;
        } catch (RuntimeException e) {
            FileTree.delete(target);
            throw e;
        }
    }

    /** The account's projects by name. */
    public List<Project> list(String ownerId) {
        return list(ownerId, "", Integer.MAX_VALUE);
    }

    /** At most {@code limit} of the account's projects whose names follow {@code after}, by name. */
    public List<Project> list(String ownerId, String after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT * FROM project WHERE owner_id = :owner AND name > :after ORDER BY name LIMIT :limit")
                .bind("owner", ownerId)
                .bind("after", after)
                .bind("limit", limit)
                .map(mapper())
                .list());
    }

    public Optional<Project> find(String ownerId, ProjectName name) {
        return findOfAnybody(name).filter(project -> project.ownerId().equals(ownerId));
    }

    /** The project with this host name, whoever owns it: for who has already shown a right to that host. */
    public Optional<Project> findOfAnybody(ProjectName name) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM project WHERE name = :name")
                .bind("name", name.value())
                .map(mapper())
                .findOne());
    }

    /** @throws LatheException NOT_FOUND, naming the nearest project the account has */
    public Project load(String ownerId, ProjectName name) {
        return find(ownerId, name)
                .orElseThrow(() -> new LatheException(
                        ProblemCode.NOT_FOUND,
                        "There is no project '" + name + "'."
                                + Nearest.hint(
                                        name.value(),
                                        list(ownerId).stream()
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
