package io.lathe.workbench.api;

import io.javalin.http.Context;
import io.lathe.workbench.registry.ModelName;
import io.lathe.workbench.serving.Consumer;
import io.lathe.workbench.serving.ConsumerName;
import io.lathe.workbench.serving.Consumers;
import io.lathe.workbench.web.Body;
import io.lathe.workbench.web.Field;
import io.lathe.workbench.web.Gate;
import io.lathe.workbench.web.Paging;
import io.lathe.workbench.web.Parameter.Need;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Programs that may call models. */
public final class ConsumerRoutes {
    public record NewConsumer(
            @Field(need = Need.REQUIRED, pattern = ConsumerName.PATTERN, example = "\"web\"") @Nullable
            String name,

            @Field(need = Need.REQUIRED, fewest = 1, pattern = ModelName.PATTERN, example = "[\"penguins\"]") @Nullable
            List<@Nullable String> models) {}

    public record ConsumerView(String name, List<String> models, String createdAt) {
        static ConsumerView of(Consumer consumer) {
            return new ConsumerView(
                    consumer.name().value(),
                    consumer.models(),
                    consumer.createdAt().toString());
        }
    }

    public record AddedConsumer(String name, List<String> models, String token, int routeVersion) {}

    private final Consumers consumers;

    public ConsumerRoutes(Consumers consumers) {
        this.consumers = consumers;
    }

    public void list(Context ctx) {
        Paging.answer(
                ctx,
                consumers.list(Gate.account(ctx).accountId()),
                consumer -> consumer.name().value(),
                ConsumerView::of);
    }

    public void add(Context ctx) {
        NewConsumer wanted = Body.read(ctx, NewConsumer.class);
        Consumers.Added added = consumers.add(
                Gate.account(ctx).accountId(),
                new ConsumerName(Body.require(wanted.name(), "name")),
                Body.require(wanted.models(), "models").stream()
                        .map(model -> new ModelName(Body.require(model, "models")).value())
                        .collect(Collectors.toSet()));
        Body.answer(
                ctx,
                201,
                new AddedConsumer(
                        added.consumer().name().value(),
                        added.consumer().models(),
                        added.token(),
                        added.routeVersion()));
    }

    public void remove(Context ctx) {
        consumers.remove(Gate.account(ctx).accountId(), new ConsumerName(ctx.pathParam("name")));
        ctx.status(204);
    }
}
