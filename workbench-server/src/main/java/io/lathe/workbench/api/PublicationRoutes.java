package io.lathe.workbench.api;

import io.javalin.http.Context;
import io.lathe.workbench.access.Hosts;
import io.lathe.workbench.publication.Publication;
import io.lathe.workbench.publication.Publications;
import io.lathe.workbench.serving.EndpointProcess;
import io.lathe.workbench.web.Body;
import io.lathe.workbench.web.Gate;

/** Publications of all projects of an account. */
public final class PublicationRoutes {
    private final Publications publications;
    private final EndpointProcess endpoint;
    private final Hosts hosts;

    public PublicationRoutes(Publications publications, EndpointProcess endpoint, Hosts hosts) {
        this.publications = publications;
        this.endpoint = endpoint;
        this.hosts = hosts;
    }

    public void show(Context ctx) {
        Body.answer(ctx, view(load(ctx)));
    }

    public void cancel(Context ctx) {
        Body.answer(ctx, 202, view(publications.cancel(load(ctx))));
    }

    private PublicationView view(Publication publication) {
        return PublicationView.of(publication, endpoint.url(), hosts.workbenchOrigin());
    }

    private Publication load(Context ctx) {
        return publications.load(Gate.account(ctx).accountId(), ctx.pathParam("id"));
    }
}
