package io.lathe.workbench;

import static io.lathe.workbench.web.Allow.DEVELOPER;
import static io.lathe.workbench.web.Allow.EVERYBODY;
import static io.lathe.workbench.web.Allow.MAINTAINER;
import static io.lathe.workbench.web.Allow.OWNER;
import static io.lathe.workbench.web.Allow.PROJECT;
import static io.lathe.workbench.web.Allow.SERVING_ENDPOINT;
import static io.lathe.workbench.web.Allow.VIEWER;
import static io.lathe.workbench.web.Route.delete;
import static io.lathe.workbench.web.Route.get;
import static io.lathe.workbench.web.Route.head;
import static io.lathe.workbench.web.Route.post;
import static io.lathe.workbench.web.Route.put;

import io.javalin.http.HandlerType;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.store.ObjectKey;
import io.lathe.workbench.access.TokenName;
import io.lathe.workbench.api.ConsumerRoutes;
import io.lathe.workbench.api.DatasetRoutes;
import io.lathe.workbench.api.EndpointRoutes;
import io.lathe.workbench.api.HealthRoutes;
import io.lathe.workbench.api.LoginLinkRoutes;
import io.lathe.workbench.api.ModelRoutes;
import io.lathe.workbench.api.ProjectRoutes;
import io.lathe.workbench.api.ProjectScopeRoutes;
import io.lathe.workbench.api.PublicationRoutes;
import io.lathe.workbench.api.PublicationView;
import io.lathe.workbench.api.StoreRoutes;
import io.lathe.workbench.api.TokenRoutes;
import io.lathe.workbench.notebookserver.NotebookServers;
import io.lathe.workbench.openapi.OpenApi;
import io.lathe.workbench.project.ProjectName;
import io.lathe.workbench.registry.ModelName;
import io.lathe.workbench.registry.Promotions;
import io.lathe.workbench.route.RouteDocument;
import io.lathe.workbench.serving.ConsumerName;
import io.lathe.workbench.web.Gate;
import io.lathe.workbench.web.KeptAnswers;
import io.lathe.workbench.web.LiveFeed;
import io.lathe.workbench.web.Parameter;
import io.lathe.workbench.web.Parameter.Need;
import io.lathe.workbench.web.Parameter.Values;
import io.lathe.workbench.web.Payload;
import io.lathe.workbench.web.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The API as a table: every way in for programs, each with who may use it and what its document says. What is not here is not there. */
final class ApiRoutes {
    private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    private static final Parameter PROJECT_NAME =
            Parameter.path("name", ProjectName.PATTERN, "penguins", "A project's name.");
    private static final Parameter MODEL_NAME =
            Parameter.path("model", ModelName.PATTERN, "penguins", "A model's name.");
    private static final Parameter CONSUMER_NAME =
            Parameter.path("name", ConsumerName.PATTERN, "web", "A consumer's name.");
    private static final Parameter TOKEN_NAME = Parameter.path("name", TokenName.PATTERN, "laptop", "A token's name.");
    private static final Parameter PUBLICATION_ID =
            Parameter.path("id", UUID, "00000000-0000-4000-8000-000000000000", "A publication's id.");
    private static final Parameter STORE_KEY =
            Parameter.path("key", ObjectKey.PATTERN, "refs/datasets/penguins.json", "A key of the object store.");
    private static final Parameter LAST_EVENT = Parameter.header(
            "Last-Event-ID",
            Need.OPTIONAL,
            new Values.Text(LiveFeed.NUMBER, "3"),
            "Number of the last event that was seen; what follows it is sent.");
    private static final Parameter EVENTS_AFTER = Parameter.query(
            "after",
            Need.OPTIONAL,
            new Values.Whole(0, Integer.MAX_VALUE),
            "As Last-Event-ID, for who cannot send headers.");

    private ApiRoutes() {}

    /** The API: its routes and the document of them all. */
    record Api(List<Route> routes, OpenApi document) {}

    /** @param cutTunnels ends what those hold open who are not signed in any more */
    static Api of(Services services, NotebookServers servers, Gate gate, Runnable cutTunnels) {
        LiveFeed feed = new LiveFeed(services.jobs(), gate::holds);
        List<Route> routes = new ArrayList<>();
        routes.addAll(workbench(services, servers, cutTunnels));
        routes.addAll(projects(services, servers, feed));
        routes.addAll(models(services));
        routes.addAll(project(services, feed));
        routes.addAll(store(services));
        routes.addAll(endpoint(services));
        return documented(routes, services.keptAnswers());
    }

    /** The routes and the one that answers the document of them all, itself too. */
    private static Api documented(List<Route> routes, KeptAnswers answers) {
        AtomicReference<OpenApi> document = new AtomicReference<>();
        routes.add(get(
                        "/api/v1/openapi.json",
                        VIEWER,
                        ctx -> ctx.contentType("application/json")
                                .result(document.get().document()))
                .summary("This document.")
                .answers(200, "OpenAPI 3.1.", new Payload.Document()));
        List<Route> all = routes.stream()
                .map(route -> isOnceByKey(route) ? answers.once(route) : route)
                .toList();
        OpenApi whole = new OpenApi(all);
        document.set(whole);
        return new Api(all, whole);
    }

    /** A publication's body is too big to be compared; it has a key of its own. */
    private static boolean isOnceByKey(Route route) {
        return route.method().equals(HandlerType.POST) && !(route.request() instanceof Payload.Bytes);
    }

    private static List<Route> workbench(Services services, NotebookServers servers, Runnable cutTunnels) {
        HealthRoutes health = new HealthRoutes(services.hosts(), services.endpoint(), servers);
        LoginLinkRoutes links = new LoginLinkRoutes(services.loginLinks(), services.hosts());
        TokenRoutes tokens = new TokenRoutes(services.personalTokens(), cutTunnels);
        return List.of(
                get("/api/v1/health", EVERYBODY, health::health)
                        .summary("Whether the workbench answers.")
                        .answers(200, "It does.", HealthRoutes.Health.class),
                get("/api/v1/status", VIEWER, health::status)
                        .summary("What runs: the workbench, the serving endpoint, the notebook servers.")
                        .answers(200, "What runs now.", HealthRoutes.Status.class),
                post("/api/v1/login-links", OWNER, links::issue)
                        .summary("Makes a link that logs one browser in, within ten minutes.")
                        .answers(
                                201,
                                "The link; it is shown only here.",
                                new Payload.Secret(LoginLinkRoutes.LoginLinkView.class)),
                get("/api/v1/tokens", OWNER, tokens::list)
                        .summary("The personal tokens that were not revoked, by name.")
                        .answersPages("Tokens, without their secrets.", TokenRoutes.TokenView.class),
                post("/api/v1/tokens", OWNER, tokens::add)
                        .summary("Makes a personal token.")
                        .reads(TokenRoutes.NewToken.class)
                        .answers(
                                201,
                                "The token; its secret is shown only here.",
                                new Payload.Secret(TokenRoutes.IssuedToken.class))
                        .fails(ProblemCode.NAME_TAKEN, ProblemCode.LIMIT_REACHED),
                get("/api/v1/tokens/{name}", OWNER, tokens::show)
                        .summary("One personal token.")
                        .with(TOKEN_NAME)
                        .answersTagged("The token, without its secret.", TokenRoutes.TokenView.class),
                delete("/api/v1/tokens/{name}", OWNER, tokens::revoke)
                        .changesTagged()
                        .summary("Revokes a personal token; it is refused from then on.")
                        .with(TOKEN_NAME)
                        .answers(204, "Revoked.", new Payload.None()));
    }

    private static List<Route> projects(Services services, NotebookServers servers, LiveFeed feed) {
        ProjectRoutes projects = new ProjectRoutes(
                services.projects(), services.templates(), servers, services.tickets(), services.hosts(), feed);
        return List.of(
                get("/api/v1/templates", VIEWER, projects::templates)
                        .summary("What a project can be made from.")
                        .answersPages("Templates by name.", ProjectRoutes.TemplateView.class),
                get("/api/v1/projects", VIEWER, projects::list)
                        .summary("The projects.")
                        .answersPages("Projects by name.", ProjectRoutes.ProjectView.class),
                post("/api/v1/projects", DEVELOPER, projects::create)
                        .summary("Makes a project from a template.")
                        .reads(ProjectRoutes.NewProject.class)
                        .answers(201, "The project.", ProjectRoutes.ProjectView.class)
                        .fails(ProblemCode.NOT_FOUND, ProblemCode.NAME_TAKEN, ProblemCode.UNAVAILABLE),
                get("/api/v1/projects/{name}", VIEWER, projects::show)
                        .summary("One project and its notebook server.")
                        .with(PROJECT_NAME)
                        .answersTagged("The project.", ProjectRoutes.ProjectView.class),
                post("/api/v1/projects/{name}/server", DEVELOPER, projects::start)
                        .summary("Starts the project's notebook server; one that runs already is answered.")
                        .with(PROJECT_NAME)
                        .answers(202, "The server; its events tell the rest.", ProjectRoutes.ServerView.class)
                        .fails(ProblemCode.CONFLICT, ProblemCode.UNAVAILABLE),
                delete("/api/v1/projects/{name}/server", DEVELOPER, projects::stop)
                        .changesTagged()
                        .summary("Begins to stop the project's notebook server.")
                        .with(PROJECT_NAME)
                        .answers(202, "The server; its events tell the rest.", ProjectRoutes.ServerView.class),
                get("/api/v1/projects/{name}/server/events", VIEWER, projects::events)
                        .summary("What happens to the newest notebook server, from its start on.")
                        .with(PROJECT_NAME, LAST_EVENT, EVENTS_AFTER)
                        .answers(200, "Events 'phase', then 'end'.", new Payload.Events())
                        .fails(ProblemCode.UNAVAILABLE),
                post("/api/v1/projects/{name}/tickets", DEVELOPER, projects::ticket)
                        .summary("Makes a link into the project's JupyterLab: one use, 30 seconds.")
                        .with(PROJECT_NAME)
                        .answers(
                                201,
                                "The link; it is shown only here.",
                                new Payload.Secret(ProjectRoutes.TicketView.class))
                        .fails(ProblemCode.TOO_MANY_REQUESTS));
    }

    private static List<Route> models(Services services) {
        ModelRoutes models = new ModelRoutes(services.models(), services.promotions(), services.endpoint());
        ConsumerRoutes consumers = new ConsumerRoutes(services.consumers());
        DatasetRoutes datasets = new DatasetRoutes(services.datasets(), services.storeRights());
        PublicationRoutes publications =
                new PublicationRoutes(services.publications(), services.endpoint(), services.hosts());
        return List.of(
                get("/api/v1/publications/{id}", VIEWER, publications::show)
                        .summary("One publication of any project.")
                        .with(PUBLICATION_ID)
                        .answers(200, "How far it is.", PublicationView.class),
                delete("/api/v1/publications/{id}", DEVELOPER, publications::cancel)
                        .summary("Cancels a publication whose version is not in production yet.")
                        .with(PUBLICATION_ID)
                        .answers(202, "It ends as soon as it can.", PublicationView.class)
                        .fails(ProblemCode.CONFLICT),
                get("/api/v1/models", VIEWER, models::list)
                        .summary("The models.")
                        .answersPages("Models by name.", ModelRoutes.ModelSummaryView.class),
                get("/api/v1/models/{model}", VIEWER, models::show)
                        .summary("One model with its versions, newest first.")
                        .with(MODEL_NAME)
                        .answersTagged("The model.", ModelRoutes.ModelView.class),
                post("/api/v1/models/{model}/rollback", MAINTAINER, models::rollback)
                        .changesTagged()
                        .summary("Puts the version back in production that was there before the present one.")
                        .with(MODEL_NAME)
                        .answers(200, "Where the alias went.", ModelRoutes.AliasMoveView.class)
                        .fails(ProblemCode.CONFLICT),
                put("/api/v1/models/{model}/aliases/{alias}", MAINTAINER, models::point)
                        .changesTagged()
                        .summary("Points an alias at a version.")
                        .with(MODEL_NAME)
                        .with(Parameter.path("alias", "production|candidate", "production", "An alias."))
                        .reads(ModelRoutes.AliasTarget.class)
                        .answers(200, "Where the alias went.", ModelRoutes.AliasMoveView.class)
                        .fails(ProblemCode.CONFLICT, ProblemCode.TIMEOUT),
                post("/api/v1/models/{model}/candidate/promote", MAINTAINER, models::promote)
                        .changesTagged()
                        .summary("Puts the held candidate in production all the same.")
                        .with(MODEL_NAME)
                        .reads(ModelRoutes.CandidatePromotion.class)
                        .answers(200, "Where the alias went.", ModelRoutes.AliasMoveView.class)
                        .fails(ProblemCode.CONFLICT, ProblemCode.TIMEOUT),
                post("/api/v1/models/{model}/candidate/reject", MAINTAINER, models::reject)
                        .changesTagged()
                        .summary("Takes the held candidate out of the way; production is as it was.")
                        .with(MODEL_NAME)
                        .reads(ModelRoutes.CandidateRejection.class)
                        .answers(200, "Which version was rejected.", ModelRoutes.RejectedCandidate.class)
                        .fails(ProblemCode.CONFLICT),
                delete("/api/v1/models/{model}/versions/{version}", MAINTAINER, models::retire)
                        .changesTagged()
                        .summary("Retires a version that no alias points at; it is served no more.")
                        .with(
                                MODEL_NAME,
                                Parameter.path("version", "[1-9][0-9]{0,8}", "1", "A version's number."),
                                Parameter.query(
                                        "reason",
                                        Need.REQUIRED,
                                        new Values.Text(Promotions.REASON, "too old"),
                                        "Why; it is kept."))
                        .answers(204, "Retired.", new Payload.None())
                        .fails(ProblemCode.CONFLICT),
                get("/api/v1/consumers", VIEWER, consumers::list)
                        .summary("The programs that may call models.")
                        .answersPages("Consumers by name, without their tokens.", ConsumerRoutes.ConsumerView.class),
                post("/api/v1/consumers", MAINTAINER, consumers::add)
                        .summary("Lets a program call models.")
                        .reads(ConsumerRoutes.NewConsumer.class)
                        .answers(
                                201,
                                "The consumer; its token is shown only here.",
                                new Payload.Secret(ConsumerRoutes.AddedConsumer.class))
                        .fails(ProblemCode.NOT_FOUND, ProblemCode.NAME_TAKEN, ProblemCode.LIMIT_REACHED),
                delete("/api/v1/consumers/{name}", MAINTAINER, consumers::remove)
                        .summary("Removes a consumer; its token is refused from then on.")
                        .with(CONSUMER_NAME)
                        .answers(204, "Removed.", new Payload.None()),
                get("/api/v1/datasets", VIEWER, datasets::list)
                        .summary("The datasets with their versions.")
                        .answersPages("Datasets by name.", DatasetRoutes.DatasetView.class));
    }

    private static List<Route> project(Services services, LiveFeed feed) {
        ProjectScopeRoutes scope = new ProjectScopeRoutes(
                services.projects(),
                services.publications(),
                services.endpoint(),
                services.uploads(),
                services.storeRights(),
                services.hosts(),
                feed);
        ModelRoutes models = new ModelRoutes(services.models(), services.promotions(), services.endpoint());
        DatasetRoutes datasets = new DatasetRoutes(services.datasets(), services.storeRights());
        return List.of(
                get("/api/v1/project", PROJECT, scope::show)
                        .summary("The project that this token or page belongs to.")
                        .answers(200, "The project.", ProjectScopeRoutes.OwnProject.class),
                get("/api/v1/project/datasets", PROJECT, datasets::list)
                        .summary("The datasets this project may read.")
                        .answersPages("Datasets by name.", DatasetRoutes.DatasetView.class),
                get("/api/v1/project/models", PROJECT, models::list)
                        .summary("The models.")
                        .answersPages("Models by name.", ModelRoutes.ModelSummaryView.class),
                post("/api/v1/project/publications", PROJECT, scope::publish)
                        .summary("Publishes a model: uploads its bundle, which is then verified, judged and deployed.")
                        .with(
                                Parameter.query(
                                        "model",
                                        Need.REQUIRED,
                                        new Values.Text(ModelName.PATTERN, "penguins"),
                                        "The model's name."),
                                Parameter.query(
                                        "evaluateOn",
                                        Need.REQUIRED,
                                        new Values.Text(
                                                "[a-z][a-z0-9_-]{0,62}(@(v[1-9][0-9]{0,8}|latest|[a-uw-z][a-z0-9._-]{0,62}))?",
                                                "penguins-test@v1"),
                                        "The dataset version to judge it on."),
                                Parameter.header(
                                        "Idempotency-Key",
                                        Need.OPTIONAL,
                                        new Values.Text(UUID, "00000000-0000-4000-8000-000000000000"),
                                        "A fresh lower-case UUID. It becomes the publication's id, so that it can be asked for when the answer was lost."))
                        .reads(new Payload.Bytes("application/zip"))
                        .answers(202, "The publication has begun.", ProjectScopeRoutes.SubmittedPublication.class)
                        .fails(
                                ProblemCode.NOT_FOUND,
                                ProblemCode.NAME_TAKEN,
                                ProblemCode.KEY_REUSED,
                                ProblemCode.TOO_LARGE,
                                ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                                ProblemCode.TOO_MANY_REQUESTS,
                                ProblemCode.UNAVAILABLE,
                                ProblemCode.TIMEOUT,
                                ProblemCode.INSUFFICIENT_STORAGE),
                get("/api/v1/project/publications/{id}", PROJECT, scope::publication)
                        .summary("One publication of this project.")
                        .with(PUBLICATION_ID)
                        .answers(200, "How far it is.", PublicationView.class),
                delete("/api/v1/project/publications/{id}", PROJECT, scope::cancel)
                        .summary("Cancels a publication whose version is not in production yet.")
                        .with(PUBLICATION_ID)
                        .answers(202, "It ends as soon as it can.", PublicationView.class)
                        .fails(ProblemCode.CONFLICT),
                get("/api/v1/project/publications/{id}/events", PROJECT, scope::events)
                        .summary("What happens to a publication, from its start on.")
                        .with(PUBLICATION_ID, LAST_EVENT, EVENTS_AFTER)
                        .answers(200, "Events 'step', then 'end'.", new Payload.Events())
                        .fails(ProblemCode.UNAVAILABLE));
    }

    private static List<Route> store(Services services) {
        StoreRoutes store = new StoreRoutes(
                services.store(),
                ctx -> services.storeRights().of(Gate.project(ctx).ownerId()),
                services.uploads(),
                ctx -> Gate.project(ctx).projectId());
        Payload bytes = new Payload.Bytes("application/octet-stream");
        Parameter range = Parameter.header("Range", Need.OPTIONAL, "bytes=0-99", "The part that is wanted.");
        return List.of(
                get("/api/v1/project/store/objects/<key>", PROJECT, store::read)
                        .summary("Reads an object of the store.")
                        .with(STORE_KEY, range)
                        .answers(200, "All of it.", bytes)
                        .answers(206, "The part that was asked for.", bytes)
                        .fails(ProblemCode.RANGE_NOT_SATISFIABLE),
                head("/api/v1/project/store/objects/<key>", PROJECT, store::read)
                        .summary("Whether an object is there, and how long it is.")
                        .with(STORE_KEY, range)
                        .answers(200, "It is there.", new Payload.None())
                        .answers(206, "The part is there.", new Payload.None())
                        .fails(ProblemCode.RANGE_NOT_SATISFIABLE),
                put("/api/v1/project/store/objects/<key>", PROJECT, store::write)
                        .summary("Writes an object once, or moves a reference from the state that is expected.")
                        .with(
                                STORE_KEY,
                                Parameter.header("If-None-Match", Need.OPTIONAL, "*", "For what is new."),
                                Parameter.header(
                                        "If-Match", Need.OPTIONAL, "\"5d41402abc4b2a76\"", "The tag a reference had."))
                        .reads(bytes)
                        .answers(201, "It is new.", new Payload.None())
                        .answers(200, "It has moved.", new Payload.None())
                        .fails(
                                ProblemCode.PRECONDITION_FAILED,
                                ProblemCode.PRECONDITION_REQUIRED,
                                ProblemCode.CONFLICT,
                                ProblemCode.TIMEOUT,
                                ProblemCode.TOO_LARGE,
                                ProblemCode.UNAVAILABLE),
                get("/api/v1/project/store/list", PROJECT, store::list)
                        .summary("Keys of the store in order.")
                        .with(
                                Parameter.query(
                                        "prefix", Need.OPTIONAL, new Values.Text("", "refs/"), "What keys start with."),
                                Parameter.query(
                                        "after", Need.OPTIONAL, new Values.Text("", ""), "The last key that was seen."),
                                Parameter.query(
                                        "limit", Need.OPTIONAL, new Values.Whole(1, 1_000), "Most keys of one answer."))
                        .answers(200, "Keys.", StoreRoutes.StoreKeys.class));
    }

    private static List<Route> endpoint(Services services) {
        EndpointRoutes endpoint = new EndpointRoutes(services.routeDocuments(), services.store());
        return List.of(
                get("/api/v1/routes", SERVING_ENDPOINT, endpoint::routes)
                        .summary("What the serving endpoint should serve, as soon as it is newer than what it knows.")
                        .with(
                                Parameter.query(
                                        "after",
                                        Need.OPTIONAL,
                                        new Values.Whole(-1, Integer.MAX_VALUE),
                                        "The number it knows."),
                                Parameter.query("wait", Need.OPTIONAL, new Values.Whole(0, 30), "Seconds to wait."))
                        .answers(200, "The route document.", RouteDocument.class)
                        .answers(304, "Nothing newer.", new Payload.None()),
                get("/api/v1/bundles/{sha256}", SERVING_ENDPOINT, endpoint::bundle)
                        .summary("A model version's bundle.")
                        .with(Parameter.path("sha256", "[0-9a-f]{64}", "0".repeat(64), "A bundle's id."))
                        .answers(200, "The bundle.", new Payload.Bytes("application/zip")));
    }
}
