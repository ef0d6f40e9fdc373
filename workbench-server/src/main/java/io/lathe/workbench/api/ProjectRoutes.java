package io.lathe.workbench.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.http.Context;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.workbench.access.Hosts;
import io.lathe.workbench.access.Tickets;
import io.lathe.workbench.notebookserver.NotebookServer;
import io.lathe.workbench.notebookserver.NotebookServers;
import io.lathe.workbench.project.Project;
import io.lathe.workbench.project.ProjectName;
import io.lathe.workbench.project.Projects;
import io.lathe.workbench.project.Template;
import io.lathe.workbench.project.Templates;
import io.lathe.workbench.web.Body;
import io.lathe.workbench.web.Field;
import io.lathe.workbench.web.Gate;
import io.lathe.workbench.web.LiveFeed;
import io.lathe.workbench.web.Paging;
import io.lathe.workbench.web.Parameter.Need;
import io.lathe.workbench.web.Tag;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Projects and their notebook servers. */
public final class ProjectRoutes {
    public record TemplateView(String name, String title, String description) {}

    public record NewProject(
            @Field(need = Need.REQUIRED, pattern = ProjectName.PATTERN, example = "\"penguins\"") @Nullable
            String name,

            @Field(need = Need.REQUIRED, example = "\"tabular\"") @Nullable
            String template) {}

    public record ProjectView(
            String id,
            String name,
            String template,
            String notebook,
            String createdAt,
            @JsonInclude @Nullable ServerView server) {}

    public record ServerView(
            String id,
            String state,
            String phase,
            Optional<Long> pid,
            Optional<String> error,
            Optional<List<String>> logTail) {
        static ServerView of(NotebookServer server) {
            return new ServerView(
                    server.id(),
                    server.state().wireName(),
                    server.phase().wireName(),
                    server.pid().isPresent() ? Optional.of(server.pid().getAsLong()) : Optional.empty(),
                    server.error(),
                    server.logTail().isEmpty() ? Optional.empty() : Optional.of(server.logTail()));
        }
    }

    public record TicketView(String url) {}

    private final Projects projects;
    private final Templates templates;
    private final NotebookServers servers;
    private final Tickets tickets;
    private final Hosts hosts;
    private final LiveFeed feed;

    public ProjectRoutes(
            Projects projects,
            Templates templates,
            NotebookServers servers,
            Tickets tickets,
            Hosts hosts,
            LiveFeed feed) {
        this.projects = projects;
        this.templates = templates;
        this.servers = servers;
        this.tickets = tickets;
        this.hosts = hosts;
        this.feed = feed;
    }

    public void templates(Context ctx) {
        Paging.answer(
                ctx,
                templates.list(),
                Template::name,
                template -> new TemplateView(template.name(), template.title(), template.description()));
    }

    public void list(Context ctx) {
        Paging.answer(
                ctx,
                (after, limit) -> projects.list(Gate.account(ctx).accountId(), after, limit),
                project -> project.name().value(),
                this::view);
    }

    public void create(Context ctx) {
        NewProject wanted = Body.read(ctx, NewProject.class);
        Project project = projects.create(
                Gate.account(ctx).accountId(),
                new ProjectName(Body.require(wanted.name(), "name")),
                Body.require(wanted.template(), "template"));
        Body.answer(ctx, 201, view(project));
    }

    public void show(Context ctx) {
        Tag.answer(ctx, view(project(ctx)));
    }

    public void start(Context ctx) {
        Body.answer(ctx, 202, ServerView.of(servers.start(project(ctx))));
    }

    public void stop(Context ctx) {
        Project project = project(ctx);
        NotebookServer stopping = servers.stop(project, Tag.expected(ctx, server -> view(project, server)))
                .orElseThrow(() -> new LatheException(
                        ProblemCode.NOT_FOUND, "Project '" + project.name() + "' has no running notebook server."));
        Body.answer(ctx, 202, ServerView.of(stopping));
    }

    public void events(Context ctx) throws IOException {
        Project project = project(ctx);
        NotebookServer server = servers.find(project)
                .orElseThrow(() -> new LatheException(
                        ProblemCode.NOT_FOUND, "Project '" + project.name() + "' never had a notebook server."));
        feed.stream(ctx, server.events());
    }

    public void ticket(Context ctx) {
        Project project = project(ctx);
        String secret = tickets.issue(project.grant(), Gate.account(ctx).proof(), project.findNotebook());
        Body.answer(
                ctx,
                201,
                new TicketView(hosts.projectOrigin(project.name().value()) + "/lathe/enter?ticket=" + secret));
    }

    private Project project(Context ctx) {
        return projects.load(Gate.account(ctx).accountId(), new ProjectName(ctx.pathParam("name")));
    }

    private ProjectView view(Project project) {
        return view(project, servers.find(project));
    }

    private static ProjectView view(Project project, Optional<NotebookServer> server) {
        return new ProjectView(
                project.id(),
                project.name().value(),
                project.template(),
                project.notebook(),
                project.createdAt().toString(),
                server.map(ServerView::of).orElse(null));
    }
}
