package io.lathe.workbench.access;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what a request carries into an {@link Identity}. Thread-safe. */
public final class Authenticator {
    private static final String BEARER = "Bearer ";

    private final String ownerId;
    private final SecretFile operatorToken;
    private final SecretFile servingToken;
    private final Sessions sessions;
    private final ProjectSessions projectSessions;
    private final ProjectTokens projectTokens;

    public Authenticator(
            String ownerId,
            SecretFile operatorToken,
            SecretFile servingToken,
            Sessions sessions,
            ProjectSessions projectSessions,
            ProjectTokens projectTokens) {
        this.ownerId = ownerId;
        this.operatorToken = operatorToken;
        this.servingToken = servingToken;
        this.sessions = sessions;
        this.projectSessions = projectSessions;
        this.projectTokens = projectTokens;
    }

    /**
     * Who is calling.
     *
     * @param host what the request's {@code Host} resolved to
     * @param authorization the {@code Authorization} header; when it is there, cookies count for nothing
     * @param cookies every value of the cookie that counts on this host: {@link Sessions#COOKIE} or {@link ProjectSessions#COOKIE}
     */
    public Identity identify(Hosts.Host host, @Nullable String authorization, List<String> cookies) {
        return switch (host) {
            case Hosts.Host.Workbench() ->
                authorization == null ? browser(cookies) : bearer(authorization).orElseGet(Identity.Nobody::new);
            case Hosts.Host.OfProject(String project) ->
                authorization == null
                        ? projectBrowser(project, cookies)
                        : kernel(authorization)
                                .filter(kernel -> kernel.project().project().equals(project))
                                .<Identity>map(kernel -> kernel)
                                .orElseGet(Identity.Nobody::new);
            case Hosts.Host.Unknown() -> new Identity.Nobody();
        };
    }

    private Identity browser(List<String> cookies) {
        return sessions.authenticate(cookies)
                .<Identity>map(session -> new Identity.Owner(session.ownerId(), Optional.of(session)))
                .orElseGet(Identity.Nobody::new);
    }

    private Identity projectBrowser(String project, List<String> cookies) {
        return projectSessions
                .authenticate(project, cookies)
                .<Identity>map(Identity.ProjectBrowser::new)
                .orElseGet(Identity.Nobody::new);
    }

    private Optional<Identity> bearer(String authorization) {
        Optional<String> token = token(authorization);
        if (token.filter(operatorToken::matches).isPresent()) {
            return Optional.of(new Identity.Owner(ownerId, Optional.empty()));
        }
        if (token.filter(servingToken::matches).isPresent()) {
            return Optional.of(new Identity.ServingEndpoint());
        }
        return kernel(authorization).map(kernel -> kernel);
    }

    private Optional<Identity.ProjectKernel> kernel(String authorization) {
        return token(authorization).flatMap(projectTokens::find).map(Identity.ProjectKernel::new);
    }

    private static Optional<String> token(String authorization) {
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length()) && authorization.length() < 200
                ? Optional.of(authorization.substring(BEARER.length()).strip())
                : Optional.empty();
    }
}
