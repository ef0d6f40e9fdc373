package io.lathe.product.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jupyter's own kernel tests; the script names those that JJava itself fails. */
@Tag("slow")
class KernelConformanceTest {

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void jupytersKernelTestsPass(@TempDir Path folder) throws IOException, InterruptedException {
        ProcessBuilder suite = Kernel.python("kernel_conformance.py", folder, Map.of());
        String python = suite.command().getFirst();
        assumeTrue(
                new ProcessBuilder(python, "-c", "import jupyter_kernel_test")
                                .start()
                                .waitFor()
                        == 0,
                "jupyter_kernel_test is not in the private Python environment; ./lathe test installs it");
        Process tests = suite.start();
        String output = new String(tests.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(tests.waitFor()).as(output).isZero();
        assertThat(output).contains("Ran 7 tests").doesNotContain("skipped");
    }
}
