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
import io.lathe.workbench.registry.Promotions;
import io.lathe.workbench.serving.EndpointProcess;
import io.lathe.workbench.serving.EndpointStatus;
import io.lathe.workbench.web.Gate;
import io.lathe.workbench.web.SeeOther;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One model: what it is worth, which version serves, and moving that. */
public final class ModelPageRoutes {
    private static final int ATTEMPTS = 10;

    private final Pages pages;
    private final Models models;
    private final Promotions promotions;
    private final Publications publications;
    private final EndpointProcess endpoint;

    public ModelPageRoutes(
            Pages pages, Models models, Promotions promotions, Publications publications, EndpointProcess endpoint) {
        this.pages = pages;
        this.models = models;
        this.promotions = promotions;
        this.publications = publications;
        this.endpoint = endpoint;
    }

    public void show(Context ctx) throws InterruptedException {
        ModelName name = name(ctx);
        String ownerId = Gate.account(ctx).accountId();
        List<Publication> attempts = publications.ofModel(ownerId, name, ATTEMPTS);
        Model model = models.find(ownerId, name)
                .or(() -> attempts.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Model(name, Map.of(), List.of(), OptionalInt.empty())))
                .orElseGet(() -> models.load(ownerId, name));
        List<ModelPage.Version> versions = model.versions().stream()
                .map(version -> version(model, version))
                .toList();
        if (ctx.header("HX-Request") != null
                && attempts.stream().allMatch(attempt -> attempt.state().isOver())) {
            // What the page waited for is over, and any part of the page may be another now.
            ctx.header("HX-Refresh", "true");
        }
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
                        model.find(Alias.CANDIDATE)
                                .filter(version -> !Integer.valueOf(version.number())
                                        .equals(model.aliases().get(Alias.PRODUCTION)))
                                .map(version -> candidate(ownerId, name, version)),
                        trouble(model),
                        history(ownerId, name),
                        versions,
                        attempts.stream().map(ModelPageRoutes::attempt).toList(),
                        model.find(Alias.PRODUCTION)
                                .map(version -> call(name, version))
                                .orElse("")));
    }

    private List<ModelPage.Past> history(String ownerId, ModelName name) {
        record Event(Instant at, String what, String reason) {}
        Stream<Event> moves = models.productionMoves(ownerId, name, ATTEMPTS).stream()
                .map(move -> new Event(
                        move.at(),
                        "Version " + move.version()
                                + switch (move.how()) {
                                    case "promoted" -> " was promoted by the gate";
                                    case "promoted by hand" ->
                                        " was promoted by " + move.who() + " although the gate held it";
                                    case "rollback" -> " was brought back by " + move.who();
                                    default -> " was put in production by " + move.who();
                                },
                        move.note()));
        Stream<Event> rejections = models.decisions(ownerId, name, ATTEMPTS).stream()
                .filter(decision -> decision.decision().equals("rejected"))
                .map(decision -> new Event(
                        decision.at(),
                        "Version " + decision.version() + " was rejected by " + decision.who(),
                        decision.reason()));
        return Stream.concat(moves, rejections)
                .sorted(Comparator.comparing(Event::at).reversed())
                .limit(ATTEMPTS)
                .map(event -> new ModelPage.Past(event.what(), event.reason(), When.of(event.at())))
                .toList();
    }

    private CandidateView candidate(String ownerId, ModelName name, ModelVersion version) {
        Optional<Report> report =
                publications.ofVersion(ownerId, name, version.number()).flatMap(Publication::report);
        return CandidateView.of(
                version.number(),
                version.evaluatedOn(),
                report.map(judged -> judged.verdict().reasons())
                        .orElse(version.verdict().reasons()),
                report);
    }

    /** Where the endpoint does not serve what the registry says, and the way out. */
    private String trouble(Model model) throws InterruptedException {
        Optional<ModelVersion> production = model.find(Alias.PRODUCTION);
        if (production.isEmpty()) {
            return "";
        }
        EndpointProcess.Seen seen = endpoint.seen();
        if (!seen.state().equals("ready")) {
            return seen.reason()
                    .map(reason ->
                            "Consumers get no answer now: the serving endpoint is '" + seen.state() + "'. " + reason)
                    .orElse("");
        }
        int number = production.get().number();
        return endpoint.status()
                .flatMap(status -> status.find(model.name().value(), number)
                        .filter(version -> version.progress() == EndpointStatus.Progress.FAILED)
                        .map(version -> "The serving endpoint cannot serve version " + number + ": " + version.reason()
                                + status.production(model.name().value())
                                        .map(served -> " It answers with version " + served.version() + " instead.")
                                        .orElse("")
                                + (model.previous().isPresent()
                                        ? " Roll back to version "
                                                + model.previous().getAsInt() + ", or publish a better one."
                                        : " Publish a better one.")))
                .orElse("");
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
                version.bundle().substring(0, Math.min(12, version.bundle().length())),
                version.retired().orElse(""));
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
                                .orElse("")),
                publication.state().mayBeCancelled() && !publication.cancelAsked() ? publication.id() : "",
                !publication.state().isOver());
    }

    public void rollback(Context ctx) {
        ModelName name = name(ctx);
        promotions.rollback(Gate.account(ctx).accountId(), name, now -> {});
        SeeOther.to(ctx, "/models/" + name);
    }

    public void point(Context ctx) throws InterruptedException {
        ModelName name = name(ctx);
        promotions.point(
                Gate.account(ctx).accountId(),
                name,
                Alias.PRODUCTION,
                number(ctx.formParam("version")),
                text(ctx.formParam("reason")),
                now -> {});
        SeeOther.to(ctx, "/models/" + name);
    }

    public void promote(Context ctx) throws InterruptedException {
        ModelName name = name(ctx);
        promotions.promote(
                Gate.account(ctx).accountId(),
                name,
                number(ctx.formParam("version")),
                text(ctx.formParam("reason")),
                now -> {});
        SeeOther.to(ctx, "/models/" + name);
    }

    public void reject(Context ctx) {
        ModelName name = name(ctx);
        promotions.reject(Gate.account(ctx).accountId(), name, text(ctx.formParam("reason")), now -> {});
        SeeOther.to(ctx, "/models/" + name);
    }

    public void cancel(Context ctx) {
        publications.cancel(publications.load(Gate.account(ctx).accountId(), ctx.pathParam("id")));
        SeeOther.to(ctx, "/models/" + name(ctx));
    }

    private static String text(@Nullable String field) {
        return field == null ? "" : field;
    }

    private static int number(@Nullable String text) {
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
