package io.lathe.workbench.access;

import java.util.Optional;

/** Who is calling. Everything a request may do follows from this value and the route it calls. */
public sealed interface Identity {
    /**
     * A person, in the browser or through a program.
     *
     * @param role the most that what proved it may do
     */
    record Account(String accountId, Role role, Proof proof) implements Identity {
        /** Present when a cookie proved it; unsafe requests then need the session's CSRF token. */
        public Optional<BrowserSession> session() {
            return proof instanceof Proof.Session(BrowserSession session) ? Optional.of(session) : Optional.empty();
        }
    }

    /** A page on the project's own host name. */
    record ProjectBrowser(ProjectGrant project) implements Identity {}

    /** Code in the project's kernel. */
    record ProjectKernel(ProjectGrant project) implements Identity {}

    /** A program outside, as a stock Jupyter client, by a personal token of the project's owner. */
    record ProjectProgram(ProjectGrant project) implements Identity {}

    /** The serving endpoint that this workbench supervises. */
    record ServingEndpoint() implements Identity {}

    /** Nobody we know. */
    record Nobody() implements Identity {}
}
