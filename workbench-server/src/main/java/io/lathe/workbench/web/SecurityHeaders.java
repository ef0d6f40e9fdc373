package io.lathe.workbench.web;

import io.javalin.http.Context;
import io.lathe.workbench.access.Hosts;

/** Tells browsers what pages of the workbench may do: run its own scripts, talk to it, and nothing else. */
public final class SecurityHeaders {
    private final Hosts hosts;

    public SecurityHeaders(Hosts hosts) {
        this.hosts = hosts;
    }

    public void add(Context ctx) {
        // A form that opens a notebook ends, by redirect, on the project's host name; Chromium applies form-action to
        // that too.
        ctx.header(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
                        + "frame-ancestors 'none'; form-action 'self' " + hosts.projectOrigins());
        ctx.header("X-Content-Type-Options", "nosniff");
        // Not "no-referrer": with it browsers send "Origin: null" with every form, and the origin check needs the real
        // one.
        ctx.header("Referrer-Policy", "same-origin");
        ctx.header("Cross-Origin-Opener-Policy", "same-origin");
        ctx.header("Cross-Origin-Resource-Policy", "same-origin");
        ctx.header("Cache-Control", "no-store");
    }
}
