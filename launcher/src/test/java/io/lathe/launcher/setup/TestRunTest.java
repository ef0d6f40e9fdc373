package io.lathe.launcher.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRunTest {
    @TempDir
    Path root;

    @Test
    void extentIsChosenByOneWord() {
        assertThat(TestExtent.of(List.of())).contains(TestExtent.FULL);
        assertThat(TestExtent.of(List.of("fast"))).contains(TestExtent.FAST);
        assertThat(TestExtent.of(List.of("scale"))).contains(TestExtent.SCALE);
        assertThat(TestExtent.of(List.of("full"))).isEmpty();
        assertThat(TestExtent.of(List.of("fast", "scale"))).isEmpty();
    }

    @Test
    void resultAtScaleKeepsOutcomesTimesAndFigures() throws Exception {
        Path target = Files.createDirectories(root.resolve("workbench-server/target/surefire-reports"));
        Files.writeString(target.resolve("TEST-a.xml"), """
                <testsuite>
                  <testcase classname="io.lathe.workbench.BigTest" name="upload" time="1,201.5"/>
                  <testcase classname="io.lathe.workbench.BigTest" name="idle" time="2"><failure message="expected &quot;5000&quot;&#10;but"/></testcase>
                  <testcase classname="io.lathe.workbench.BigTest" name="gpu" time="0"><skipped message="no device"/></testcase>
                </testsuite>
                """);
        Files.writeString(
                root.resolve("workbench-server/target/figures.tsv"), "BigTest.upload\theap growth\t-1.25\tMiB\n");
        Path file = new ScaleResult(TestReports.read(root), Figures.read(root), Duration.ofMillis(1500))
                .save(new Checkout(root));
        assertThat(file.toString()).matches(".*/benchmarks/results/\\d{4}-\\d\\d-\\d\\d-scale\\.json");
        JsonNode kept = new ObjectMapper().readTree(file.toFile());
        assertThat(kept.at("/seconds").asDouble()).isEqualTo(1.5);
        assertThat(List.of(kept.at("/passed"), kept.at("/failed"), kept.at("/skipped")))
                .extracting(JsonNode::asInt)
                .containsExactly(1, 1, 1);
        JsonNode upload = kept.at("/tests/0");
        assertThat(upload.path("test").asText()).isEqualTo("BigTest.upload");
        assertThat(upload.path("module").asText()).isEqualTo("workbench-server");
        assertThat(upload.path("seconds").asDouble()).isEqualTo(1201.5);
        assertThat(upload.at("/figures/0/value").asDouble()).isEqualTo(-1.25);
        assertThat(kept.at("/tests/1/why").asText()).isEqualTo("expected \"5000\"");
        assertThat(kept.at("/tests/2/outcome").asText()).isEqualTo("skipped");
    }

    @Test
    void figureThatCannotBeReadIsRefused() throws Exception {
        Files.createDirectories(root.resolve("models/target"));
        Files.writeString(root.resolve("models/target/figures.tsv"), "BigTest.upload\theap\tNaN\tMiB\n");
        assertThatThrownBy(() -> Figures.read(root)).hasMessageContaining("NaN").hasMessageContaining("figures.tsv");
    }

    @Test
    void programThatPassesItsDeadlineIsEndedWithItsChildren() throws Exception {
        Path child = root.resolve("child");
        AtomicBoolean tooLate = new AtomicBoolean();
        ProcessBuilder hanging =
                new ProcessBuilder("sh", "-c", "sleep 600 & echo $! > '" + child + "'; while :; do wait; done");
        boolean well = TestRun.endsWell(hanging, Duration.ofSeconds(1), () -> tooLate.set(true));
        assertThat(well).isFalse();
        assertThat(tooLate).isTrue();
        long pid = Long.parseLong(Files.readString(child).strip());
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(TestRun.endsWell(new ProcessBuilder("false"), Duration.ofSeconds(10), () -> {}))
                .isFalse();
        assertThat(TestRun.endsWell(new ProcessBuilder("true"), Duration.ofSeconds(10), () -> {}))
                .isTrue();
    }

    @Test
    void reportsOfEarlierRunsDoNotCount() throws Exception {
        Path target = Files.createDirectories(root.resolve("models/target/surefire-reports"));
        Files.writeString(
                target.resolve("TEST-a.xml"),
                "<testsuite><testcase classname=\"A\" name=\"b\" time=\"1\"/></testsuite>");
        TestReports.clear(root);
        assertThat(TestReports.read(root).tests()).isEmpty();
    }
}
