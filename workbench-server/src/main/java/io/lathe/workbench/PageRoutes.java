package io.lathe.workbench;

import static io.lathe.workbench.web.Allow.DEVELOPER;
import static io.lathe.workbench.web.Allow.EVERYBODY;
import static io.lathe.workbench.web.Allow.MAINTAINER;
import static io.lathe.workbench.web.Allow.OWNER;
import static io.lathe.workbench.web.Allow.VIEWER;
import static io.lathe.workbench.web.Route.get;
import static io.lathe.workbench.web.Route.post;

import io.lathe.workbench.notebookserver.NotebookServers;
import io.lathe.workbench.openapi.OpenApi;
import io.lathe.workbench.page.ApiPageRoutes;
import io.lathe.workbench.page.AssetRoutes;
import io.lathe.workbench.page.ConsumerPageRoutes;
import io.lathe.workbench.page.DatasetPageRoutes;
import io.lathe.workbench.page.HomeRoutes;
import io.lathe.workbench.page.LoginRoutes;
import io.lathe.workbench.page.ModelPageRoutes;
import io.lathe.workbench.page.Pages;
import io.lathe.workbench.page.ProblemPageRoutes;
import io.lathe.workbench.page.ProjectPageRoutes;
import io.lathe.workbench.page.ServerPanel;
import io.lathe.workbench.page.TokenPageRoutes;
import io.lathe.workbench.web.Route;
import java.util.List;

/** Every page and every form, each with who may use it. */
final class PageRoutes {
    private PageRoutes() {}

    /** @param cutTunnels ends what those hold open who are not signed in any more */
    static List<Route> of(
            Services services, NotebookServers servers, Pages pages, Runnable cutTunnels, OpenApi document) {
        LoginRoutes login = new LoginRoutes(pages, services.loginLinks(), services.sessions(), cutTunnels);
        HomeRoutes home = new HomeRoutes(
                pages, services.projects(), servers, services.models(), services.datasets(), services.storeRights());
        ProjectPageRoutes projects = new ProjectPageRoutes(
                pages,
                services.projects(),
                services.templates(),
                servers,
                new ServerPanel(servers, services.jobs()),
                services.tickets(),
                services.hosts());
        ModelPageRoutes models = new ModelPageRoutes(
                pages, services.models(), services.promotions(), services.publications(), services.endpoint());
        ConsumerPageRoutes consumers = new ConsumerPageRoutes(pages, services.consumers(), services.models());
        ApiPageRoutes api = new ApiPageRoutes(pages, document);
        ProblemPageRoutes problems = new ProblemPageRoutes(pages);
        DatasetPageRoutes datasets = new DatasetPageRoutes(
                pages, services.datasets(), services.storeRights(), services.models(), services.profiles());
        TokenPageRoutes tokens = new TokenPageRoutes(pages, services.personalTokens(), services.hosts(), cutTunnels);
        return List.of(
                get("/api", VIEWER, api::show),
                get("/problems", EVERYBODY, problems::list),
                get("/problems/{kind}", EVERYBODY, problems::show),
                get("/assets/{file}", EVERYBODY, new AssetRoutes()::serve),
                get("/login", EVERYBODY, login::show),
                post("/login", EVERYBODY, login::logIn),
                post("/logout", OWNER, login::logOut),
                get("/", VIEWER, home::home),
                get("/models", VIEWER, home::models),
                get("/projects/new", VIEWER, projects::gallery),
                post("/projects", DEVELOPER, projects::create),
                get("/projects/{name}", VIEWER, projects::show),
                get("/projects/{name}/server", VIEWER, projects::panel),
                post("/projects/{name}/start", DEVELOPER, projects::start),
                post("/projects/{name}/stop", DEVELOPER, projects::stop),
                post("/projects/{name}/open", DEVELOPER, projects::open),
                get("/projects/{name}/open", VIEWER, projects::comeBack),
                get("/models/{model}", VIEWER, models::show),
                post("/models/{model}/rollback", MAINTAINER, models::rollback),
                post("/models/{model}/production", MAINTAINER, models::point),
                post("/models/{model}/candidate/promote", MAINTAINER, models::promote),
                post("/models/{model}/candidate/reject", MAINTAINER, models::reject),
                post("/models/{model}/publications/{id}/cancel", DEVELOPER, models::cancel),
                get("/consumers", VIEWER, consumers::list),
                post("/consumers", MAINTAINER, consumers::add),
                post("/consumers/{name}/remove", MAINTAINER, consumers::remove),
                get("/datasets", VIEWER, datasets::list),
                get("/datasets/{name}", VIEWER, datasets::show),
                get("/datasets/{name}/schema", VIEWER, datasets::schema),
                get("/datasets/{name}/compare", VIEWER, datasets::compare),
                get("/datasets/{name}/versions/{version}", VIEWER, datasets::version),
                get("/datasets/{name}/versions/{version}/statistics", VIEWER, datasets::statistics),
                post("/datasets/{name}/versions/{version}/statistics", DEVELOPER, datasets::again),
                get("/tokens", OWNER, tokens::list),
                post("/tokens", OWNER, tokens::add),
                post("/tokens/{name}/revoke", OWNER, tokens::revoke));
    }
}
