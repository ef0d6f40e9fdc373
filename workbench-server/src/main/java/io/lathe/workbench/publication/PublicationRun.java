package io.lathe.workbench.publication;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.store.ByteRange;
import io.lathe.datasets.store.Content;
import io.lathe.datasets.store.ObjectKey;
import io.lathe.datasets.store.ObjectStore;
import io.lathe.datasets.version.DatasetFile;
import io.lathe.datasets.version.DatasetVersion;
import io.lathe.datasets.version.Datasets;
import io.lathe.datasets.version.VersionRef;
import io.lathe.workbench.registry.Alias;
import io.lathe.workbench.registry.Model;
import io.lathe.workbench.registry.ModelName;
import io.lathe.workbench.registry.ModelVersion;
import io.lathe.workbench.registry.Models;
import io.lathe.workbench.registry.NewVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The steps of a publication, in order. Each can be done again after an interruption: what is done twice has the effect of once.
 * Thread-safe.
 */
final class PublicationRun {
    /** Told of each step as it begins. */
    interface Steps {
        void begin(PublicationState state, String message);
    }

    private final ObjectStore store;
    private final Datasets datasets;
    private final Models models;
    private final Judge judge;
    private final Deployment deployment;

    PublicationRun(ObjectStore store, Datasets datasets, Models models, Judge judge, Deployment deployment) {
        this.store = store;
        this.datasets = datasets;
        this.models = models;
        this.judge = judge;
        this.deployment = deployment;
    }

    /**
     * Opens, evaluates and judges the candidate.
     *
     * @param candidate the uploaded file
     * @param scratch an empty folder for this run
     * @throws LatheException BAD_REQUEST when the bundle or the evaluation data is not what it should be
     */
    Report judge(Publication publication, Path candidate, Path scratch, Steps steps)
            throws IOException, InterruptedException {
        steps.begin(
                PublicationState.VERIFYING, "Reading " + publication.evaluateOn() + " and the version in production");
        Path evaluation = evaluation(publication.evaluateOn(), scratch.resolve("data"));
        Optional<ModelVersion> production =
                models.find(publication.ownerId(), publication.model()).flatMap(model -> model.find(Alias.PRODUCTION));
        Optional<Judge.Rival> rival = Optional.empty();
        if (production.isPresent()) {
            Path bundle = scratch.resolve("production.zip");
            try (InputStream in = store.open(bundleKey(production.get().bundle()), ByteRange.ALL)) {
                Files.copy(in, bundle);
            }
            rival = Optional.of(new Judge.Rival(production.get().number(), bundle));
        }
        steps.begin(
                PublicationState.JUDGING,
                "Opening the bundle in quarantine and evaluating it on " + publication.evaluateOn()
                        + rival.map(with -> " beside version " + with.version()).orElse(""));
        return switch (judge.judge(candidate, rival, evaluation, publication.evaluateOn())) {
            case Judge.Finding.Judged(Report report) -> requireModel(report, publication);
            case Judge.Finding.Refused(List<String> reasons) ->
                throw new LatheException(ProblemCode.BAD_REQUEST, String.join(" ", reasons));
        };
    }

    private static Report requireModel(Report report, Publication publication) {
        if (!report.model().equals(publication.model().value())) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "The bundle holds model '" + report.model() + "' and cannot be published as '" + publication.model()
                            + "'.");
        }
        return report;
    }

    private Path evaluation(String evaluateOn, Path folder) throws IOException {
        DatasetVersion version = datasets.load(VersionRef.parse(evaluateOn));
        List<String> tables = version.files().stream()
                .map(DatasetFile::path)
                .filter(path -> path.endsWith(".csv"))
                .toList();
        if (tables.size() != 1) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "A model is evaluated on one CSV file; " + evaluateOn + " has " + tables.size()
                            + " of them. Commit a dataset of one.");
        }
        Files.createDirectories(folder);
        return datasets.materialise(version, folder).resolve(tables.getFirst());
    }

    /** Makes the judged candidate a version; empty when the gate rejected it. */
    Optional<Integer> admit(Publication publication, Path candidate, Report report) {
        Optional<Alias> alias = switch (report.verdict().outcome()) {
            case "promoted" -> Optional.of(Alias.PRODUCTION);
            case "held" -> Optional.of(Alias.CANDIDATE);
            default -> Optional.empty();
        };
        return alias.map(target -> {
            store.putIfAbsent(bundleKey(report.bundle()), Content.of(candidate));
            return models.admit(
                    new NewVersion(
                            publication.model(),
                            publication.ownerId(),
                            publication.projectId(),
                            publication.id(),
                            report.bundle(),
                            publication.evaluateOn(),
                            report.trainedOn(),
                            report.metrics().toString(),
                            report.verdict(),
                            report.sampleRow().toString()),
                    target);
        });
    }

    /** Waits until the promoted version is served; one that cannot be served gives its place back to the version before. */
    void deploy(Publication publication, int version) throws InterruptedException {
        try {
            deployment.awaitLive(publication.model(), version);
        } catch (LatheException e) {
            if (e.code() != ProblemCode.CONFLICT) {
                throw e;
            }
            Model model = models.load(publication.ownerId(), publication.model());
            boolean stillOurs = Integer.valueOf(version).equals(model.aliases().get(Alias.PRODUCTION));
            if (stillOurs && model.previous().isPresent()) {
                models.rollback(publication.model(), publication.ownerId());
                throw new LatheException(
                        e.code(),
                        e.getMessage() + " Version " + model.previous().getAsInt()
                                + " is in production again; see the endpoint's log.",
                        e);
            }
            throw e;
        }
    }

    /** @throws LatheException CONFLICT when another account has a model of this name: it would be judged for nothing */
    void requireFree(String ownerId, ModelName model) {
        models.requireFree(ownerId, model);
    }

    static ObjectKey bundleKey(String bundle) {
        return new ObjectKey("bundles/" + bundle + ".zip");
    }
}
