package io.lathe.models.quarantine;

import io.lathe.datasets.hardening.ProcessHardening;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.store.Content;
import io.lathe.models.bundle.Bundle;
import io.lathe.models.bundle.BundleReader;
import io.lathe.models.bundle.TrainingFacts;
import io.lathe.models.evaluation.Comparison;
import io.lathe.models.predict.Evaluation;
import io.lathe.models.predict.Predictor;
import io.lathe.models.predict.SampleCheck;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The program inside the quarantine JVM: opens a candidate bundle for the first time, predicts its samples again, evaluates it,
 * and the production version beside it, on the same rows. Argument: the path of a request; standard output: one {@link
 * QuarantineReport} in JSON. {@link QuarantineProcess} is the way to start it.
 */
public final class Quarantine {
    private static final String CANDIDATE = "The candidate";
    private static final String PRODUCTION = "The production version";

    private Quarantine() {}

    public static void main(String[] args) throws IOException {
        ProcessHardening.apply();
        // Libraries may print; only the report belongs on standard output.
        PrintStream report = System.out;
        System.setOut(System.err);
        QuarantineRequest request = QuarantineRequest.fromJson(Files.readAllBytes(Path.of(args[0])));
        report.write(examine(request).toJson().getBytes(StandardCharsets.UTF_8));
        report.flush();
    }

    /** Looks at the candidate in this JVM. */
    static QuarantineReport examine(QuarantineRequest request) {
        try (Examined candidate = candidate(request)) {
            if (request.production().isEmpty()) {
                return accepted(candidate, Optional.empty(), Optional.empty(), Optional.empty());
            }
            return besideProduction(candidate, request.production().get(), request.evaluationCsv());
        } catch (LatheException e) {
            return new QuarantineReport.Refused(List.of(String.valueOf(e.getMessage())), "");
        }
    }

    private static Examined candidate(QuarantineRequest request) {
        Bundle opened = Examined.read(CANDIDATE, request.candidate());
        try {
            opened.manifest().requireCredible(Instant.now());
        } catch (LatheException e) {
            throw Examined.notAccepted(CANDIDATE, e);
        }
        return Examined.of(CANDIDATE, opened, request.evaluationCsv());
    }

    /** A production version that cannot read the data says nothing against the candidate, which must not be refused for it. */
    private static QuarantineReport besideProduction(Examined candidate, Path production, Path evaluationCsv) {
        try {
            Bundle opened = Examined.read(PRODUCTION, production);
            Optional<String> difference = difference(candidate.bundle(), opened);
            if (difference.isPresent()) {
                return accepted(candidate, Optional.empty(), Optional.empty(), difference);
            }
            try (Examined current = Examined.of(PRODUCTION, opened, evaluationCsv)) {
                return accepted(candidate, Optional.of(current), Optional.empty(), Optional.empty());
            }
        } catch (LatheException e) {
            return accepted(candidate, Optional.empty(), Optional.of(String.valueOf(e.getMessage())), Optional.empty());
        }
    }

    /** Two versions that answer different questions can't be compared by how well they answer. */
    private static Optional<String> difference(Bundle candidate, Bundle production) {
        String mine = question(candidate);
        String theirs = question(production);
        return mine.equals(theirs)
                ? Optional.empty()
                : Optional.of("That one answers %s, this one %s.".formatted(theirs, mine));
    }

    private static String question(Bundle bundle) {
        return "the %s of '%s'"
                .formatted(
                        bundle.manifest().kind().answers(),
                        bundle.features().response().column());
    }

    private static QuarantineReport accepted(
            Examined candidate,
            Optional<Examined> production,
            Optional<String> productionFailure,
            Optional<String> difference) {
        Optional<Comparison> comparison =
                production.map(current -> candidate.evaluation().pairedWith(current.evaluation()));
        Bundle bundle = candidate.bundle();
        return new QuarantineReport.Accepted(
                bundle.id(),
                bundle.manifest().model(),
                bundle.manifest().trainedOn(),
                candidate.predictor().labels(),
                bundle.samples().samples().getFirst().row(),
                candidate.evaluation().metrics(),
                production.map(current -> current.evaluation().metrics()),
                productionFailure,
                difference,
                comparison,
                TrainingFacts.of(bundle.manifest()),
                production.map(current -> TrainingFacts.of(current.bundle().manifest())));
    }

    private record Examined(Bundle bundle, Predictor predictor, Evaluation evaluation) implements AutoCloseable {
        static Examined of(String what, Bundle bundle, Path evaluationCsv) {
            try {
                Predictor predictor = Predictor.load(bundle);
                SampleCheck.check(predictor, bundle.samples());
                LabelledCsv rows =
                        LabelledCsv.open(evaluationCsv, bundle.contract(), predictor.response(), predictor.labels());
                return new Examined(bundle, predictor, Evaluation.of(predictor, rows));
            } catch (LatheException e) {
                throw notAccepted(what, e);
            }
        }

        static Bundle read(String what, Path zip) {
            try {
                return BundleReader.open(Content.of(zip));
            } catch (LatheException e) {
                throw notAccepted(what, e);
            }
        }

        private static LatheException notAccepted(String what, LatheException e) {
            return new LatheException(e.code(), "%s was not accepted. %s".formatted(what, e.getMessage()), e);
        }

        @Override
        public void close() {
            predictor.close();
        }
    }
}
