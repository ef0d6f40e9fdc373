package io.lathe.workbench.page;

import io.javalin.http.Context;
import io.lathe.datasets.version.DatasetName;
import io.lathe.datasets.version.Datasets;
import io.lathe.workbench.notebookserver.NotebookServers;
import io.lathe.workbench.project.Project;
import io.lathe.workbench.project.Projects;
import io.lathe.workbench.registry.ModelSummary;
import io.lathe.workbench.registry.Models;
import io.lathe.workbench.store.ProjectStoreRights;
import io.lathe.workbench.web.Gate;
import java.util.List;
import java.util.OptionalInt;

/** The first page, and the list of models. */
public final class HomeRoutes {
    private static final int PROJECTS = 24;
    private static final int MODELS = 50;
    private static final int FEW = 8;

    private final Pages pages;
    private final Projects projects;
    private final NotebookServers servers;
    private final Models models;
    private final DatasetRows datasets;
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
        this.datasets = new DatasetRows(datasets);
        this.rights = rights;
    }

    public void home(Context ctx) {
        String account = Gate.account(ctx).accountId();
        Pager.Part<Project> part = Pager.of(
                ctx,
                "/",
                projects.list(account),
                PROJECTS,
                project -> project.name().value());
        List<ModelSummary> allModels = models.list(account);
        List<DatasetName> allDatasets = rights.datasets(account);
        pages.show(
                ctx,
                "home",
                new HomePage(
                        pages.frame(ctx, "Projects", "projects"),
                        part.pager(),
                        part.entries().stream().map(this::row).toList(),
                        allModels.stream().limit(FEW).map(HomeRoutes::row).toList(),
                        Math.max(0, allModels.size() - FEW),
                        allDatasets.stream().limit(FEW).map(datasets::row).toList(),
                        Math.max(0, allDatasets.size() - FEW)));
    }

    public void models(Context ctx) {
        Pager.Part<ModelSummary> part = Pager.of(
                ctx,
                "/models",
                models.list(Gate.account(ctx).accountId()),
                MODELS,
                model -> model.name().value());
        pages.show(
                ctx,
                "models",
                new ModelsPage(
                        pages.frame(ctx, "Models", "models"),
                        part.pager(),
                        part.entries().stream().map(HomeRoutes::row).toList()));
    }

    private HomePage.ProjectRow row(Project project) {
        return new HomePage.ProjectRow(
                project.name().value(),
                project.template(),
                servers.find(project).map(server -> server.state().wireName()).orElse("none"),
                When.of(project.createdAt()));
    }

    private static HomePage.ModelRow row(ModelSummary model) {
        return new HomePage.ModelRow(
                model.name().value(),
                number(model.production()),
                model.candidate().equals(model.production()) ? "" : number(model.candidate()),
                model.versions());
    }

    private static String number(OptionalInt version) {
        return version.isPresent() ? String.valueOf(version.getAsInt()) : "";
    }
}
