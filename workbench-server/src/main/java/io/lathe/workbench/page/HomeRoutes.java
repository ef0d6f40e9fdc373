package io.lathe.workbench.page;

import io.javalin.http.Context;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.version.DatasetName;
import io.lathe.datasets.version.DatasetVersion;
import io.lathe.datasets.version.Datasets;
import io.lathe.workbench.notebookserver.NotebookServers;
import io.lathe.workbench.project.Project;
import io.lathe.workbench.project.Projects;
import io.lathe.workbench.registry.ModelSummary;
import io.lathe.workbench.registry.Models;
import io.lathe.workbench.store.ProjectStoreRights;
import io.lathe.workbench.web.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The first page, and the list of models. */
public final class HomeRoutes {
    private final Pages pages;
    private final Projects projects;
    private final NotebookServers servers;
    private final Models models;
    private final Datasets datasets;
    private final ProjectStoreRights rights;

    public HomeRoutes(
            Pages pages,
            Projects projects,
            NotebookServers servers,
            Models models,
            Datasets datasets,
            ProjectStoreRights rights) {
        this.pages = pages;
        this.projects = projects;
        this.servers = servers;
        this.models = models;
        this.datasets = datasets;
        this.rights = rights;
    }

    public void home(Context ctx) {
        List<HomePage.DatasetRow> rows = new ArrayList<>();
        List<String> damage = new ArrayList<>();
        for (DatasetName name : rights.datasets(Gate.account(ctx).accountId())) {
            try {
                row(name).ifPresent(rows::add);
            } catch (LatheException e) {
                // One damaged dataset must not keep people from everything else.
                damage.add("Dataset " + name + " cannot be read. " + e.getMessage());
            }
        }
        pages.show(
                ctx,
                "home",
                new HomePage(
                        pages.frame(ctx, "Projects", "projects"),
                        projects.list(Gate.account(ctx).accountId()).stream()
                                .map(this::row)
                                .toList(),
                        modelRows(ctx),
                        rows,
                        damage));
    }

    public void models(Context ctx) {
        pages.show(ctx, "models", new ModelsPage(pages.frame(ctx, "Models", "models"), modelRows(ctx)));
    }

    private HomePage.ProjectRow row(Project project) {
        return new HomePage.ProjectRow(
                project.name().value(),
                project.template(),
                servers.find(project).map(server -> server.state().wireName()).orElse("stopped"),
                When.of(project.createdAt()));
    }

    private List<HomePage.ModelRow> modelRows(Context ctx) {
        return models.list(Gate.account(ctx).accountId()).stream()
                .map(HomeRoutes::row)
                .toList();
    }

    private static HomePage.ModelRow row(ModelSummary model) {
        return new HomePage.ModelRow(
                model.name().value(),
                model.production().isPresent()
                        ? String.valueOf(model.production().getAsInt())
                        : "",
                model.versions());
    }

    private Optional<HomePage.DatasetRow> row(DatasetName name) {
        List<DatasetVersion> log = datasets.log(name);
        return log.isEmpty()
                ? Optional.empty()
                : Optional.of(new HomePage.DatasetRow(
                        name.value(),
                        log.getLast().number(),
                        log.getLast().message(),
                        When.of(log.getLast().createdAt())));
    }
}
