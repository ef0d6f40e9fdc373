package io.lathe.workbench.page;

import io.javalin.http.Context;
import io.lathe.datasets.problem.LatheException;
import io.lathe.workbench.access.Hosts;
import io.lathe.workbench.access.Tickets;
import io.lathe.workbench.notebookserver.NotebookServers;
import io.lathe.workbench.project.Project;
import io.lathe.workbench.project.ProjectName;
import io.lathe.workbench.project.Projects;
import io.lathe.workbench.project.Template;
import io.lathe.workbench.project.Templates;
import io.lathe.workbench.web.Body;
import io.lathe.workbench.web.Gate;
import io.lathe.workbench.web.SeeOther;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Making, starting, opening and stopping projects. */
public final class ProjectPageRoutes {
    private final Pages pages;
    private final Projects projects;
    private final Templates templates;
    private final NotebookServers servers;
    private final ServerPanel panel;
    private final Tickets tickets;
    private final Hosts hosts;

    public ProjectPageRoutes(
            Pages pages,
            Projects projects,
            Templates templates,
            NotebookServers servers,
            ServerPanel panel,
            Tickets tickets,
            Hosts hosts) {
        this.pages = pages;
        this.projects = projects;
        this.templates = templates;
        this.servers = servers;
        this.panel = panel;
        this.tickets = tickets;
        this.hosts = hosts;
    }

    public void gallery(Context ctx) {
        showGallery(ctx, null, "", "");
    }

    private void showGallery(Context ctx, @Nullable String chosen, String name, String problem) {
        List<Template> all = templates.list();
        String first = all.isEmpty() ? "" : all.getFirst().name();
        pages.show(
                ctx,
                "gallery",
                new GalleryPage(
                        pages.frame(ctx, "New project", "projects"),
                        all.stream().map(ProjectPageRoutes::card).toList(),
                        chosen == null ? first : chosen,
                        name,
                        problem));
    }

    private static GalleryPage.Card card(Template template) {
        return new GalleryPage.Card(
                template.name(),
                template.title(),
                template.description(),
                template.datasets().stream().map(Template.Seed::name).collect(Collectors.joining(", ")));
    }

    public void create(Context ctx) {
        String name = Body.form(ctx, "name");
        String template = Body.form(ctx, "template");
        try {
            Project project = projects.create(Gate.account(ctx).accountId(), new ProjectName(name), template);
            SeeOther.to(ctx, "/projects/" + project.name());
        } catch (LatheException e) {
            showGallery(ctx.status(e.code().httpStatus()), template, name, e.getMessage());
        }
    }

    public void show(Context ctx) {
        Project project = project(ctx);
        Frame frame = pages.frame(ctx, project.name().value(), "projects");
        String origin = hosts.projectOrigin(project.name().value());
        pages.show(
                ctx,
                "project",
                new ProjectPage(
                        frame,
                        project.name().value(),
                        project.template(),
                        project.notebook(),
                        origin.substring("http://".length()),
                        project.folder().toString(),
                        When.of(project.createdAt()),
                        panel.of(project, frame.csrf())));
    }

    /** The part of the page that changes, fetched by the page after each event. */
    public void panel(Context ctx) {
        Project project = project(ctx);
        pages.show(ctx, "server", panel.of(project, pages.frame(ctx, "", "").csrf()));
    }

    public void start(Context ctx) {
        Project project = project(ctx);
        servers.start(project);
        SeeOther.to(ctx, "/projects/" + project.name());
    }

    public void stop(Context ctx) {
        Project project = project(ctx);
        servers.stop(project, server -> {});
        SeeOther.to(ctx, "/projects/" + project.name());
    }

    public void open(Context ctx) {
        Project project = project(ctx);
        String secret = tickets.issue(project.grant(), Gate.account(ctx).proof(), project.findNotebook());
        SeeOther.to(ctx, hosts.projectOrigin(project.name().value()) + "/lathe/enter?ticket=" + secret);
    }

    /** Where a browser arrives whose way into JupyterLab has ended: at the project's page, which opens another. */
    public void comeBack(Context ctx) {
        SeeOther.to(ctx, "/projects/" + project(ctx).name());
    }

    private Project project(Context ctx) {
        return projects.load(Gate.account(ctx).accountId(), new ProjectName(ctx.pathParam("name")));
    }
}
