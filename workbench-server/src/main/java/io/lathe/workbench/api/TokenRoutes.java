package io.lathe.workbench.api;

import io.javalin.http.Context;
import io.lathe.workbench.access.PersonalToken;
import io.lathe.workbench.access.PersonalTokens;
import io.lathe.workbench.access.Role;
import io.lathe.workbench.access.TokenName;
import io.lathe.workbench.web.Body;
import io.lathe.workbench.web.Field;
import io.lathe.workbench.web.Gate;
import io.lathe.workbench.web.Paging;
import io.lathe.workbench.web.Parameter.Need;
import io.lathe.workbench.web.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Personal tokens: programs that act for a person. */
public final class TokenRoutes {
    private static final int DAYS = 90;

    public record NewToken(
            @Field(need = Need.REQUIRED, pattern = TokenName.PATTERN, example = "\"laptop\"") @Nullable
            String name,

            @Field(need = Need.OPTIONAL, pattern = "viewer|developer|maintainer|owner", example = "\"developer\"")
            @Nullable
            String role,

            @Field(need = Need.OPTIONAL, least = 1, most = PersonalTokens.MOST_DAYS, example = "90") @Nullable
            Integer days) {}

    public record TokenView(String name, String role, String createdAt, String expiresAt, Optional<String> lastUsedAt) {
        static TokenView of(PersonalToken token) {
            return new TokenView(
                    token.name().value(),
                    token.role().wireName(),
                    token.createdAt().toString(),
                    token.expiresAt().toString(),
                    token.lastUsedAt().map(Object::toString));
        }
    }

    public record IssuedToken(String name, String role, String createdAt, String expiresAt, String token) {}

    private final PersonalTokens tokens;
    private final Runnable cutTunnels;

    /** @param cutTunnels ends what programs hold open, which would outlive their token */
    public TokenRoutes(PersonalTokens tokens, Runnable cutTunnels) {
        this.tokens = tokens;
        this.cutTunnels = cutTunnels;
    }

    public void list(Context ctx) {
        Paging.answer(
                ctx,
                tokens.list(Gate.account(ctx).accountId()),
                token -> token.name().value(),
                TokenView::of);
    }

    public void show(Context ctx) {
        Tag.answer(ctx, TokenView.of(tokens.load(Gate.account(ctx).accountId(), name(ctx))));
    }

    public void add(Context ctx) {
        NewToken wanted = Body.read(ctx, NewToken.class);
        String role = wanted.role();
        Integer days = wanted.days();
        PersonalTokens.Issued issued = tokens.issue(
                Gate.account(ctx).accountId(),
                new TokenName(Body.require(wanted.name(), "name")),
                role == null ? Role.DEVELOPER : Role.parse(role),
                days == null ? DAYS : days);
        TokenView view = TokenView.of(issued.token());
        Body.answer(
                ctx,
                201,
                new IssuedToken(view.name(), view.role(), view.createdAt(), view.expiresAt(), issued.secret()));
    }

    public void revoke(Context ctx) {
        String accountId = Gate.account(ctx).accountId();
        TokenName name = name(ctx);
        tokens.revoke(accountId, name, Tag.expected(ctx, TokenView::of));
        cutTunnels.run();
        ctx.status(204);
    }

    private static TokenName name(Context ctx) {
        return new TokenName(ctx.pathParam("name"));
    }
}
