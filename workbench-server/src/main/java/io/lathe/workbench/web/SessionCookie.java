package io.lathe.workbench.web;

import io.javalin.http.Context;
import io.lathe.workbench.access.Sessions;

/**
 * The cookie of a logged-in browser. It has no domain, so no project's host name ever receives it, and no {@code Secure}, since the
 * workbench speaks HTTP on loopback only.
 */
public final class SessionCookie {
    private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Lax; Max-Age=";

    private SessionCookie() {}

    public static void set(Context ctx, String value) {
        ctx.res().addHeader("Set-Cookie", Sessions.COOKIE + "=" + value + ATTRIBUTES + Sessions.LIFETIME.toSeconds());
    }

    public static void clear(Context ctx) {
        ctx.res().addHeader("Set-Cookie", Sessions.COOKIE + "=" + ATTRIBUTES + 0);
    }
}
