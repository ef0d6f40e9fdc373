package io.lathe.workbench.publication;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.version.DatasetFile;
import io.lathe.datasets.version.DatasetVersion;
import io.lathe.datasets.version.Datasets;
import io.lathe.datasets.version.VersionRef;
import io.lathe.workbench.registry.Alias;
import io.lathe.workbench.registry.Bundles;
import io.lathe.workbench.registry.ModelVersion;
import io.lathe.workbench.registry.Models;
import io.lathe.workbench.registry.NewVersion;
import io.lathe.workbench.registry.Staging;
import io.lathe.workbench.serving.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The steps of a publication: what is to be done in each state, and the move to the next one. Every step can be done again after an
 * interruption. Thread-safe.
 */
final class PublicationRun {
    private static final int MOST_JUDGEMENTS = 3;

    private final PublicationJournal journal;
    private final Bundles bundles;
    private final Datasets datasets;
    private final Models models;
    private final Staging staging;
    private final Judge judge;
    private final Deployment deployment;

    PublicationRun(
            PublicationJournal journal,
            Bundles bundles,
            Datasets datasets,
            Models models,
            Staging staging,
            Judge judge,
            Deployment deployment) {
        this.journal = journal;
        this.bundles = bundles;
        this.datasets = datasets;
        this.models = models;
        this.staging = staging;
        this.judge = judge;
        this.deployment = deployment;
    }

    /**
     * Does what the publication's state asks for and answers it in the state that follows.
     *
     * @param candidate the uploaded file
     * @param scratch a folder for this run
     * @param patience runs what may be interrupted to cancel the publication
     * @throws LatheException when the publication cannot be carried through
     */
    Publication step(Publication publication, Path candidate, Path scratch, Interruptible patience)
            throws IOException, InterruptedException {
        return switch (publication.state()) {
            case UPLOADED, VERIFYING, JUDGING -> judge(publication, candidate, scratch, patience);
            case STORING -> store(publication, candidate);
            case DEPLOYING -> {
                int version = publication.version().orElseThrow();
                patience.run(() -> deployment.awaitLoaded(publication.model().value(), version));
                yield promote(publication, version);
            }
            case SWITCHING -> {
                int version = publication.version().orElseThrow();
                deployment.awaitProduction(
                        publication.model().value(),
                        version,
                        () -> models.production(publication.ownerId(), publication.model())
                                .equals(OptionalInt.of(version)));
                yield journal.move(publication, PublicationState.DONE, switched(publication, version));
            }
            case DONE, FAILED, CANCELLED -> publication;
        };
    }

    private Optional<ModelVersion> production(Publication publication) {
        return models.find(publication.ownerId(), publication.model()).flatMap(model -> model.find(Alias.PRODUCTION));
    }

    /** Between the alias's move and the endpoint's word, a person may have moved it again. */
    private String switched(Publication publication, int version) {
        OptionalInt now = models.production(publication.ownerId(), publication.model());
        return now.equals(OptionalInt.of(version))
                ? "Version " + version + " is in production. " + reasons(publication.judged())
                : "Version " + version + " went into production, and was replaced "
                        + (now.isPresent() ? "by version " + now.getAsInt() : "by none")
                        + " before the endpoint served it. " + reasons(publication.judged());
    }

    private Publication judge(Publication publication, Path candidate, Path scratch, Interruptible patience)
            throws IOException, InterruptedException {
        Publication verifying = journal.move(
                publication,
                PublicationState.VERIFYING,
                "Reading " + publication.evaluateOn() + " and the version in production");
        Path evaluation = evaluation(publication.evaluateOn(), scratch.resolve("data"));
        Optional<Judge.Rival> rival = rival(publication, scratch.resolve("production.zip"));
        Publication judging = journal.move(
                verifying,
                PublicationState.JUDGING,
                "Opening the bundle in quarantine and evaluating it on " + publication.evaluateOn()
                        + rival.map(with -> " beside version " + with.version()).orElse(""));
        Judge.Finding finding = judged(judging, candidate, rival, evaluation, patience);
        return switch (finding) {
            case Judge.Finding.Judged(Report report) -> {
                requireModel(report, publication);
                yield journal.move(
                        judging,
                        PublicationState.STORING,
                        "The verdict is in: " + report.verdict().outcome() + ". " + reasons(report),
                        handle -> PublicationTable.report(handle, publication.id(), report));
            }
            case Judge.Finding.Refused(List<String> reasons) ->
                throw new LatheException(ProblemCode.BAD_REQUEST, String.join(" ", reasons));
        };
    }

    /** A quarantine that something from outside killed says nothing about the candidate, so it is tried again, within a bound. */
    private Judge.Finding judged(
            Publication judging, Path candidate, Optional<Judge.Rival> rival, Path evaluation, Interruptible patience)
            throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return patience.call(() -> judge.judge(candidate, rival, evaluation, judging.evaluateOn()));
            } catch (LatheException e) {
                if (e.code() != ProblemCode.UNAVAILABLE || attempt == MOST_JUDGEMENTS) {
                    throw e;
                }
                journal.note(
                        judging, e.getMessage() + " Trying again (" + (attempt + 1) + " of " + MOST_JUDGEMENTS + ").");
            }
        }
    }

    private Optional<Judge.Rival> rival(Publication publication, Path file) throws IOException {
        Optional<ModelVersion> production = production(publication);
        if (production.isEmpty()) {
            return Optional.empty();
        }
        Files.deleteIfExists(file);
        bundles.copy(production.get().bundle(), file);
        return Optional.of(
                new Judge.Rival(production.get().number(), production.get().bundle(), file));
    }

    private static void requireModel(Report report, Publication publication) {
        if (!report.model().equals(publication.model().value())) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "The bundle holds model '" + report.model() + "' and cannot be published as '" + publication.model()
                            + "'. Publish it under its own name.");
        }
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
                    "A model is evaluated on one CSV file; '" + evaluateOn + "' has " + tables.size()
                            + " of them. Choose another dataset version.");
        }
        Files.createDirectories(folder);
        return datasets.materialise(version, folder).resolve(tables.getFirst());
    }

    private Publication store(Publication publication, Path candidate) {
        Report report = publication.judged();
        if (report.rejects()) {
            return journal.move(
                    publication, PublicationState.DONE, "Rejected; production is as it was. " + reasons(report));
        }
        Optional<ModelVersion> production = production(publication);
        if (production.isPresent() && production.get().bundle().equals(report.bundle())) {
            return journal.move(
                    publication,
                    PublicationState.DONE,
                    reasons(report),
                    handle -> PublicationTable.version(
                            handle, publication.id(), production.get().number()));
        }
        NewVersion version = new NewVersion(
                publication.model(),
                publication.ownerId(),
                publication.projectId(),
                publication.id(),
                report.bundle(),
                publication.evaluateOn(),
                report.trainedOn(),
                report.metrics().toString(),
                report.verdict(),
                report.sampleRow().toString());
        Publication moved = bundles.keep(
                report.bundle(),
                candidate,
                () -> report.promotes() ? stage(publication, version) : hold(publication, version));
        staging.announce();
        return moved;
    }

    private Publication stage(Publication publication, NewVersion version) {
        return journal.move(
                publication,
                PublicationState.DEPLOYING,
                "The serving endpoint loads the new version",
                handle -> PublicationTable.version(handle, publication.id(), staging.stage(handle, version)));
    }

    private Publication hold(Publication publication, NewVersion version) {
        return journal.move(
                publication,
                PublicationState.DONE,
                "Held as candidate; production is as it was. " + reasons(publication.judged()),
                handle -> PublicationTable.version(handle, publication.id(), staging.hold(handle, version)));
    }

    private Publication promote(Publication publication, int version) {
        OptionalInt judgedAgainst = publication
                .judged()
                .production()
                .map(compared -> OptionalInt.of(compared.version()))
                .orElseGet(OptionalInt::empty);
        Publication moved = journal.move(
                publication,
                PublicationState.SWITCHING,
                "The endpoint has loaded version " + version + "; it takes the place of "
                        + (judgedAgainst.isPresent() ? "version " + judgedAgainst.getAsInt() : "none"),
                handle -> staging.promote(handle, publication.ownerId(), publication.model(), version, judgedAgainst));
        staging.announce();
        return moved;
    }

    /** Ends a publication that is not carried through, and takes back what it made. */
    Publication giveUp(Publication publication, PublicationState end, String reason) {
        Publication over = journal.move(publication, end, reason, handle -> {
            if (publication.state() == PublicationState.DEPLOYING
                    || publication.state() == PublicationState.SWITCHING) {
                staging.withdraw(
                        handle,
                        publication.ownerId(),
                        publication.model(),
                        publication.version().orElseThrow(),
                        publication.id(),
                        reason);
                PublicationTable.noVersion(handle, publication.id());
            }
        });
        staging.announce();
        publication.report().ifPresent(report -> bundles.discardUnused(report.bundle()));
        return over;
    }

    private static String reasons(Report report) {
        return String.join(" ", report.verdict().reasons());
    }
}
