package io.lathe.workbench;

import io.lathe.datasets.store.FolderObjectStore;
import io.lathe.datasets.store.ObjectStore;
import io.lathe.datasets.version.Datasets;
import io.lathe.workbench.access.Accounts;
import io.lathe.workbench.access.Authenticator;
import io.lathe.workbench.access.Hosts;
import io.lathe.workbench.access.LoginLinks;
import io.lathe.workbench.access.PersonalTokens;
import io.lathe.workbench.access.ProjectSessions;
import io.lathe.workbench.access.ProjectTokens;
import io.lathe.workbench.access.SecretFile;
import io.lathe.workbench.access.Sessions;
import io.lathe.workbench.access.Tickets;
import io.lathe.workbench.event.Jobs;
import io.lathe.workbench.profile.Profiles;
import io.lathe.workbench.project.Projects;
import io.lathe.workbench.project.Seeding;
import io.lathe.workbench.project.Templates;
import io.lathe.workbench.publication.Publications;
import io.lathe.workbench.publication.QuarantineJudge;
import io.lathe.workbench.registry.Bundles;
import io.lathe.workbench.registry.Models;
import io.lathe.workbench.registry.Promotions;
import io.lathe.workbench.registry.Staging;
import io.lathe.workbench.route.RouteDocuments;
import io.lathe.workbench.serving.Consumers;
import io.lathe.workbench.serving.Deployment;
import io.lathe.workbench.serving.EndpointCommand;
import io.lathe.workbench.serving.EndpointProcess;
import io.lathe.workbench.serving.RouteVersion;
import io.lathe.workbench.store.ProjectStoreRights;
import io.lathe.workbench.store.Uploads;
import io.lathe.workbench.web.KeptAnswers;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;

/**
 * The workbench's services, wired once; none does anything before the server runs.
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
        PersonalTokens personalTokens,
        Authenticator authenticator,
        ObjectStore store,
        Datasets datasets,
        ProjectStoreRights storeRights,
        Profiles profiles,
        KeptAnswers keptAnswers,
        Uploads uploads,
        Templates templates,
        Projects projects,
        RouteVersion routeVersion,
        RouteDocuments routeDocuments,
        Consumers consumers,
        Models models,
        Staging staging,
        Promotions promotions,
        EndpointProcess endpoint,
        Publications publications) {
    static Services wire(Options options, DataFolder folder, Jdbi jdbi, Clock clock) {
        AtomicInteger boundPort = new AtomicInteger();
        String ownerId = new Accounts(jdbi, clock).ownerId();
        Sessions sessions = new Sessions(jdbi, clock);
        ProjectSessions projectSessions = new ProjectSessions(jdbi, clock);
        ProjectTokens projectTokens = new ProjectTokens(jdbi, clock);
        PersonalTokens personalTokens = new PersonalTokens(jdbi, clock);
        SecretFile operatorToken = SecretFile.open(folder.at("run/operator-token"));
        SecretFile servingToken = SecretFile.open(folder.at("run/serving-token"));
        FolderObjectStore store = new FolderObjectStore(folder.at("store"));
        Datasets datasets = new Datasets(store, clock);
        datasets.initialise();
        Templates templates = new Templates(options.home().resolve("templates"));
        Seeding seeding = new Seeding(datasets, options.home().resolve(".build/python"));
        RouteVersion routeVersion = new RouteVersion(jdbi);
        Jobs jobs = new Jobs(jdbi, clock);
        Models models = new Models(jdbi);
        Staging staging = new Staging(jdbi, routeVersion, clock);
        Uploads uploads = new Uploads(folder.at("uploads"));
        EndpointProcess endpoint = new EndpointProcess(
                EndpointCommand.of(options.home(), folder.at("serving"), servingToken.file()),
                folder.at("run/serving.json"),
                folder.at("logs/serving.log"),
                options.servingPort(),
                () -> "http://127.0.0.1:" + boundPort.get());
        Deployment deployment = new Deployment(endpoint, routeVersion);
        Publications publications = new Publications(
                jdbi,
                clock,
                jobs,
                uploads,
                folder.at("scratch"),
                new Bundles(store, models),
                datasets,
                models,
                staging,
                QuarantineJudge.ofThisJava(),
                deployment);
        return new Services(
                options,
                folder,
                jdbi,
                clock,
                boundPort,
                new Hosts(boundPort::get, options.notebookHosts().hosts(jdbi)),
                ownerId,
                jobs,
                new LoginLinks(jdbi, clock),
                sessions,
                new Tickets(clock),
                projectSessions,
                projectTokens,
                personalTokens,
                new Authenticator(
                        ownerId, operatorToken, servingToken, sessions, projectSessions, projectTokens, personalTokens),
                store,
                datasets,
                new ProjectStoreRights(datasets, ownerId),
                new Profiles(store, datasets, clock),
                new KeptAnswers(jdbi, clock),
                uploads,
                templates,
                new Projects(jdbi, folder.at("projects"), templates, seeding, clock),
                routeVersion,
                new RouteDocuments(jdbi, routeVersion),
                new Consumers(jdbi, routeVersion, clock),
                models,
                staging,
                new Promotions(jdbi, routeVersion, clock, models, staging, deployment),
                endpoint,
                publications);
    }
}
