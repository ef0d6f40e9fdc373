package io.lathe.workbench.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.lathe.models.SampleModels;
import io.lathe.workbench.publication.Judge.Finding;
import io.lathe.workbench.publication.Judge.Rival;
import io.lathe.workbench.registry.Judgement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineJudgeTest {
    private final Judge judge = QuarantineJudge.ofThisJava();

    @TempDir
    Path folder = Path.of("");

    private Path candidate = Path.of("");
    private Path evaluation = Path.of("");

    @BeforeEach
    void writeFiles() throws IOException {
        candidate = Files.write(folder.resolve("candidate.zip"), SampleModels.goodBundle("penguins"));
        evaluation = Files.write(folder.resolve("test.csv"), SampleModels.evaluationCsv());
    }

    @Test
    void aFirstVersionThatBeatsTheMostFrequentLabelIsPromoted() throws Exception {
        assertThat(verdict(Optional.empty(), "penguins-test@v1").outcome()).isEqualTo("promoted");
    }

    @Test
    void aModelJudgedOnItsOwnTrainingDataIsHeld() throws Exception {
        Judgement verdict = verdict(Optional.empty(), "penguins@v1");
        assertThat(verdict.outcome()).isEqualTo("held");
        assertThat(verdict.reasons()).singleElement().asString().contains("trained on penguins@v1 itself");
    }

    @Test
    void aProductionVersionThatCannotBeOpenedHoldsTheCandidateAndIsNamed() throws Exception {
        Path damaged = Files.write(folder.resolve("production.zip"), "no zip".getBytes(StandardCharsets.UTF_8));
        Judgement verdict = verdict(Optional.of(new Rival(4, "0".repeat(64), damaged)), "penguins-test@v1");
        assertThat(verdict.outcome()).isEqualTo("held");
        assertThat(verdict.reasons()).singleElement().asString().contains("Production version 4");
    }

    private Judgement verdict(Optional<Rival> production, String evaluatedOn) throws Exception {
        Finding finding = judge.judge(candidate, production, evaluation, evaluatedOn);
        assertThat(finding).isInstanceOf(Finding.Judged.class);
        return ((Finding.Judged) finding).report().verdict();
    }
}
