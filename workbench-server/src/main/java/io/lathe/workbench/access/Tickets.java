package io.lathe.workbench.access;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The hand-over from the workbench's host name to a project's: a ticket is good once, for 30 seconds, for one project. Tickets are
 * kept in memory: none is worth surviving a restart. Thread-safe.
 */
public final class Tickets {
    public static final Duration LIFETIME = Duration.ofSeconds(30);
    private static final int MOST = 1_000;

    /** What a redeemed ticket proved. */
    public record Ticket(ProjectGrant project, Proof proof, Optional<String> notebook, Instant expiresAt) {
        /** Path of the page that it leads to on the project's host. */
        public String landing() {
            String lab = "/projects/" + project.project() + "/lab";
            return notebook.map(path -> lab + "/tree/" + encoded(path)).orElse(lab);
        }

        private static String encoded(String path) {
            return Arrays.stream(path.split("/"))
                    .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"))
                    .collect(Collectors.joining("/"));
        }
    }

    private final Clock clock;
    private final Map<String, Ticket> bySha256 = new HashMap<>(); // guarded by this

    public Tickets(Clock clock) {
        this.clock = clock;
    }

    /**
     * A new ticket's secret.
     *
     * @param proof the session or token that asked: ending it ends the project's session too
     * @param notebook the notebook it leads to, relative to the project's folder; JupyterLab as it was left if empty
     */
    public synchronized String issue(ProjectGrant project, Proof proof, Optional<String> notebook) {
        bySha256.values().removeIf(ticket -> !clock.instant().isBefore(ticket.expiresAt()));
        if (bySha256.size() >= MOST) {
            throw new LatheException(
                    ProblemCode.TOO_MANY_REQUESTS, "Too many tickets are waiting to be used; try again in 30 seconds.");
        }
        String secret = Secrets.fresh();
        bySha256.put(
                Secrets.sha256(secret),
                new Ticket(project, proof, notebook, clock.instant().plus(LIFETIME)));
        return secret;
    }

    /** The ticket, unless it is unknown, used, expired, or for another project. Asking uses it up in every case. */
    public synchronized Optional<Ticket> redeem(String project, String secret) {
        Ticket ticket = bySha256.remove(Secrets.sha256(secret));
        return Optional.ofNullable(ticket)
                .filter(found -> clock.instant().isBefore(found.expiresAt()))
                .filter(found -> found.project().project().equals(project));
    }
}
