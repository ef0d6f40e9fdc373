package io.lathe.workbench.page;

import io.javalin.http.Context;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.workbench.api.SampleRequest;
import io.lathe.workbench.json.Json;
import io.lathe.workbench.publication.Publication;
import io.lathe.workbench.publication.Publications;
import io.lathe.workbench.publication.Report;
import io.lathe.workbench.registry.Alias;
import io.lathe.workbench.registry.Model;
import io.lathe.workbench.registry.ModelName;
import io.lathe.workbench.registry.ModelVersion;
import io.lathe.workbench.registry.Models;
import io.lathe.workbench.serving.EndpointProcess;
import io.lathe.workbench.web.Gate;
import io.lathe.workbench.web.SeeOther;
import java.util.List;
import java.util.Map;

/** One model: what it is worth, which version serves, and moving that. */
public final class ModelPageRoutes {
    private static final int ATTEMPTS = 10;

    private final Pages pages;
    private final Models models;
    private final Publications publications;
    private final EndpointProcess endpoint;

    public ModelPageRoutes(Pages pages, Models models, Publications publications, EndpointProcess endpoint) {
        this.pages = pages;
        this.models = models;
        this.publications = publications;
        this.endpoint = endpoint;
    }

    public void show(Context ctx) {
        ModelName name = name(ctx);
        Model model = models.load(Gate.account(ctx).accountId(), name);
        List<ModelPage.Version> versions = model.versions().stream()
                .map(version -> version(model, version))
                .toList();
        Integer candidate = model.aliases().get(Alias.CANDIDATE);
        pages.show(
                ctx,
                "model",
                new ModelPage(
                        pages.frame(ctx, name.value(), "models"),
                        name.value(),
                        versions.stream()
                                .filter(ModelPage.Version::inProduction)
                                .findFirst(),
                        model.previous().isPresent()
                                ? String.valueOf(model.previous().getAsInt())
                                : "",
                        candidate == null || candidate.equals(model.aliases().get(Alias.PRODUCTION))
                                ? ""
                                : String.valueOf(candidate),
                        versions,
                        publications.ofModel(Gate.account(ctx).accountId(), name, ATTEMPTS).stream()
                                .map(ModelPageRoutes::attempt)
                                .toList(),
                        model.find(Alias.PRODUCTION)
                                .map(version -> call(name, version))
                                .orElse("")));
    }

    private String call(ModelName name, ModelVersion version) {
        return SampleRequest.of(endpoint.url(), name.value(), Json.tree(version.sampleRow()))
                .curl();
    }

    private static ModelPage.Version version(Model model, ModelVersion version) {
        return new ModelPage.Version(
                version.number(),
                model.aliases().entrySet().stream()
                        .filter(alias -> alias.getValue() == version.number())
                        .map(Map.Entry::getKey)
                        .sorted()
                        .map(Alias::wireName)
                        .toList(),
                When.of(version.createdAt()),
                version.project(),
                version.trainedOn().orElse(""),
                version.evaluatedOn(),
                MetricsView.of(Json.tree(version.metrics())),
                version.verdict().outcome(),
                version.verdict().reasons(),
                version.bundle().substring(0, Math.min(12, version.bundle().length())));
    }

    private static ModelPage.Attempt attempt(Publication publication) {
        return new ModelPage.Attempt(
                When.of(publication.createdAt()),
                publication.state().wireName(),
                publication.evaluateOn(),
                publication.version().isPresent()
                        ? String.valueOf(publication.version().getAsInt())
                        : "",
                publication
                        .report()
                        .map(Report::verdict)
                        .map(verdict -> verdict.outcome())
                        .orElse(""),
                publication
                        .error()
                        .orElseGet(() -> publication
                                .report()
                                .map(report -> String.join(" ", report.verdict().reasons()))
                                .orElse("")));
    }

    public void rollback(Context ctx) {
        ModelName name = name(ctx);
        models.rollback(name, Gate.account(ctx).accountId());
        SeeOther.to(ctx, "/models/" + name);
    }

    public void promote(Context ctx) {
        ModelName name = name(ctx);
        models.point(
                name,
                Alias.PRODUCTION,
                number(ctx.formParam("version")),
                Gate.account(ctx).accountId());
        SeeOther.to(ctx, "/models/" + name);
    }

    private static int number(@org.jspecify.annotations.Nullable String text) {
        try {
            return Integer.parseInt(text == null ? "" : text);
        } catch (NumberFormatException e) {
            throw new LatheException(ProblemCode.BAD_REQUEST, "The form names no version; choose one.", e);
        }
    }

    private static ModelName name(Context ctx) {
        return new ModelName(ctx.pathParam("model"));
    }
}
