package io.lathe.workbench.page;

import io.javalin.http.Context;

/** Answers a form: the browser fetches the page to look at next, and reloading that page posts nothing again. */
final class SeeOther {
    private SeeOther() {}

    static void to(Context ctx, String location) {
        ctx.status(303).header("Location", location);
    }
}
