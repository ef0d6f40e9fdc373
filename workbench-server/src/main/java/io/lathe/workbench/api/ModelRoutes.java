package io.lathe.workbench.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.lathe.workbench.json.Json;
import io.lathe.workbench.registry.Alias;
import io.lathe.workbench.registry.AliasMove;
import io.lathe.workbench.registry.Judgement;
import io.lathe.workbench.registry.Model;
import io.lathe.workbench.registry.ModelName;
import io.lathe.workbench.registry.ModelSummary;
import io.lathe.workbench.registry.ModelVersion;
import io.lathe.workbench.registry.Models;
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
            Judgement verdict) {
        static ModelVersionView of(ModelVersion version) {
            return new ModelVersionView(
                    version.number(),
                    version.bundle(),
                    version.createdAt().toString(),
                    version.project(),
                    version.evaluatedOn(),
                    version.trainedOn().orElse(null),
                    Json.tree(version.metrics()),
                    version.verdict());
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
            @Field(need = Need.REQUIRED, example = "1") @Nullable
            Integer version) {}

    private final Models models;
    private final EndpointProcess endpoint;

    public ModelRoutes(Models models, EndpointProcess endpoint) {
        this.models = models;
        this.endpoint = endpoint;
    }

    public void list(Context ctx) {
        Paging.answer(ctx, models.list(Gate.ownerId(ctx)), model -> model.name().value(), ModelSummaryView::of);
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
        requireSeen(ctx);
        Body.answer(
                ctx,
                AliasMoveView.of(models.rollback(name(ctx), Gate.account(ctx).accountId())));
    }

    public void point(Context ctx) {
        int version = Body.require(Body.read(ctx, AliasTarget.class).version(), "version");
        Alias alias = Alias.parse(ctx.pathParam("alias"));
        requireSeen(ctx);
        Body.answer(
                ctx,
                AliasMoveView.of(models.point(
                        name(ctx), alias, version, Gate.account(ctx).accountId())));
    }

    private void requireSeen(Context ctx) {
        Tag.require(ctx, () -> view(models.load(Gate.account(ctx).accountId(), name(ctx))));
    }

    private static ModelName name(Context ctx) {
        return new ModelName(ctx.pathParam("model"));
    }
}
