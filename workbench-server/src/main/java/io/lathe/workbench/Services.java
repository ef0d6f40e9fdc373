package io.lathe.workbench;

import io.lathe.workbench.access.Accounts;
import io.lathe.workbench.access.Authenticator;
import io.lathe.workbench.access.Hosts;
import io.lathe.workbench.access.LoginLinks;
import io.lathe.workbench.access.ProjectSessions;
import io.lathe.workbench.access.ProjectTokens;
import io.lathe.workbench.access.SecretFile;
import io.lathe.workbench.access.Sessions;
import io.lathe.workbench.access.Tickets;
import io.lathe.workbench.event.Jobs;
import io.lathe.workbench.project.Projects;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;

/**
 * The workbench's services, wired once.
 *
 * @param boundPort the port the server listens on; 0 until it does
 * @param ownerId the account everything belongs to
 */
public record Services(
        Options options,
        DataFolder folder,
        Jdbi jdbi,
        Clock clock,
        AtomicInteger boundPort,
        Hosts hosts,
        String ownerId,
        Jobs jobs,
        LoginLinks loginLinks,
        Sessions sessions,
        Tickets tickets,
        ProjectSessions projectSessions,
        ProjectTokens projectTokens,
        Authenticator authenticator,
        Projects projects) {
    static Services wire(Options options, DataFolder folder, Jdbi jdbi, Clock clock) {
        AtomicInteger boundPort = new AtomicInteger();
        String ownerId = new Accounts(jdbi, clock).ownerId();
        Sessions sessions = new Sessions(jdbi, clock);
        ProjectSessions projectSessions = new ProjectSessions(jdbi, clock);
        ProjectTokens projectTokens = new ProjectTokens(jdbi, clock);
        return new Services(
                options,
                folder,
                jdbi,
                clock,
                boundPort,
                new Hosts(boundPort::get),
                ownerId,
                new Jobs(jdbi, clock),
                new LoginLinks(jdbi, clock),
                sessions,
                new Tickets(clock),
                projectSessions,
                projectTokens,
                new Authenticator(
                        ownerId,
                        SecretFile.open(folder.at("run/operator-token")),
                        SecretFile.open(folder.at("run/serving-token")),
                        sessions,
                        projectSessions,
                        projectTokens),
                new Projects(jdbi, folder.at("projects")));
    }
}
