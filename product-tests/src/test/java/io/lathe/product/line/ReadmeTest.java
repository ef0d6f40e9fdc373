package io.lathe.product.line;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lathe.product.Checkout;
import io.lathe.product.LatheCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README's session, with a data folder and ports of the test's own. */
@Tag("slow")
class ReadmeTest {
    private static final Duration LINE = Duration.ofMinutes(20);
    private static final Duration CALL = Duration.ofMinutes(1);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Checkout checkout = Checkout.here();

    @TempDir
    Path data = Path.of("");

    @Test
    void theDemoServesAPredictionAndAnyProgramCanCallTheModel() throws Exception {
        Readme readme = Readme.read(checkout.root().resolve("README.md"));
        assertThat(readme.commands()).anyMatch(command -> command.startsWith("./lathe up"));
        assertThat(readme.commands()).anyMatch(command -> command.startsWith("./lathe test"));
        var lathe = new LatheCommand(checkout, data, checkout.leavings("line"));
        try {
            List<JsonNode> steps = steps(lathe.run(LINE, "demo", "--json", "--port", "0", "--serving-port", "0"));
            assertThat(steps)
                    .extracting(step -> step.path("step").asText())
                    .containsExactly("setup", "up", "project", "server", "notebook", "publish", "prediction");
            assertThat(steps).allMatch(step -> step.path("ok").asBoolean() && step.has("seconds"));

            String answer = typed(readme.from("consumer add"), servingAddress(steps.getLast()));
            assertThat(JSON.readTree(answer).at("/predictions/0/label").asText())
                    .as(answer)
                    .isEqualTo("Gentoo");

            List<JsonNode> again = steps(lathe.run(LINE, "demo", "--json"));
            assertThat(again.get(2).path("id").asText())
                    .as("the second demo uses the same project")
                    .isEqualTo(steps.get(2).path("id").asText());
        } finally {
            lathe.run(CALL, "down");
        }
    }

    private static List<JsonNode> steps(List<String> lines) throws IOException {
        var steps = new ArrayList<JsonNode>();
        for (String line : lines) {
            steps.add(JSON.readTree(line));
        }
        return steps;
    }

    private static String servingAddress(JsonNode prediction) {
        String url = prediction.path("url").asText();
        return url.substring("http://".length(), url.indexOf("/v1/"));
    }

    /** Runs the commands in one shell, as a reader would; answers what the last one printed. */
    private String typed(List<String> commands, String serving) throws IOException, InterruptedException {
        String script = String.join("\n", commands).replace("./lathe", "lathe").replace("127.0.0.1:8501", serving);
        Path file = data.resolve("readme.sh");
        Files.writeString(file, "set -eu\nlathe() { \"$LATHE\" \"$@\" --data \"$DATA\"; }\n" + script + "\n");
        Path out = data.resolve("readme.out");
        ProcessBuilder shell = new ProcessBuilder("bash", file.toString())
                .directory(checkout.root().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(out.toFile());
        shell.environment().put("LATHE", checkout.lathe().toString());
        shell.environment().put("DATA", data.toString());
        Process process = shell.start();
        if (!process.waitFor(CALL.toSeconds(), TimeUnit.SECONDS)) {
            process.destroy();
            throw new AssertionError("README's commands took longer than " + CALL);
        }
        assertThat(process.exitValue()).as("exit code of README's commands").isZero();
        return Files.readString(out);
    }
}
