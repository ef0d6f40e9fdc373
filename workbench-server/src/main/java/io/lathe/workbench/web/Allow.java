package io.lathe.workbench.web;

import io.javalin.security.RouteRole;
import io.lathe.workbench.access.Identity;

/** Who may call a route. A route that names none may be called by nobody. */
public enum Allow implements RouteRole {
    EVERYBODY,
    OWNER,
    PROJECT,
    SERVING_ENDPOINT;

    boolean admits(Identity identity) {
        return switch (this) {
            case EVERYBODY -> true;
            case OWNER -> identity instanceof Identity.Owner;
            case PROJECT -> identity instanceof Identity.ProjectBrowser || identity instanceof Identity.ProjectKernel;
            case SERVING_ENDPOINT -> identity instanceof Identity.ServingEndpoint;
        };
    }
}
