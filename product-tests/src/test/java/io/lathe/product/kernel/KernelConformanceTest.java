package io.lathe.product.kernel;

import static org.assertj.core.api.Assertions.assertThat;

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
        Process tests = Kernel.python("kernel_conformance.py", folder, Map.of()).start();
        String output = new String(tests.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(tests.waitFor()).as(output).isZero();
        assertThat(output).contains("Ran 7 tests").doesNotContain("skipped");
    }
}
