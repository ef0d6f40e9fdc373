package io.lathe.models.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.read.CsvOptions;
import io.lathe.datasets.read.CsvTable;
import io.lathe.datasets.store.Content;
import io.lathe.models.SampleModels;
import io.lathe.models.SampleRegressions;
import io.lathe.models.bundle.Bundle;
import io.lathe.models.bundle.BundleContents;
import io.lathe.models.bundle.BundleReader;
import io.lathe.models.bundle.BundleWriter;
import io.lathe.models.evaluation.ClassificationMetrics;
import io.lathe.models.evaluation.Metrics;
import io.lathe.models.evaluation.PairedErrors;
import io.lathe.models.evaluation.PairedRows;
import io.lathe.models.evaluation.RegressionMetrics;
import io.lathe.models.features.Features;
import io.lathe.models.features.RowSource;
import io.lathe.models.publish.BundleBuilder;
import io.lathe.models.quarantine.QuarantineReport.Accepted;
import io.lathe.models.quarantine.QuarantineReport.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineProcessTest {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final String CLASS_PATH = System.getProperty("java.class.path");
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    @TempDir
    Path folder = Path.of("");

    private Path evaluation = Path.of("");

    @BeforeEach
    void writeEvaluationData() throws IOException {
        evaluation = Files.write(folder.resolve("test.csv"), SampleModels.evaluationCsv());
    }

    @Test
    void aSoundCandidateIsAcceptedWithItsMetrics() throws IOException {
        byte[] zip = SampleModels.goodBundle("penguins");

        QuarantineReport report = quarantine().run(write("good.zip", zip), Optional.empty(), evaluation);

        assertThat(report).isInstanceOfSatisfying(Accepted.class, accepted -> {
            assertThat(accepted.candidate())
                    .isEqualTo(BundleReader.open(Content.of(zip)).id());
            assertThat(accepted.model()).isEqualTo("penguins");
            assertThat(accepted.trainedOn()).contains("penguins@v1");
            assertThat(accepted.labels()).isEqualTo(SampleModels.LABELS);
            assertThat(accepted.sampleRow()).containsKeys("island", "body_mass_g");
            assertThat(accepted.metrics().rows()).isEqualTo(60);
            assertThat(accuracy(accepted.metrics())).isGreaterThan(0.9);
            assertThat(accepted.production()).isEmpty();
        });
    }

    @Test
    void theProductionVersionIsEvaluatedOnTheSameRows() throws IOException {
        QuarantineReport report = quarantine()
                .run(
                        write("bad.zip", SampleModels.badBundle("penguins")),
                        Optional.of(write("good.zip", SampleModels.goodBundle("penguins"))),
                        evaluation);

        assertThat(report).isInstanceOfSatisfying(Accepted.class, accepted -> {
            assertThat(accuracy(accepted.production().orElseThrow())).isGreaterThan(accuracy(accepted.metrics()));
            assertThat(accepted.production().orElseThrow().rows()).isEqualTo(60);
            assertThat(((PairedRows) accepted.comparison().orElseThrow()).onlyProduction())
                    .isPositive();
        });
    }

    @Test
    void aRegressionIsMeasuredBesideTheOneInProduction() throws IOException {
        QuarantineReport report = quarantine()
                .run(
                        write("forest.zip", SampleRegressions.goodBundle("mass")),
                        Optional.of(write("mean.zip", SampleRegressions.meanBundle("mass"))),
                        evaluation);

        assertThat(report).isInstanceOfSatisfying(Accepted.class, accepted -> {
            assertThat(accepted.labels()).isEmpty();
            assertThat(accepted.metrics()).isInstanceOf(RegressionMetrics.class);
            assertThat(((PairedErrors) accepted.comparison().orElseThrow())
                            .difference()
                            .estimate())
                    .isPositive();
            assertThat(QuarantineReport.fromJson(accepted.toJson())).isEqualTo(accepted);
        });
    }

    @Test
    void aVersionThatAnswersAnotherQuestionIsNotComparedAndSaysHowItDiffers() throws IOException {
        QuarantineReport report = quarantine()
                .run(
                        write("mass.zip", SampleRegressions.goodBundle("penguins")),
                        Optional.of(write("species.zip", SampleModels.goodBundle("penguins"))),
                        evaluation);

        assertThat(report).isInstanceOfSatisfying(Accepted.class, accepted -> {
            assertThat(accepted.difference())
                    .contains("That one answers the labels of 'species', this one the numbers of 'body_mass_g'.");
            assertThat(accepted.production()).isEmpty();
            assertThat(accepted.productionFailure()).isEmpty();
            assertThat(QuarantineReport.fromJson(accepted.toJson())).isEqualTo(accepted);
        });
    }

    @Test
    void aProductionVersionThatCannotBeEvaluatedIsNotHeldAgainstTheCandidate() throws IOException {
        QuarantineReport report = quarantine()
                .run(
                        write("good.zip", SampleModels.goodBundle("penguins")),
                        Optional.of(write("damaged.zip", "no zip".getBytes(StandardCharsets.UTF_8))),
                        evaluation);

        assertThat(report).isInstanceOfSatisfying(Accepted.class, accepted -> {
            assertThat(accepted.metrics().rows()).isEqualTo(60);
            assertThat(accepted.production()).isEmpty();
            assertThat(accepted.productionFailure().orElseThrow())
                    .startsWith("The production version was not accepted.");
        });
    }

    @Test
    void labelsThatAreTruthValuesAreThoseOfTheNotebookHoweverTheFileWritesThem() throws IOException {
        String csv = "churned,months\n" + "True,1\nFALSE,20\n true ,2\nfalse,30\n".repeat(10);
        RowSource rows =
                RowSource.of(CsvTable.open(Content.of(csv.getBytes(StandardCharsets.UTF_8)), CsvOptions.defaults()));
        var features = Features.classify("churned").numeric("months").fit(rows);
        byte[] zip = BundleBuilder.of(SampleModels.logistic().train(features.dataset(rows, Optional.of("churn@v1"))))
                .named("churn")
                .evaluatedOn("churn-test@v1", rows)
                .build(SampleModels.CREATED_AT)
                .zip();
        Path test = write("churn-test.csv", csv.getBytes(StandardCharsets.UTF_8));

        QuarantineReport report =
                Quarantine.examine(new QuarantineRequest(write("churn.zip", zip), Optional.empty(), test));

        assertThat(report).isInstanceOfSatisfying(Accepted.class, accepted -> {
            assertThat(((ClassificationMetrics) accepted.metrics()).unknownLabels())
                    .isEmpty();
            assertThat(accepted.metrics())
                    .isEqualTo(BundleReader.open(Content.of(zip)).metrics());
        });
    }

    @Test
    void aFileThatIsNoBundleIsRefusedWithTheReason() throws IOException {
        Path text = write("bundle.zip", "no zip".getBytes(StandardCharsets.UTF_8));

        assertThat(refused(quarantine().run(text, Optional.empty(), evaluation)).reasons())
                .singleElement()
                .asString()
                .contains("The bundle is refused");
    }

    @Test
    void aModelFileThatNamesAForeignClassIsRefusedByThatName() throws IOException {
        Bundle sound = SampleModels.bundle("penguins", SampleModels.good()).bundle();
        byte[] foreign = SampleModels.good().serialize().toBuilder()
                .setClassName("org.tribuo.classification.liblinear.LibLinearClassificationModel")
                .build()
                .toByteArray();
        byte[] zip = BundleWriter.write(new BundleContents(
                "penguins",
                SampleModels.CREATED_AT,
                foreign,
                sound.features(),
                sound.manifest().labels(),
                sound.metrics(),
                sound.samples(),
                Optional.empty(),
                Optional.empty(),
                Map.of()));

        assertThat(refused(quarantine().run(write("foreign.zip", zip), Optional.empty(), evaluation))
                        .reasons())
                .singleElement()
                .asString()
                .contains("'org.tribuo.classification.liblinear.LibLinearClassificationModel'");
    }

    @Test
    void samplesThatAreNoLongerPredictedAreRefused() throws IOException {
        Bundle good = SampleModels.bundle("penguins", SampleModels.good()).bundle();
        Bundle bad = SampleModels.bundle("penguins", SampleModels.bad()).bundle();
        byte[] mixed = BundleWriter.write(new BundleContents(
                "penguins",
                SampleModels.CREATED_AT,
                bad.modelFile(),
                good.features(),
                good.manifest().labels(),
                good.metrics(),
                good.samples(),
                Optional.empty(),
                Optional.empty(),
                Map.of()));

        assertThat(refused(quarantine().run(write("mixed.zip", mixed), Optional.empty(), evaluation))
                        .reasons())
                .singleElement()
                .asString()
                .contains("Sample 1 of the bundle is not predicted as when it was made");
    }

    @Test
    void aMissingFileIsRefusedAndNeverAnException() {
        Path missing = folder.resolve("missing.zip");

        assertThat(refused(quarantine().run(missing, Optional.empty(), evaluation))
                        .reasons())
                .isNotEmpty();
    }

    @Test
    void evaluationDataWithAValueOfAnotherTypeIsRefusedNamingIt() throws IOException {
        String csv = Files.readString(evaluation).replaceFirst("\\n([^,]*),([^,]*),[^,]*,", "\n$1,$2,long,");
        Files.writeString(evaluation, csv);

        assertThat(refused(quarantine()
                                .run(
                                        write("good.zip", SampleModels.goodBundle("penguins")),
                                        Optional.empty(),
                                        evaluation))
                        .reasons())
                .singleElement()
                .asString()
                .contains("long");
    }

    @Test
    void aCandidateThatLoopsIsStoppedAtTheDeadline() {
        QuarantineProcess process = process(Misbehaving.Loops.class, Duration.ofSeconds(3));

        Refused refused = refused(process.run(evaluation, Optional.empty(), evaluation));

        assertThat(refused.reasons()).singleElement().asString().contains("not done after 3 seconds");
        assertThat(ProcessHandle.of(Long.parseLong(refused.log().strip())))
                .satisfiesAnyOf(
                        gone -> assertThat(gone).isEmpty(),
                        gone -> assertThat(gone.orElseThrow().isAlive()).isFalse());
    }

    @Test
    void aCandidateThatEatsMemoryIsRefusedForThat() {
        QuarantineProcess process = process(Misbehaving.Eats.class, LONG_ENOUGH);

        assertThat(refused(process.run(evaluation, Optional.empty(), evaluation))
                        .reasons())
                .singleElement()
                .asString()
                .contains("512 MB of memory");
    }

    @Test
    void aCandidateThatCrashesIsRefusedAndItsLastWordsAreKept() {
        QuarantineProcess process = process(Misbehaving.Crashes.class, LONG_ENOUGH);

        Refused refused = refused(process.run(evaluation, Optional.empty(), evaluation));

        assertThat(refused.reasons()).singleElement().asString().contains("ended with code 42");
        assertThat(refused.log()).endsWith("last words\n").hasSizeLessThanOrEqualTo(8 << 10);
    }

    @Test
    void aFloodOfOutputIsCutAndRefused() {
        QuarantineProcess process = process(Misbehaving.Floods.class, LONG_ENOUGH);

        assertThat(refused(process.run(evaluation, Optional.empty(), evaluation))
                        .reasons())
                .singleElement()
                .asString()
                .contains("wrote more than");
    }

    @Test
    void outputThatIsNoReportIsRefused() {
        QuarantineProcess process = process(Misbehaving.Chats.class, LONG_ENOUGH);

        assertThat(refused(process.run(evaluation, Optional.empty(), evaluation))
                        .reasons())
                .singleElement()
                .asString()
                .contains("no readable report");
    }

    @Test
    void theProcessSeesNoEnvironmentAndRefusesJavaSerialization() {
        QuarantineProcess process = process(Misbehaving.Looks.class, LONG_ENOUGH);

        assertThat(refused(process.run(evaluation, Optional.empty(), evaluation))
                        .log())
                .contains("environment [CLASSPATH, LANG]")
                .contains("deserialization InvalidClassException");
    }

    @Test
    void withoutAJavaTheCallerIsTold() {
        QuarantineProcess process = new QuarantineProcess(folder.resolve("no-java"), CLASS_PATH, LONG_ENOUGH);

        assertThatThrownBy(() -> process.run(evaluation, Optional.empty(), evaluation))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("no-java");
    }

    @Test
    void reportsReadBackToEqualReports() {
        Refused refused = new Refused(List.of("a", "b"), "log\n");
        QuarantineReport accepted = Quarantine.examine(new QuarantineRequest(
                write("good.zip", SampleModels.goodBundle("penguins")),
                Optional.of(write("fair.zip", SampleModels.fairBundle("penguins"))),
                evaluation));

        assertThat(QuarantineReport.fromJson(refused.toJson())).isEqualTo(refused);
        assertThat(accepted).isInstanceOf(Accepted.class);
        assertThat(QuarantineReport.fromJson(accepted.toJson())).isEqualTo(accepted);
    }

    private static Refused refused(QuarantineReport report) {
        assertThat(report).isInstanceOf(Refused.class);
        return (Refused) report;
    }

    private static QuarantineProcess quarantine() {
        return new QuarantineProcess(JAVA, CLASS_PATH, LONG_ENOUGH);
    }

    private static QuarantineProcess process(Class<?> main, Duration deadline) {
        return new QuarantineProcess(JAVA, CLASS_PATH, deadline, main.getName());
    }

    private Path write(String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Programs in the place of {@link Quarantine} that do what a hostile candidate might bring about. */
    static final class Misbehaving {
        private Misbehaving() {}

        static final class Loops {
            public static void main(String[] args) throws InterruptedException {
                System.err.println(ProcessHandle.current().pid());
                Thread.currentThread().join();
            }
        }

        static final class Eats {
            public static void main(String[] args) {
                List<byte[]> eaten = new ArrayList<>();
                while (eaten.size() < Integer.MAX_VALUE) {
                    eaten.add(new byte[1 << 20]);
                }
            }
        }

        static final class Crashes {
            public static void main(String[] args) {
                for (int i = 0; i < 100_000; i++) {
                    System.err.println("many words");
                }
                System.err.println("last words");
                System.exit(42);
            }
        }

        static final class Floods {
            public static void main(String[] args) {
                byte[] much = new byte[1 << 16];
                while (!System.out.checkError()) {
                    System.out.write(much, 0, much.length);
                }
            }
        }

        static final class Chats {
            public static void main(String[] args) {
                System.out.println("{\"outcome\":\"accepted\"} and more");
            }
        }

        static final class Looks {
            public static void main(String[] args) {
                System.err.println(
                        "environment " + new java.util.TreeSet<>(System.getenv().keySet()));
                try (var in = new java.io.ObjectInputStream(new java.io.ByteArrayInputStream(serialised()))) {
                    System.err.println("deserialization gave " + in.readObject());
                } catch (IOException | ClassNotFoundException e) {
                    System.err.println("deserialization " + e.getClass().getSimpleName());
                }
                System.exit(1);
            }

            private static byte[] serialised() throws IOException {
                var bytes = new java.io.ByteArrayOutputStream();
                try (var out = new java.io.ObjectOutputStream(bytes)) {
                    out.writeObject(new ArrayList<>(List.of("x")));
                }
                return bytes.toByteArray();
            }
        }
    }

    private static double accuracy(Metrics metrics) {
        return ((ClassificationMetrics) metrics).accuracy();
    }
}
