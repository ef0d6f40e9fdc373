package io.lathe.workbench.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.javalin.security.Roles;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.workbench.access.SameOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One way into the workbench: what is called, who may call it, what answers, and what its document says. What is not such a route is
 * not there.
 *
 * @param path as the framework matches it: {@code {name}} is one segment, {@code <key>} several
 * @param problems what can go wrong beyond what can with every route of its kind
 */
public record Route(
        HandlerType method,
        String path,
        Allow allow,
        Handler handler,
        String summary,
        List<Parameter> parameters,
        Payload request,
        List<Answer> answers,
        List<ProblemCode> problems) {
    public Route {
        parameters = List.copyOf(parameters);
        answers = List.copyOf(answers);
        problems = List.copyOf(problems);
    }

    public static Route get(String path, Allow allow, Handler handler) {
        return of(HandlerType.GET, path, allow, handler);
    }

    public static Route head(String path, Allow allow, Handler handler) {
        return of(HandlerType.HEAD, path, allow, handler);
    }

    public static Route post(String path, Allow allow, Handler handler) {
        return of(HandlerType.POST, path, allow, handler);
    }

    public static Route put(String path, Allow allow, Handler handler) {
        return of(HandlerType.PUT, path, allow, handler);
    }

    public static Route delete(String path, Allow allow, Handler handler) {
        return of(HandlerType.DELETE, path, allow, handler);
    }

    private static Route of(HandlerType method, String path, Allow allow, Handler handler) {
        return new Route(method, path, allow, handler, "", List.of(), new Payload.None(), List.of(), List.of());
    }

    /** The same route with a sentence that says what it does. */
    public Route summary(String words) {
        return new Route(method, path, allow, handler, words, parameters, request, answers, problems);
    }

    public Route with(Parameter... more) {
        return new Route(
                method, path, allow, handler, summary, joined(parameters, List.of(more)), request, answers, problems);
    }

    /** The same route, reading a JSON document into this record. */
    public Route reads(Class<?> type) {
        return reads(new Payload.One(type));
    }

    public Route reads(Payload payload) {
        return new Route(method, path, allow, handler, summary, parameters, payload, answers, problems);
    }

    public Route answers(int status, String words, Payload payload) {
        return new Route(
                method,
                path,
                allow,
                handler,
                summary,
                parameters,
                request,
                joined(answers, List.of(new Answer(status, words, payload))),
                problems);
    }

    public Route answers(int status, String words, Class<?> type) {
        return answers(status, words, new Payload.One(type));
    }

    public Route fails(ProblemCode... more) {
        return new Route(
                method, path, allow, handler, summary, parameters, request, answers, joined(problems, List.of(more)));
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    /** The same route, answered by another handler. */
    public Route handledBy(Handler other) {
        return new Route(method, path, allow, other, summary, parameters, request, answers, problems);
    }

    /** The same route, answering a list in pages. */
    public Route answersPages(String words, Class<?> type) {
        return with(Paging.PARAMETERS.toArray(Parameter[]::new)).answers(200, words, new Payload.Many(type));
    }

    /** The same route, answering a single resource with its tag. */
    public Route answersTagged(String words, Class<?> type) {
        return with(Parameter.header(
                        "If-None-Match", Parameter.Need.OPTIONAL, "", "A tag that is known: 304 when it still holds."))
                .answers(200, words, new Payload.One(type))
                .answers(304, "It is as it was.", new Payload.None());
    }

    /** The same route, changing a resource only when it is what the caller saw. */
    public Route changesTagged() {
        return with(Parameter.header("If-Match", Parameter.Need.OPTIONAL, "", "The ETag that the resource must have."))
                .fails(ProblemCode.PRECONDITION_FAILED);
    }

    /** The method as OpenAPI writes it: {@code get}. */
    public String verb() {
        return method.name().toLowerCase(Locale.ROOT);
    }

    /** Whether its method promises to change nothing. */
    public boolean isSafe() {
        return SameOrigin.isSafe(method.name());
    }

    /** Whether it is part of the documented API, not a page. */
    public boolean isApi() {
        return path.startsWith("/api/");
    }

    /** As {@code GET /api/v1/health}. */
    public String title() {
        return method.name() + " " + path;
    }

    public void install(RoutesConfig routes) {
        routes.addEndpoint(new Endpoint(method, path, handler, Set.of(new Roles(Set.of(allow)))));
    }
}
