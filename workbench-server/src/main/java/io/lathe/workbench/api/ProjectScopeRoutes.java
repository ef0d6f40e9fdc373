package io.lathe.workbench.api;

import io.javalin.http.Context;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import io.lathe.datasets.version.VersionRef;
import io.lathe.models.bundle.BundleReader;
import io.lathe.workbench.access.Hosts;
import io.lathe.workbench.access.ProjectGrant;
import io.lathe.workbench.project.Project;
import io.lathe.workbench.project.ProjectName;
import io.lathe.workbench.project.Projects;
import io.lathe.workbench.publication.Publication;
import io.lathe.workbench.publication.Publications;
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
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a project's kernel and pages may ask: who they are, and to publish. */
public final class ProjectScopeRoutes {
    public record OwnProject(String name, String template, String url, String serving) {}

    public record SubmittedPublication(String id, String state) {}

    /** Most bytes of a bundle, which a bundle's reader takes too. */
    private static final long MOST_BUNDLE_BYTES = BundleReader.MAX_BYTES;

    private static final Pattern KEY = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

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
        requireZip(ctx.contentType());
        String id = id(ctx.header("Idempotency-Key"));
        Path upload = uploads.receive(
                ctx.bodyInputStream(), ctx.req().getContentLengthLong(), project.projectId(), MOST_BUNDLE_BYTES);
        try {
            if (Files.size(upload) == 0) {
                throw new LatheException(
                        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                        "The request to publish '" + model + "' has no body; send the bundle's zip.");
            }
            Publication publication = publications.submit(id, project, model, evaluateOn, upload);
            Body.answer(
                    ctx,
                    202,
                    new SubmittedPublication(
                            publication.id(), publication.state().wireName()));
        } finally {
            Files.deleteIfExists(upload);
        }
    }

    private static void requireZip(@Nullable String contentType) {
        String type =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.equals("application/zip")) {
            throw new LatheException(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "A bundle comes as 'application/zip', not as '" + Shown.of(type)
                            + "'. Send it with that Content-Type.");
        }
    }

    /** The publication's id is the key that its sender chose, so that who lost the answer can ask for it. */
    private static String id(@Nullable String key) {
        if (key == null) {
            return UUID.randomUUID().toString();
        }
        if (!KEY.matcher(key).matches()) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "The Idempotency-Key '" + Shown.of(key)
                            + "' is no lower-case UUID. Choose one for each publication.");
        }
        return key;
    }

    public void publication(Context ctx) {
        Body.answer(ctx, view(load(ctx, Gate.project(ctx))));
    }

    public void cancel(Context ctx) {
        Body.answer(ctx, 202, view(publications.cancel(load(ctx, Gate.project(ctx)))));
    }

    private PublicationView view(Publication publication) {
        return PublicationView.of(publication, endpoint.url(), hosts.workbenchOrigin());
    }

    public void events(Context ctx) throws IOException {
        feed.stream(ctx, load(ctx, Gate.project(ctx)).events());
    }

    private Publication load(Context ctx, ProjectGrant project) {
        return publications.load(project, ctx.pathParam("id"));
    }
}
