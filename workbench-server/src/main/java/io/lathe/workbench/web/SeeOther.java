package io.lathe.workbench.web;

import io.javalin.http.Context;

/** Answers a form: the browser fetches the page to look at next, and reloading that page posts nothing again. */
public final class SeeOther {
    private SeeOther() {}

    public static void to(Context ctx, String location) {
        ctx.status(303).header("Location", location);
    }
}
