package io.lathe.workbench.web;

import io.javalin.security.RouteRole;
import io.lathe.workbench.access.Identity;
import io.lathe.workbench.access.Role;
import java.util.Optional;

/** Who may call a route. A route that names none may be called by nobody. */
public enum Allow implements RouteRole {
    EVERYBODY,
    /** An account's role, or one that includes it. */
    VIEWER,
    DEVELOPER,
    MAINTAINER,
    OWNER,
    /** A project's kernel, its pages, or a program with a personal token on its host name. */
    PROJECT,
    SERVING_ENDPOINT;

    boolean admits(Identity identity) {
        return switch (this) {
            case EVERYBODY -> true;
            case VIEWER, DEVELOPER, MAINTAINER, OWNER ->
                identity instanceof Identity.Account account
                        && role().filter(account.role()::includes).isPresent();
            case PROJECT ->
                switch (identity) {
                    case Identity.ProjectBrowser browser -> true;
                    case Identity.ProjectKernel kernel -> true;
                    case Identity.ProjectProgram program -> true;
                    default -> false;
                };
            case SERVING_ENDPOINT -> identity instanceof Identity.ServingEndpoint;
        };
    }

    /** The least role of an account that may call; empty when no account may. */
    public Optional<Role> role() {
        return switch (this) {
            case VIEWER -> Optional.of(Role.VIEWER);
            case DEVELOPER -> Optional.of(Role.DEVELOPER);
            case MAINTAINER -> Optional.of(Role.MAINTAINER);
            case OWNER -> Optional.of(Role.OWNER);
            case EVERYBODY, PROJECT, SERVING_ENDPOINT -> Optional.empty();
        };
    }
}
