package io.lathe.workbench.access;

import java.util.Optional;

/** Who is calling. Everything a request may do follows from this value and the route it calls. */
public sealed interface Identity {
    /**
     * The person, by a browser session or, without one, by the launcher's operator token.
     *
     * @param session present when a cookie proved it; unsafe requests then need the session's CSRF token
     */
    record Owner(String accountId, Optional<BrowserSession> session) implements Identity {}

    /** A page on the project's own host name. */
    record ProjectBrowser(ProjectGrant project) implements Identity {}

    /** Code in the project's kernel. */
    record ProjectKernel(ProjectGrant project) implements Identity {}

    /** The serving endpoint that this workbench supervises. */
    record ServingEndpoint() implements Identity {}

    /** Nobody we know. */
    record Nobody() implements Identity {}
}
