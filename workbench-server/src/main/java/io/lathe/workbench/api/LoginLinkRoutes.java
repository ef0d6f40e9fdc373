package io.lathe.workbench.api;

import io.javalin.http.Context;
import io.lathe.workbench.access.Hosts;
import io.lathe.workbench.access.LoginLinks;
import io.lathe.workbench.web.Body;
import io.lathe.workbench.web.Gate;

/** Makes login links. */
public final class LoginLinkRoutes {
    public record LoginLinkView(String url, String expiresAt) {}

    private final LoginLinks links;
    private final Hosts hosts;

    public LoginLinkRoutes(LoginLinks links, Hosts hosts) {
        this.links = links;
        this.hosts = hosts;
    }

    public void issue(Context ctx) {
        LoginLinks.LoginLink link = links.issue(Gate.account(ctx).accountId());
        Body.answer(
                ctx,
                201,
                new LoginLinkView(
                        hosts.workbenchOrigin() + "/login?code=" + link.code(),
                        link.expiresAt().toString()));
    }
}
