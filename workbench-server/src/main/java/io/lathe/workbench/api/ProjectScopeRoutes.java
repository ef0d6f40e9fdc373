package io.lathe.workbench.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.lathe.datasets.version.VersionRef;
import io.lathe.workbench.access.Hosts;
import io.lathe.workbench.access.ProjectGrant;
import io.lathe.workbench.project.Project;
import io.lathe.workbench.project.ProjectName;
import io.lathe.workbench.project.Projects;
import io.lathe.workbench.publication.Publication;
import io.lathe.workbench.publication.Publications;
import io.lathe.workbench.publication.Report;
import io.lathe.workbench.registry.Judgement;
import io.lathe.workbench.registry.ModelName;
import io.lathe.workbench.serving.EndpointProcess;
import io.lathe.workbench.store.ProjectStoreRights;
import io.lathe.workbench.store.Uploads;
import io.lathe.workbench.web.Body;
import io.lathe.workbench.web.Gate;
import io.lathe.workbench.web.LiveFeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a project's kernel and pages may ask: who they are, and to publish. */
public final class ProjectScopeRoutes {
    public record OwnProject(String name, String template, String url, String serving) {}

    public record SubmittedPublication(String id, String state) {}

    public record PublicationView(
            String id,
            String state,
            String model,
            String evaluateOn,
            Optional<Integer> version,
            Optional<Judgement> verdict,
            Optional<JsonNode> metrics,
            Optional<Report.Compared> production,
            Optional<SampleRequest> endpoint,
            Optional<String> error) {}

    private final Projects projects;
    private final Publications publications;
    private final EndpointProcess endpoint;
    private final Uploads uploads;
    private final ProjectStoreRights rights;
    private final Hosts hosts;
    private final LiveFeed feed;

    public ProjectScopeRoutes(
            Projects projects,
            Publications publications,
            EndpointProcess endpoint,
            Uploads uploads,
            ProjectStoreRights rights,
            Hosts hosts,
            LiveFeed feed) {
        this.projects = projects;
        this.publications = publications;
        this.endpoint = endpoint;
        this.uploads = uploads;
        this.rights = rights;
        this.hosts = hosts;
        this.feed = feed;
    }

    public void show(Context ctx) {
        ProjectGrant grant = Gate.project(ctx);
        Project project = projects.load(grant.ownerId(), new ProjectName(grant.project()));
        Body.answer(
                ctx,
                new OwnProject(
                        grant.project(),
                        project.template(),
                        hosts.projectOrigin(grant.project()) + "/projects/" + grant.project() + "/lab",
                        endpoint.url()));
    }

    public void publish(Context ctx) throws IOException {
        ProjectGrant project = Gate.project(ctx);
        ModelName model = new ModelName(Body.query(ctx, "model"));
        VersionRef evaluateOn = VersionRef.parse(Body.query(ctx, "evaluateOn"));
        rights.requireDataset(project.ownerId(), evaluateOn.dataset());
        Path upload = uploads.receive(ctx.bodyInputStream(), ctx.req().getContentLengthLong());
        try {
            Publication publication = publications.submit(project, model, evaluateOn, upload);
            Body.answer(
                    ctx,
                    202,
                    new SubmittedPublication(
                            publication.id(), publication.state().wireName()));
        } finally {
            Files.deleteIfExists(upload);
        }
    }

    public void publication(Context ctx) {
        Publication publication = load(ctx, Gate.project(ctx));
        Optional<Report> report = publication.report();
        Body.answer(
                ctx,
                new PublicationView(
                        publication.id(),
                        publication.state().wireName(),
                        publication.model().value(),
                        publication.evaluateOn(),
                        publication.version().isPresent()
                                ? Optional.of(publication.version().getAsInt())
                                : Optional.empty(),
                        report.map(Report::verdict),
                        report.map(Report::metrics),
                        report.flatMap(Report::production),
                        report.filter(judged -> judged.verdict().outcome().equals("promoted"))
                                .map(judged -> SampleRequest.of(
                                        endpoint.url(), publication.model().value(), judged.sampleRow())),
                        publication.error()));
    }

    public void events(Context ctx) throws IOException {
        feed.stream(ctx, load(ctx, Gate.project(ctx)).events());
    }

    private Publication load(Context ctx, ProjectGrant project) {
        return publications.load(project, ctx.pathParam("id"));
    }
}
