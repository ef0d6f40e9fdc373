package io.lathe.kernel.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkbenchTest {

    @Test
    void outsideOfAWorkbenchEachUseSaysWhatIsMissing() {
        Workbench none = new Workbench(Map.of());

        assertThatThrownBy(none::datasets)
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("LATHE_URL is not set");
        assertThatThrownBy(new Workbench(Map.of("LATHE_URL", "http://127.0.0.1:1"))::project)
                .hasMessageContaining("LATHE_TOKEN is not set");
        assertThat(none.findProjectName()).isEmpty();
    }

    @Test
    void aWorkbenchThatIsGoneIsNamedWithoutTheToken() {
        ProjectApi api = new Workbench(Map.of("LATHE_URL", "http://127.0.0.1:1/", "LATHE_TOKEN", "s3cret")).project();

        assertThatThrownBy(() -> api.get("/models"))
                .isInstanceOfSatisfying(
                        LatheException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.UNAVAILABLE))
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> api.post("/publications", Map.of("a", "b c"), "key", "application/zip", new byte[1]))
                .isInstanceOfSatisfying(
                        LatheException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.OUTCOME_UNKNOWN));
    }

    @Test
    void anAddressThatIsNoneIsRefused() {
        assertThatThrownBy(new Workbench(Map.of("LATHE_URL", "not a url", "LATHE_TOKEN", "t"))::datasets)
                .hasMessageContaining("LATHE_URL is not an address: 'not a url'");
    }
}
