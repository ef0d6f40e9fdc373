package io.lathe.product.browser;

import io.lathe.datasets.store.Content;
import io.lathe.datasets.version.CommitRequest;
import io.lathe.datasets.version.DatasetName;
import io.lathe.workbench.Services;
import io.lathe.workbench.json.Json;
import io.lathe.workbench.project.Project;
import io.lathe.workbench.publication.PublicationState;
import io.lathe.workbench.publication.Report;
import io.lathe.workbench.registry.Alias;
import io.lathe.workbench.registry.Judgement;
import io.lathe.workbench.registry.ModelName;
import io.lathe.workbench.registry.NewVersion;
import io.lathe.workbench.registry.Staging;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Fills a workbench: datasets by commits, models as a publication leaves them in the registry. */
final class Contents {
    /** What an evaluation of the penguins model writes. */
    static final String METRICS = """
            {"rows":69,"correctRows":67,"refusedRows":0,"accuracy":0.971014,"macroF1":0.962,"logLoss":0.1042,
             "rowsByLabel":{"Adelie":31,"Chinstrap":13,"Gentoo":25},
             "recallByLabel":{"Adelie":0.967742,"Chinstrap":0.923077,"Gentoo":1.0},
             "confusion":{"Adelie":{"Adelie":30,"Chinstrap":1},"Chinstrap":{"Adelie":1,"Chinstrap":12},"Gentoo":{"Gentoo":25}},
             "unknownLabels":[]}""";

    private static final String METRICS_BEFORE = """
            {"rows":69,"correctRows":66,"refusedRows":0,"accuracy":0.956522,"macroF1":0.945,"logLoss":0.1310,
             "recallByLabel":{"Adelie":0.967742,"Chinstrap":0.846154,"Gentoo":1.0}}""";

    private static final String COMPARISON = """
            {"kind":"classification","bothRight":65,"onlyCandidate":2,"onlyProduction":1,"bothWrong":1,"difference":0.0145,"low":-0.0362,"high":0.0652,"mcNemar":1.0}""";

    private static final String FACTS = """
            {"trainedAt":"2026-03-02T09:14:00Z","trainedOn":"penguins@v1","provenance":{"trainer":"LinearSGDTrainer","epochs":"40","learning rate":"0.5","seed":"7"}}""";

    private static final String FACTS_BEFORE = """
            {"trainedAt":"2026-02-11T16:40:00Z","trainedOn":"penguins@v1","provenance":{"trainer":"LinearSGDTrainer","epochs":"5","learning rate":"0.5","seed":"7"}}""";

    private static final String SAMPLE = """
            {"island":"Biscoe","bill_length_mm":45.1,"bill_depth_mm":14.5,"flipper_length_mm":215,"body_mass_g":5000,"sex":"female"}""";

    private final OwnWorkbench workbench;

    Contents(OwnWorkbench workbench) {
        this.workbench = workbench;
    }

    private Services services() {
        return workbench.services();
    }

    void commit(String dataset, String csv, String message) {
        services()
                .datasets()
                .commit(new CommitRequest(
                        new DatasetName(dataset),
                        Map.of("data.csv", Content.of(csv.getBytes(StandardCharsets.UTF_8))),
                        message,
                        "ada",
                        "Palmer Station, Antarctica",
                        "Measured in the field"));
    }

    /** Rows like those of the penguins: three species, two of whose columns have gaps. */
    static String penguins(int rows, double heavier) {
        Random random = new Random(7);
        StringBuilder csv = new StringBuilder("species,island,bill_length_mm,body_mass_g,sex,measured_on\n");
        for (int i = 0; i < rows; i++) {
            int kind = random.nextInt(10) < 4 ? 0 : random.nextInt(2) + 1;
            csv.append(List.of("Adelie", "Chinstrap", "Gentoo").get(kind)).append(',');
            csv.append(List.of("Torgersen", "Dream", "Biscoe").get(kind)).append(',');
            csv.append(
                            random.nextInt(40) == 0
                                    ? ""
                                    : String.format(Locale.ROOT, "%.1f", 38 + 5 * kind + 2.5 * random.nextGaussian()))
                    .append(',');
            csv.append(Math.round(3600 + 700 * kind + heavier + 300 * random.nextGaussian()))
                    .append(',');
            csv.append(random.nextInt(12) == 0 ? "" : random.nextBoolean() ? "female" : "male")
                    .append(',');
            csv.append(LocalDate.of(2026, 1, 1).plusDays(random.nextInt(200))).append('\n');
        }
        return csv.toString();
    }

    /** Publishes a version as a finished publication leaves it; a second one is compared with the one in production. */
    int publish(Project project, String model, String outcome, List<String> reasons) {
        String publication = UUID.randomUUID().toString();
        ModelName name = new ModelName(model);
        String bundle = publication.replace("-", "").repeat(2);
        OptionalInt production = production(name);
        Judgement verdict = new Judgement(outcome, reasons);
        Report report = new Report(
                bundle,
                model,
                verdict,
                Json.tree(METRICS),
                production.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Report.Compared(
                                production.getAsInt(),
                                Optional.of(Json.tree(METRICS_BEFORE)),
                                Optional.of(Json.tree(FACTS_BEFORE)))),
                production.isEmpty() ? Optional.empty() : Optional.of(Json.tree(COMPARISON)),
                Optional.of(Json.tree(FACTS)),
                Optional.of("penguins@v1"),
                Json.tree(SAMPLE));
        NewVersion version = new NewVersion(
                name,
                workbench.owner(),
                project.id(),
                publication,
                bundle,
                "penguins-test@v1",
                report.trainedOn(),
                report.metrics().toString(),
                verdict,
                SAMPLE);
        long now = services().clock().millis();
        String job =
                services().jobs().start(workbench.owner(), "publication", model).value();
        return services().jdbi().inTransaction(handle -> {
            handle.execute("""
                    INSERT INTO publication (id, owner_id, project_id, job_id, model, evaluate_on, state, attempts, report, created_at, updated_at)
                    VALUES (?, ?, ?, ?, ?, 'penguins-test@v1', 'DONE', 1, ?, ?, ?)""", publication, workbench.owner(), project.id(), job, model, Json.write(report), now, now);
            int number = outcome.equals("held")
                    ? staging().hold(handle, version)
                    : staging().stage(handle, version);
            if (!outcome.equals("held")) {
                staging().promote(handle, workbench.owner(), name, number, production);
            }
            handle.execute("UPDATE publication SET version = ? WHERE id = ?", number, publication);
            return number;
        });
    }

    /** A publication that is, or stays, where it is: nothing runs it. */
    String publication(Project project, String model, PublicationState state, @Nullable String error) {
        String publication = UUID.randomUUID().toString();
        long now = services().clock().millis();
        String job =
                services().jobs().start(workbench.owner(), "publication", model).value();
        services()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        """
                        INSERT INTO publication (id, owner_id, project_id, job_id, model, evaluate_on, state, attempts, error, created_at, updated_at)
                        VALUES (?, ?, ?, ?, ?, 'penguins-test@v1', ?, 1, ?, ?, ?)""", publication, workbench.owner(), project.id(), job, model, state.name(), error, now, now));
        return publication;
    }

    /** Ends a publication that nothing runs. */
    void end(String publication, PublicationState state) {
        services()
                .jdbi()
                .useHandle(handle ->
                        handle.execute("UPDATE publication SET state = ? WHERE id = ?", state.name(), publication));
    }

    private Staging staging() {
        return services().staging();
    }

    private OptionalInt production(ModelName model) {
        return services()
                .models()
                .find(workbench.owner(), model)
                .flatMap(found -> found.find(Alias.PRODUCTION))
                .map(version -> OptionalInt.of(version.number()))
                .orElseGet(OptionalInt::empty);
    }
}
