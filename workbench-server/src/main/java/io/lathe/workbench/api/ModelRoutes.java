package io.lathe.workbench.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import io.lathe.workbench.json.Json;
import io.lathe.workbench.registry.Alias;
import io.lathe.workbench.registry.AliasMove;
import io.lathe.workbench.registry.Judgement;
import io.lathe.workbench.registry.Model;
import io.lathe.workbench.registry.ModelName;
import io.lathe.workbench.registry.ModelSummary;
import io.lathe.workbench.registry.ModelVersion;
import io.lathe.workbench.registry.Models;
import io.lathe.workbench.registry.Promotions;
import io.lathe.workbench.serving.EndpointProcess;
import io.lathe.workbench.web.Body;
import io.lathe.workbench.web.Field;
import io.lathe.workbench.web.Gate;
import io.lathe.workbench.web.Paging;
import io.lathe.workbench.web.Parameter.Need;
import io.lathe.workbench.web.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The model registry. */
public final class ModelRoutes {
    public record ModelSummaryView(
            String name, @JsonInclude @Nullable Integer production, int versions) {
        static ModelSummaryView of(ModelSummary model) {
            return new ModelSummaryView(
                    model.name().value(),
                    model.production().isPresent() ? model.production().getAsInt() : null,
                    model.versions());
        }
    }

    public record ModelVersionView(
            int version,
            String bundle,
            String createdAt,
            String project,
            String evaluatedOn,
            @JsonInclude @Nullable String trainedOn,
            JsonNode metrics,
            Judgement verdict,
            Optional<String> retired) {
        static ModelVersionView of(ModelVersion version) {
            return new ModelVersionView(
                    version.number(),
                    version.bundle(),
                    version.createdAt().toString(),
                    version.project(),
                    version.evaluatedOn(),
                    version.trainedOn().orElse(null),
                    Json.tree(version.metrics()),
                    version.verdict(),
                    version.retired());
        }
    }

    public record SampleView(String url, Map<String, Object> body) {}

    public record ModelView(
            String name,
            Map<String, Integer> aliases,
            List<ModelVersionView> versions,
            Optional<SampleView> sampleRequest) {}

    public record AliasMoveView(
            String alias, @JsonInclude @Nullable Integer from, int to) {
        static AliasMoveView of(AliasMove move) {
            return new AliasMoveView(
                    move.alias().wireName(),
                    move.from().isPresent() ? move.from().getAsInt() : null,
                    move.to());
        }
    }

    public record AliasTarget(
            @Field(need = Need.REQUIRED, least = 1, example = "1") @Nullable
            Integer version,

            @Field(need = Need.OPTIONAL, example = "\"better on the new rows\"") @Nullable
            String note) {}

    /** What is decided about the candidate that waits. */
    public record CandidatePromotion(
            @Field(need = Need.REQUIRED, least = 1, example = "2") @Nullable
            Integer version,

            @Field(
                    need = Need.REQUIRED,
                    pattern = Promotions.REASON,
                    longest = Promotions.LONGEST_REASON,
                    example = "\"worth it for the rare label\"")
            @Nullable
            String reason) {}

    public record CandidateRejection(
            @Field(
                    need = Need.REQUIRED,
                    pattern = Promotions.REASON,
                    longest = Promotions.LONGEST_REASON,
                    example = "\"no better\"")
            @Nullable
            String reason) {}

    public record RejectedCandidate(int rejected) {}

    private final Models models;
    private final Promotions promotions;
    private final EndpointProcess endpoint;

    public ModelRoutes(Models models, Promotions promotions, EndpointProcess endpoint) {
        this.models = models;
        this.promotions = promotions;
        this.endpoint = endpoint;
    }

    public void list(Context ctx) {
        Paging.answer(
                ctx,
                (after, limit) -> models.list(Gate.ownerId(ctx), after, limit),
                model -> model.name().value(),
                ModelSummaryView::of);
    }

    public void show(Context ctx) {
        Tag.answer(ctx, view(models.load(Gate.account(ctx).accountId(), name(ctx))));
    }

    private ModelView view(Model model) {
        Map<String, Integer> aliases = new TreeMap<>();
        for (Map.Entry<Alias, Integer> alias : model.aliases().entrySet()) {
            aliases.put(alias.getKey().wireName(), alias.getValue());
        }
        return new ModelView(
                model.name().value(),
                aliases,
                model.versions().stream().map(ModelVersionView::of).toList(),
                model.find(Alias.PRODUCTION).map(version -> sample(model, version)));
    }

    private SampleView sample(Model model, ModelVersion production) {
        SampleRequest request =
                SampleRequest.of(endpoint.url(), model.name().value(), Json.tree(production.sampleRow()));
        return new SampleView(request.url(), request.body());
    }

    public void rollback(Context ctx) {
        Body.answer(ctx, AliasMoveView.of(promotions.rollback(Gate.account(ctx).accountId(), name(ctx), seen(ctx))));
    }

    public void point(Context ctx) throws InterruptedException {
        AliasTarget target = Body.read(ctx, AliasTarget.class);
        int version = version(target.version());
        Alias alias = Alias.parse(ctx.pathParam("alias"));
        Body.answer(
                ctx,
                AliasMoveView.of(promotions.point(
                        Gate.account(ctx).accountId(),
                        name(ctx),
                        alias,
                        version,
                        target.note() == null ? "" : target.note(),
                        seen(ctx))));
    }

    public void promote(Context ctx) throws InterruptedException {
        requireKnown(ctx);
        CandidatePromotion wanted = Body.read(ctx, CandidatePromotion.class);
        int version = version(wanted.version());
        String reason = Body.require(wanted.reason(), "reason");
        Body.answer(
                ctx,
                AliasMoveView.of(
                        promotions.promote(Gate.account(ctx).accountId(), name(ctx), version, reason, seen(ctx))));
    }

    public void reject(Context ctx) {
        requireKnown(ctx);
        String reason = Body.require(Body.read(ctx, CandidateRejection.class).reason(), "reason");
        Body.answer(
                ctx,
                new RejectedCandidate(promotions.reject(Gate.account(ctx).accountId(), name(ctx), reason, seen(ctx))));
    }

    public void retire(Context ctx) {
        requireKnown(ctx);
        promotions.retire(
                Gate.account(ctx).accountId(),
                name(ctx),
                number(ctx.pathParam("version")),
                Body.query(ctx, "reason"),
                seen(ctx));
        ctx.status(204);
    }

    private static int version(@Nullable Integer sent) {
        int version = Body.require(sent, "version");
        if (version < 1) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST, "'" + version + "' cannot be a version's number; give one from 1 on.");
        }
        return version;
    }

    private static int number(String text) {
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new LatheException(
                    ProblemCode.NOT_FOUND, "There is no version '" + Shown.of(text) + "'; give a version's number.");
        }
        return Integer.parseInt(text);
    }

    /** What is not the account's is not there, whatever else is wrong with the request. */
    private void requireKnown(Context ctx) {
        models.load(Gate.account(ctx).accountId(), name(ctx));
    }

    private Consumer<Model> seen(Context ctx) {
        return Tag.expected(ctx, this::view);
    }

    private static ModelName name(Context ctx) {
        return new ModelName(ctx.pathParam("model"));
    }
}
