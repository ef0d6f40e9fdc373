package io.lathe.workbench;

import static io.lathe.workbench.web.Allow.EVERYBODY;
import static io.lathe.workbench.web.Allow.OWNER;
import static io.lathe.workbench.web.Allow.PROJECT;
import static io.lathe.workbench.web.Allow.SERVING_ENDPOINT;

import io.javalin.config.RoutesConfig;
import io.lathe.workbench.api.ConsumerRoutes;
import io.lathe.workbench.api.DatasetRoutes;
import io.lathe.workbench.api.EndpointRoutes;
import io.lathe.workbench.api.HealthRoutes;
import io.lathe.workbench.api.LoginLinkRoutes;
import io.lathe.workbench.api.ModelRoutes;
import io.lathe.workbench.api.ProjectRoutes;
import io.lathe.workbench.api.ProjectScopeRoutes;
import io.lathe.workbench.api.StoreRoutes;
import io.lathe.workbench.notebookserver.NotebookServers;
import io.lathe.workbench.store.ProjectStoreRights;
import io.lathe.workbench.web.LiveFeed;

/** Every way into the workbench, each with who may use it. What is not listed here is not there. */
final class ApiRoutes {
    private ApiRoutes() {}

    static void install(RoutesConfig routes, Services services, NotebookServers servers) {
        LiveFeed feed = new LiveFeed(services.jobs());
        owner(routes, services, servers, feed);
        project(routes, services, feed);
        endpoint(routes, services);
    }

    private static void owner(RoutesConfig routes, Services services, NotebookServers servers, LiveFeed feed) {
        HealthRoutes health = new HealthRoutes(services.hosts(), services.endpoint(), servers);
        routes.get("/api/v1/health", health::health, EVERYBODY);
        routes.get("/api/v1/status", health::status, OWNER);

        LoginLinkRoutes links = new LoginLinkRoutes(services.loginLinks(), services.hosts());
        routes.post("/api/v1/login-links", links::issue, OWNER);

        ProjectRoutes projects = new ProjectRoutes(
                services.projects(), services.templates(), servers, services.tickets(), services.hosts(), feed);
        routes.get("/api/v1/templates", projects::templates, OWNER);
        routes.get("/api/v1/projects", projects::list, OWNER);
        routes.post("/api/v1/projects", projects::create, OWNER);
        routes.get("/api/v1/projects/{name}", projects::show, OWNER);
        routes.post("/api/v1/projects/{name}/server", projects::start, OWNER);
        routes.delete("/api/v1/projects/{name}/server", projects::stop, OWNER);
        routes.get("/api/v1/projects/{name}/server/events", projects::events, OWNER);
        routes.post("/api/v1/projects/{name}/tickets", projects::ticket, OWNER);

        ModelRoutes models = new ModelRoutes(services.models(), services.endpoint());
        routes.get("/api/v1/models", models::list, OWNER);
        routes.get("/api/v1/models/{model}", models::show, OWNER);
        routes.post("/api/v1/models/{model}/rollback", models::rollback, OWNER);
        routes.put("/api/v1/models/{model}/aliases/{alias}", models::point, OWNER);

        ConsumerRoutes consumers = new ConsumerRoutes(services.consumers());
        routes.get("/api/v1/consumers", consumers::list, OWNER);
        routes.post("/api/v1/consumers", consumers::add, OWNER);
        routes.delete("/api/v1/consumers/{name}", consumers::remove, OWNER);

        routes.get("/api/v1/datasets", new DatasetRoutes(services.datasets())::list, OWNER);
    }

    private static void project(RoutesConfig routes, Services services, LiveFeed feed) {
        ProjectScopeRoutes scope = new ProjectScopeRoutes(
                services.projects(),
                services.publications(),
                services.endpoint(),
                services.uploads(),
                services.hosts(),
                feed);
        routes.get("/api/v1/project", scope::show, PROJECT);
        routes.post("/api/v1/project/publications", scope::publish, PROJECT);
        routes.get("/api/v1/project/publications/{id}", scope::publication, PROJECT);
        routes.get("/api/v1/project/publications/{id}/events", scope::events, PROJECT);
        routes.get("/api/v1/project/datasets", new DatasetRoutes(services.datasets())::list, PROJECT);
        routes.get("/api/v1/project/models", new ModelRoutes(services.models(), services.endpoint())::list, PROJECT);

        StoreRoutes store =
                new StoreRoutes(services.store(), new ProjectStoreRights(services.datasets()), services.uploads());
        routes.get("/api/v1/project/store/objects/<key>", store::read, PROJECT);
        routes.head("/api/v1/project/store/objects/<key>", store::read, PROJECT);
        routes.put("/api/v1/project/store/objects/<key>", store::write, PROJECT);
        routes.get("/api/v1/project/store/list", store::list, PROJECT);
    }

    private static void endpoint(RoutesConfig routes, Services services) {
        EndpointRoutes endpoint = new EndpointRoutes(services.routeDocuments(), services.store());
        routes.get("/api/v1/routes", endpoint::routes, SERVING_ENDPOINT);
        routes.get("/api/v1/bundles/{sha256}", endpoint::bundle, SERVING_ENDPOINT);
    }
}
