package io.lathe.workbench.access;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what a request carries into an {@link Identity}. Thread-safe. */
public final class Authenticator {
    private static final String BEARER = "bearer";

    /** What stock Jupyter clients send; it counts on projects' hosts only. */
    private static final String TOKEN = "token";

    private static final int MOST_CHARACTERS = 200;

    private final String ownerId;
    private final SecretFile operatorToken;
    private final SecretFile servingToken;
    private final Sessions sessions;
    private final ProjectSessions projectSessions;
    private final ProjectTokens projectTokens;
    private final PersonalTokens personalTokens;

    public Authenticator(
            String ownerId,
            SecretFile operatorToken,
            SecretFile servingToken,
            Sessions sessions,
            ProjectSessions projectSessions,
            ProjectTokens projectTokens,
            PersonalTokens personalTokens) {
        this.ownerId = ownerId;
        this.operatorToken = operatorToken;
        this.servingToken = servingToken;
        this.sessions = sessions;
        this.projectSessions = projectSessions;
        this.projectTokens = projectTokens;
        this.personalTokens = personalTokens;
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
                                .or(() -> program(project, authorization, null))
                                .orElseGet(Identity.Nobody::new);
            case Hosts.Host.Unknown() -> new Identity.Nobody();
        };
    }

    private Identity browser(List<String> cookies) {
        return sessions.authenticate(cookies)
                .<Identity>map(
                        session -> new Identity.Account(session.ownerId(), Role.OWNER, new Proof.Session(session)))
                .orElseGet(Identity.Nobody::new);
    }

    private Identity projectBrowser(String project, List<String> cookies) {
        return projectSessions
                .authenticate(project, cookies)
                .<Identity>map(Identity.ProjectBrowser::new)
                .orElseGet(Identity.Nobody::new);
    }

    private Optional<Identity> bearer(String authorization) {
        Optional<String> token = secret(authorization, BEARER);
        if (token.filter(operatorToken::matches).isPresent()) {
            return Optional.of(new Identity.Account(ownerId, Role.OWNER, new Proof.Operator()));
        }
        if (token.filter(servingToken::matches).isPresent()) {
            return Optional.of(new Identity.ServingEndpoint());
        }
        return kernel(authorization)
                .<Identity>map(kernel -> kernel)
                .or(() -> token.flatMap(personalTokens::find)
                        .map(personal -> new Identity.Account(
                                personal.ownerId(), personal.role(), new Proof.Token(personal.id()))));
    }

    private Optional<Identity.ProjectKernel> kernel(String authorization) {
        return secret(authorization, BEARER).flatMap(projectTokens::find).map(Identity.ProjectKernel::new);
    }

    /**
     * The project that a program outside may use on the project's host name, JupyterLab and all: its personal token is of the
     * project's owner and has role {@link Role#DEVELOPER} or more. Asked anew for each request, so that a revoked or expired token is
     * refused at once.
     *
     * @param authorization the {@code Authorization} header, scheme {@code Bearer} or {@code token}; when it is there, the query's
     *     token counts for nothing
     * @param queryToken value of the query parameter {@code token}
     */
    public Optional<Identity.ProjectProgram> program(
            String project, @Nullable String authorization, @Nullable String queryToken) {
        Optional<String> secret = authorization == null
                ? Optional.ofNullable(queryToken).filter(value -> value.length() < MOST_CHARACTERS)
                : secret(authorization, BEARER).or(() -> secret(authorization, TOKEN));
        return secret.flatMap(personalTokens::find)
                .filter(token -> token.role().includes(Role.DEVELOPER))
                .flatMap(token -> personalTokens.grant(token, project))
                .map(Identity.ProjectProgram::new);
    }

    private static Optional<String> secret(String authorization, String scheme) {
        return authorization.regionMatches(true, 0, scheme + " ", 0, scheme.length() + 1)
                        && authorization.length() < MOST_CHARACTERS
                ? Optional.of(authorization.substring(scheme.length() + 1).strip())
                : Optional.empty();
    }
}
