package io.lathe.workbench.page;

import io.javalin.http.Context;
import io.lathe.datasets.problem.LatheException;
import io.lathe.workbench.registry.Models;
import io.lathe.workbench.serving.Consumer;
import io.lathe.workbench.serving.ConsumerName;
import io.lathe.workbench.serving.Consumers;
import io.lathe.workbench.web.Body;
import io.lathe.workbench.web.Gate;
import io.lathe.workbench.web.SeeOther;
import java.util.Set;

/** The programs that may call models. */
public final class ConsumerPageRoutes {
    private final Pages pages;
    private final Consumers consumers;
    private final Models models;

    public ConsumerPageRoutes(Pages pages, Consumers consumers, Models models) {
        this.pages = pages;
        this.consumers = consumers;
        this.models = models;
    }

    public void list(Context ctx) {
        show(ctx, "", "", "", "", Set.of());
    }

    private void show(Context ctx, String added, String token, String problem, String name, Set<String> chosen) {
        pages.show(
                ctx,
                "consumers",
                new ConsumersPage(
                        pages.frame(ctx, "Consumers", "consumers"),
                        consumers.list(Gate.account(ctx).accountId()).stream()
                                .map(ConsumerPageRoutes::row)
                                .toList(),
                        models.list(Gate.account(ctx).accountId()).stream()
                                .map(model -> model.name().value())
                                .toList(),
                        added,
                        token,
                        problem,
                        name,
                        chosen));
    }

    private static ConsumersPage.Row row(Consumer consumer) {
        return new ConsumersPage.Row(
                consumer.name().value(), String.join(", ", consumer.models()), When.of(consumer.createdAt()));
    }

    /** Answers with the page itself, not with a redirect: the token is shown in this answer and nowhere else. */
    public void add(Context ctx) {
        String name = Body.form(ctx, "name");
        Set<String> chosen = Set.copyOf(ctx.formParams("model"));
        try {
            Consumers.Added added = consumers.add(Gate.account(ctx).accountId(), new ConsumerName(name), chosen);
            show(ctx.status(201), added.consumer().name().value(), added.token(), "", "", chosen);
        } catch (LatheException e) {
            show(ctx.status(e.code().httpStatus()), "", "", e.getMessage(), name, chosen);
        }
    }

    public void remove(Context ctx) {
        consumers.remove(Gate.account(ctx).accountId(), new ConsumerName(ctx.pathParam("name")));
        SeeOther.to(ctx, "/consumers");
    }
}
