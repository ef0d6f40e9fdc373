package io.lathe.workbench.publication;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.models.evaluation.Gate;
import io.lathe.models.evaluation.Metrics;
import io.lathe.models.evaluation.Verdict;
import io.lathe.models.json.CanonicalJson;
import io.lathe.models.quarantine.QuarantineProcess;
import io.lathe.models.quarantine.QuarantineReport;
import io.lathe.workbench.json.Json;
import io.lathe.workbench.registry.Judgement;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges in a JVM of its own, since a candidate is hostile until it is known not to be. Thread-safe. */
public final class QuarantineJudge implements Judge {
    private static final Logger LOG = LoggerFactory.getLogger(QuarantineJudge.class);
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    private final QuarantineProcess quarantine;

    public QuarantineJudge(QuarantineProcess quarantine) {
        this.quarantine = quarantine;
    }

    /** A judge whose process runs on the Java and the libraries of this one. */
    public static QuarantineJudge ofThisJava() {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        return new QuarantineJudge(
                new QuarantineProcess(Path.of(System.getProperty("java.home"), "bin", "java"), classPath, DEADLINE));
    }

    @Override
    public Finding judge(Path candidate, Optional<Rival> production, Path evaluation, String evaluatedOn)
            throws InterruptedException {
        QuarantineReport report;
        try {
            report = quarantine.run(candidate, production.map(Rival::file), evaluation);
        } catch (LatheException e) {
            if (e.code() == ProblemCode.UNAVAILABLE && Thread.interrupted()) {
                throw new InterruptedException(e.getMessage());
            }
            throw e;
        }
        return switch (report) {
            case QuarantineReport.Accepted accepted -> new Finding.Judged(report(accepted, production, evaluatedOn));
            case QuarantineReport.Refused refused -> {
                LOG.warn("A bundle was refused: {} {}", refused.reasons(), refused.log());
                yield new Finding.Refused(refused.reasons());
            }
        };
    }

    private static Report report(QuarantineReport.Accepted accepted, Optional<Rival> rival, String evaluatedOn) {
        // The version in production is no rival of itself.
        boolean same = rival.filter(
                        with -> with.bundle().equals(accepted.candidate().sha256()))
                .isPresent();
        Optional<Gate.Production> production = rival.flatMap(with -> accepted.production()
                .map(metrics -> new Gate.Production(with.version(), metrics, accepted.comparison())));
        Verdict verdict = same
                ? new Verdict.Promoted(List.of("This is version "
                        + rival.orElseThrow().version() + ", which is in production already; nothing changes."))
                : verdict(accepted, rival, production, evaluatedOn);
        return new Report(
                accepted.candidate().sha256(),
                accepted.model(),
                new Judgement(verdict.outcome(), verdict.reasons()),
                tree(accepted.metrics()),
                rival.map(with -> new Report.Compared(
                        with.version(),
                        same ? Optional.empty() : accepted.production().map(QuarantineJudge::tree),
                        same
                                ? Optional.empty()
                                : accepted.productionFacts()
                                        .map(facts -> Json.tree(CanonicalJson.text(facts.toNode()))))),
                same
                        ? Optional.empty()
                        : accepted.comparison().map(comparison -> Json.tree(CanonicalJson.text(comparison.toNode()))),
                Optional.of(Json.tree(CanonicalJson.text(accepted.facts().toNode()))),
                accepted.trainedOn(),
                Json.tree(Json.write(accepted.sampleRow())));
    }

    private static Verdict verdict(
            QuarantineReport.Accepted accepted,
            Optional<Rival> rival,
            Optional<Gate.Production> production,
            String evaluatedOn) {
        if (accepted.trainedOn().equals(Optional.of(evaluatedOn))) {
            return Gate.onTrainingData(evaluatedOn);
        }
        if (rival.isPresent() && accepted.difference().isPresent()) {
            return Gate.ofAnotherKind(
                    rival.get().version(), accepted.difference().get());
        }
        if (rival.isPresent() && production.isEmpty()) {
            return Gate.withoutComparison(
                    evaluatedOn,
                    rival.get().version(),
                    accepted.productionFailure().orElse("It gave no numbers."));
        }
        return Gate.judge(evaluatedOn, accepted.metrics(), production);
    }

    private static JsonNode tree(Metrics metrics) {
        return Json.tree(metrics.toJson());
    }
}
