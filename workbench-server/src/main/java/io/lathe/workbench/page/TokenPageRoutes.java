package io.lathe.workbench.page;

import io.javalin.http.Context;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import io.lathe.workbench.access.Hosts;
import io.lathe.workbench.access.PersonalToken;
import io.lathe.workbench.access.PersonalTokens;
import io.lathe.workbench.access.Role;
import io.lathe.workbench.access.TokenName;
import io.lathe.workbench.web.Body;
import io.lathe.workbench.web.Gate;
import io.lathe.workbench.web.SeeOther;
import java.time.Instant;
import java.util.Arrays;

/** Tokens with which the person's programs call the API. */
public final class TokenPageRoutes {
    private static final TokensPage.Typed FRESH = new TokensPage.Typed("", Role.DEVELOPER.wireName(), "90");

    private final Pages pages;
    private final PersonalTokens tokens;
    private final Hosts hosts;
    private final Runnable cutTunnels;

    /** @param cutTunnels ends what programs hold open, which would outlive their token */
    public TokenPageRoutes(Pages pages, PersonalTokens tokens, Hosts hosts, Runnable cutTunnels) {
        this.pages = pages;
        this.tokens = tokens;
        this.hosts = hosts;
        this.cutTunnels = cutTunnels;
    }

    public void list(Context ctx) {
        show(ctx, "", "", "", FRESH);
    }

    private void show(Context ctx, String added, String secret, String problem, TokensPage.Typed typed) {
        Instant now = Instant.now();
        pages.show(
                ctx,
                "tokens",
                new TokensPage(
                        pages.frame(ctx, "API tokens", "tokens"),
                        tokens.list(Gate.account(ctx).accountId()).stream()
                                .map(token -> row(token, now))
                                .toList(),
                        Arrays.stream(Role.values())
                                .map(TokenPageRoutes::choice)
                                .toList(),
                        added,
                        secret,
                        problem,
                        typed,
                        hosts.workbenchOrigin()));
    }

    private static TokensPage.Row row(PersonalToken token, Instant now) {
        return new TokensPage.Row(
                token.name().value(),
                token.role().wireName(),
                When.of(token.createdAt()),
                When.of(token.expiresAt()),
                token.lastUsedAt().map(used -> When.of(used).text()).orElse("never"),
                !now.isBefore(token.expiresAt()));
    }

    private static TokensPage.RoleChoice choice(Role role) {
        return new TokensPage.RoleChoice(
                role.wireName(),
                switch (role) {
                    case VIEWER -> "reads everything";
                    case DEVELOPER -> "also makes and runs projects";
                    case MAINTAINER -> "also moves aliases and names consumers";
                    case OWNER -> "also makes tokens and login links";
                });
    }

    /** Answers with the page itself, not with a redirect: the token is shown in this answer and nowhere else. */
    public void add(Context ctx) {
        TokensPage.Typed typed =
                new TokensPage.Typed(Body.form(ctx, "name"), Body.form(ctx, "role"), Body.form(ctx, "days"));
        try {
            PersonalTokens.Issued issued = tokens.issue(
                    Gate.account(ctx).accountId(),
                    new TokenName(typed.name()),
                    Role.parse(typed.role()),
                    days(typed.days()));
            show(ctx.status(201), issued.token().name().value(), issued.secret(), "", FRESH);
        } catch (LatheException e) {
            show(ctx.status(e.code().httpStatus()), "", "", e.getMessage(), typed);
        }
    }

    private static int days(String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "'" + Shown.of(text) + "' is no number of days; choose 1 to " + PersonalTokens.MOST_DAYS + ".");
        }
        return Integer.parseInt(text);
    }

    public void revoke(Context ctx) {
        tokens.revoke(Gate.account(ctx).accountId(), new TokenName(ctx.pathParam("name")), token -> {});
        cutTunnels.run();
        SeeOther.to(ctx, "/tokens");
    }
}
