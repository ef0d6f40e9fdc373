package io.lathe.workbench.page;

import io.javalin.http.Context;
import io.lathe.workbench.access.BrowserSession;
import io.lathe.workbench.access.LoginLinks;
import io.lathe.workbench.access.Sessions;
import io.lathe.workbench.web.Gate;
import io.lathe.workbench.web.SeeOther;
import io.lathe.workbench.web.SessionCookie;
import java.util.Optional;

/** Logging a browser in and out. */
public final class LoginRoutes {
    private final Pages pages;
    private final LoginLinks links;
    private final Sessions sessions;
    private final Runnable cutTunnels;

    /** @param cutTunnels ends what the browser holds open, which would outlive its session */
    public LoginRoutes(Pages pages, LoginLinks links, Sessions sessions, Runnable cutTunnels) {
        this.pages = pages;
        this.links = links;
        this.sessions = sessions;
        this.cutTunnels = cutTunnels;
    }

    /** Shows the button; programs that only look at links, as mail scanners do, use nothing up. */
    public void show(Context ctx) {
        Frame frame = pages.frame(ctx, "Log in", "");
        String code = ctx.queryParam("code");
        if (code == null || code.isEmpty()) {
            pages.show(ctx, "login", LoginPage.none(frame));
        } else if (links.isUsable(code)) {
            pages.show(ctx, "login", LoginPage.usable(frame, code));
        } else {
            pages.show(ctx.status(410), "login", LoginPage.refused(frame));
        }
    }

    public void logIn(Context ctx) {
        String code = ctx.formParam("code");
        Optional<String> owner = code == null ? Optional.empty() : links.redeem(code);
        if (owner.isPresent()) {
            SessionCookie.set(ctx, sessions.open(owner.get()));
            SeeOther.to(ctx, "/");
        } else {
            pages.show(ctx.status(410), "login", LoginPage.refused(pages.frame(ctx, "Log in", "")));
        }
    }

    public void logOut(Context ctx) {
        Optional<BrowserSession> session = Gate.account(ctx).session();
        session.ifPresent(sessions::close);
        cutTunnels.run();
        SessionCookie.clear(ctx);
        SeeOther.to(ctx, "/login");
    }
}
