package io.lathe.product.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Java objects in bytes are never read in workbench and endpoint, however it is started. */
@Tag("slow") // starts processes
class DeserializationTest {

    private static String run(String program, String... jvmOptions) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of(ReadsAnObject.class.getName(), program, "--unknown", "x"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(output).isEqualTo(2);
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"workbench", "endpoint"})
    void anObjectIsRefusedWhateverTheProcessWasStartedWith(String program) throws Exception {
        assertThat(run(program)).contains("Unknown option '--unknown'", "Object: refused");
        assertThat(run(program, "-Djdk.serialFilter=*")).contains("Unknown option '--unknown'", "Object: refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"workbench", "endpoint"})
    void anOptionThatWouldDecideInsteadEndsTheProcess(String program) throws Exception {
        assertThat(run(program, "-Djdk.serialFilterFactory=" + LetsEverythingIn.class.getName()))
                .contains("-Djdk.serialFilterFactory", "Start it without that option")
                .doesNotContain("Unknown option");
    }

    /** What an option could put in charge. */
    public static final class LetsEverythingIn implements BinaryOperator<ObjectInputFilter> {
        @Override
        public ObjectInputFilter apply(ObjectInputFilter current, ObjectInputFilter next) {
            return info -> ObjectInputFilter.Status.ALLOWED;
        }
    }
}
