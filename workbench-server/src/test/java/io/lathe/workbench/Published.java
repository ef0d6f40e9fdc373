package io.lathe.workbench;

import io.lathe.workbench.event.JobId;
import io.lathe.workbench.project.ProjectName;
import io.lathe.workbench.registry.Judgement;
import io.lathe.workbench.registry.ModelName;
import io.lathe.workbench.registry.NewVersion;
import io.lathe.workbench.registry.Staging;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Writes what a publication leaves in the registry, without a bundle: for tests that only ask about it. */
final class Published {
    private Published() {}

    /**
     * A version of the model {@code penguins} in production.
     *
     * @param id the publication's, a UUID
     * @param bundle one hexadecimal digit; the bundle's id repeats it
     */
    static void version(Services services, String project, String id, char bundle) {
        String projectId = services.projects()
                .load(services.ownerId(), new ProjectName(project))
                .id();
        JobId job = services.jobs().start(services.ownerId(), "publication", "penguins");
        services.jobs().finish(job, "step", "{\"state\":\"done\"}");
        services.jdbi().useHandle(handle -> handle.execute("""
                INSERT INTO publication (id, owner_id, project_id, job_id, model, evaluate_on, state, attempts, created_at, updated_at)
                VALUES (?, ?, ?, ?, 'penguins', 'penguins-test@v1', 'DONE', 1, 0, 0)""", id, services.ownerId(), projectId, job.value()));
        NewVersion version = newVersion(services, project, id, bundle);
        Staging staging = services.staging();
        services.jdbi().useTransaction(handle -> {
            OptionalInt before = handle.createQuery("""
                            SELECT version FROM alias JOIN model ON model.id = alias.model_id
                            WHERE model.name = 'penguins' AND alias.name = 'production'""")
                    .mapTo(Integer.class)
                    .findOne()
                    .map(OptionalInt::of)
                    .orElse(OptionalInt.empty());
            staging.promote(handle, services.ownerId(), version.model(), staging.stage(handle, version), before);
        });
    }

    /** The same version as a publication brings it. */
    static NewVersion newVersion(Services services, String project, String id, char bundle) {
        return new NewVersion(
                new ModelName("penguins"),
                services.ownerId(),
                services.projects()
                        .load(services.ownerId(), new ProjectName(project))
                        .id(),
                id,
                String.valueOf(bundle).repeat(64),
                "penguins-test@v1",
                Optional.empty(),
                "{}",
                new Judgement("promoted", List.of("It is the first.")),
                "{}");
    }
}
