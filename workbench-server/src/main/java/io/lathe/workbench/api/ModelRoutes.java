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
import io.lathe.workbench.web.Gate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The model registry. */
public final class ModelRoutes {
    private record Summary(
            String name, @JsonInclude @Nullable Integer production, int versions) {
        static Summary of(ModelSummary model) {
            return new Summary(
                    model.name().value(),
                    model.production().isPresent() ? model.production().getAsInt() : null,
                    model.versions());
        }
    }

    private record Version(
            int version,
            String bundle,
            String createdAt,
            String project,
            String evaluatedOn,
            @JsonInclude @Nullable String trainedOn,
            JsonNode metrics,
            Judgement verdict) {
        static Version of(ModelVersion version) {
            return new Version(
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

    private record Sample(String url, Map<String, Object> body) {}

    private record ModelView(
            String name, Map<String, Integer> aliases, List<Version> versions, Optional<Sample> sampleRequest) {}

    private record Moved(
            String alias, @JsonInclude @Nullable Integer from, int to) {
        static Moved of(AliasMove move) {
            return new Moved(
                    move.alias().wireName(),
                    move.from().isPresent() ? move.from().getAsInt() : null,
                    move.to());
        }
    }

    private record Target(@Nullable Integer version) {}

    private final Models models;
    private final EndpointProcess endpoint;

    public ModelRoutes(Models models, EndpointProcess endpoint) {
        this.models = models;
        this.endpoint = endpoint;
    }

    public void list(Context ctx) {
        Body.answer(ctx, models.list().stream().map(Summary::of).toList());
    }

    public void show(Context ctx) {
        Model model = models.load(name(ctx));
        Map<String, Integer> aliases = new TreeMap<>();
        for (Map.Entry<Alias, Integer> alias : model.aliases().entrySet()) {
            aliases.put(alias.getKey().wireName(), alias.getValue());
        }
        Body.answer(
                ctx,
                new ModelView(
                        model.name().value(),
                        aliases,
                        model.versions().stream().map(Version::of).toList(),
                        model.find(Alias.PRODUCTION).map(version -> sample(model, version))));
    }

    private Sample sample(Model model, ModelVersion production) {
        SampleRequest request =
                SampleRequest.of(endpoint.url(), model.name().value(), Json.tree(production.sampleRow()));
        return new Sample(request.url(), request.body());
    }

    public void rollback(Context ctx) {
        Body.answer(ctx, Moved.of(models.rollback(name(ctx), Gate.owner(ctx).accountId())));
    }

    public void point(Context ctx) {
        int version = Body.require(Body.read(ctx, Target.class).version(), "version");
        Alias alias = Alias.parse(ctx.pathParam("alias"));
        Body.answer(
                ctx,
                Moved.of(models.point(name(ctx), alias, version, Gate.owner(ctx).accountId())));
    }

    private static ModelName name(Context ctx) {
        return new ModelName(ctx.pathParam("model"));
    }
}
