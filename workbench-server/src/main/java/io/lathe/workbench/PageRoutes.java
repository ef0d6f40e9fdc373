package io.lathe.workbench;

import static io.lathe.workbench.web.Allow.EVERYBODY;
import static io.lathe.workbench.web.Allow.OWNER;

import io.javalin.config.RoutesConfig;
import io.lathe.workbench.notebookserver.NotebookServers;
import io.lathe.workbench.page.AssetRoutes;
import io.lathe.workbench.page.ConsumerPageRoutes;
import io.lathe.workbench.page.HomeRoutes;
import io.lathe.workbench.page.LoginRoutes;
import io.lathe.workbench.page.ModelPageRoutes;
import io.lathe.workbench.page.Pages;
import io.lathe.workbench.page.ProjectPageRoutes;
import io.lathe.workbench.page.ServerPanel;

/** Every page and every form, each with who may use it. */
final class PageRoutes {
    private PageRoutes() {}

    /** @param cutTunnels ends the connections of pages on projects' hosts */
    static void install(
            RoutesConfig routes, Services services, NotebookServers servers, Pages pages, Runnable cutTunnels) {
        routes.get("/assets/{file}", new AssetRoutes()::serve, EVERYBODY);

        LoginRoutes login = new LoginRoutes(pages, services.loginLinks(), services.sessions(), cutTunnels);
        routes.get("/login", login::show, EVERYBODY);
        routes.post("/login", login::logIn, EVERYBODY);
        routes.post("/logout", login::logOut, OWNER);

        HomeRoutes home = new HomeRoutes(pages, services.projects(), servers, services.models(), services.datasets());
        routes.get("/", home::home, OWNER);
        routes.get("/models", home::models, OWNER);

        ProjectPageRoutes projects = new ProjectPageRoutes(
                pages,
                services.projects(),
                services.templates(),
                servers,
                new ServerPanel(servers, services.jobs()),
                services.tickets(),
                services.hosts());
        routes.get("/projects/new", projects::gallery, OWNER);
        routes.post("/projects", projects::create, OWNER);
        routes.get("/projects/{name}", projects::show, OWNER);
        routes.get("/projects/{name}/server", projects::panel, OWNER);
        routes.post("/projects/{name}/start", projects::start, OWNER);
        routes.post("/projects/{name}/stop", projects::stop, OWNER);
        routes.post("/projects/{name}/open", projects::open, OWNER);
        routes.get("/projects/{name}/open", projects::comeBack, OWNER);

        ModelPageRoutes models =
                new ModelPageRoutes(pages, services.models(), services.publications(), services.endpoint());
        routes.get("/models/{model}", models::show, OWNER);
        routes.post("/models/{model}/rollback", models::rollback, OWNER);
        routes.post("/models/{model}/production", models::promote, OWNER);

        ConsumerPageRoutes consumers = new ConsumerPageRoutes(pages, services.consumers(), services.models());
        routes.get("/consumers", consumers::list, OWNER);
        routes.post("/consumers", consumers::add, OWNER);
        routes.post("/consumers/{name}/remove", consumers::remove, OWNER);
    }
}
