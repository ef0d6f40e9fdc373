package io.lathe.workbench.access;

/** What proved that a request comes from an account. */
public sealed interface Proof {
    /** A browser's cookie; unsafe requests then need the session's CSRF token. */
    record Session(BrowserSession session) implements Proof {}

    /** The operator's token, which the launcher reads from the data folder. */
    record Operator() implements Proof {}

    /** A personal token. */
    record Token(String tokenId) implements Proof {}
}
