package io.lathe.product.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** One running Java kernel, started from the product's kernel spec by a Python driver. Used by one thread. */
final class Kernel implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(90);
    private static final JsonMapper JSON = new JsonMapper();

    private final Process driver;
    private final Writer requests;
    private final BufferedReader answers;
    private final JsonNode started;

    private Kernel(Process driver) {
        this.driver = driver;
        this.requests = driver.outputWriter(StandardCharsets.UTF_8);
        this.answers = driver.inputReader(StandardCharsets.UTF_8);
        this.started = answer();
    }

    /**
     * Starts a kernel.
     *
     * @param folder      for the kernel's spec, log and working folder
     * @param environment added to this process's environment
     */
    static Kernel start(Path folder, Map<String, String> environment) throws IOException {
        return new Kernel(python("kernel_driver.py", folder, environment).start());
    }

    /** A Python script beside the driver, about to run with the kernel's spec as its argument. */
    static ProcessBuilder python(String script, Path folder, Map<String, String> environment) throws IOException {
        Path home = home();
        Path python = home.resolve(".build/python/bin/python");
        assumeTrue(Files.isExecutable(python), "The private Python environment is missing; ./lathe up makes " + python);
        Path jar = home.resolve("kernel-extensions/target/kernel-extensions.jar");
        assumeTrue(Files.isRegularFile(jar), "The kernel extension is not built; mvn package makes " + jar);

        Path spec = Files.writeString(folder.resolve("kernel.json"), spec(home));
        var builder = new ProcessBuilder(
                        python.toString(),
                        home.resolve("product-tests/src/test/python")
                                .resolve(script)
                                .toString(),
                        spec.toString())
                .directory(folder.toFile())
                .redirectError(folder.resolve("kernel.log").toFile());
        // A container's usual locale: everything beyond ASCII must survive it.
        builder.environment().remove("LC_ALL");
        builder.environment().put("LANG", "C");
        builder.environment().put("PYTHONUTF8", "1");
        builder.environment().putAll(environment);
        return builder;
    }

    private static String spec(Path home) throws IOException {
        return Files.readString(home.resolve("kernel-extensions/src/main/kernelspec/kernel.json"))
                .replace(
                        "${java}",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .replace("${home}", home.toString())
                .replace(
                        "{resource_dir}",
                        home.resolve(".build/python/share/jupyter/kernels/java").toString());
    }

    /** The checkout. */
    static Path home() {
        return Path.of(System.getProperty("lathe.home", "..")).toAbsolutePath().normalize();
    }

    /** Seconds from starting the process to the kernel's first answer. */
    double secondsToReady() {
        return started.path("ready").asDouble();
    }

    long pid() {
        return started.path("pid").asLong();
    }

    /** Runs a cell and waits for its end. */
    Cell run(String code) {
        JsonNode answer = send(request("execute").put("code", code));
        List<Output> outputs = new ArrayList<>();
        answer.path("outputs")
                .forEach(output -> outputs.add(new Output(output.path("kind").asText(), output.path("content"))));
        return new Cell(answer.path("reply"), outputs);
    }

    /** Asks anything that has one reply: {@code is_complete}, {@code complete}, {@code inspect}, {@code kernel_info}. */
    JsonNode ask(String call, String... arguments) {
        ObjectNode request = request(call);
        var array = request.putArray("arguments");
        List.of(arguments).forEach(array::add);
        return send(request).path("reply");
    }

    /** Ends the kernel as Jupyter does; the seconds it took. */
    double shutDown() {
        return send(request("shutdown")).path("seconds").asDouble();
    }

    @Override
    public void close() throws IOException {
        requests.close();
        try {
            if (!driver.waitFor(20, TimeUnit.SECONDS)) {
                driver.destroyForcibly();
            }
        } catch (InterruptedException e) {
            driver.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private ObjectNode request(String call) {
        return JSON.createObjectNode().put("call", call).put("seconds", ANSWER.toSeconds());
    }

    private JsonNode send(ObjectNode request) {
        try {
            requests.write(request + "\n");
            requests.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answer();
    }

    private JsonNode answer() {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("The kernel's driver ended; its kernel.log says why.");
            }
            JsonNode answer = JSON.readTree(line);
            if (answer.has("timeout")) {
                throw new IllegalStateException("No answer within " + answer.path("timeout") + " s");
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One message of a cell.
     *
     * @param kind    {@code stream}, {@code display_data}, {@code update_display_data}, {@code execute_result}, {@code error}
     * @param content the message's content
     */
    record Output(String kind, JsonNode content) {
        JsonNode data(String mimeType) {
            return content.path("data").path(mimeType);
        }
    }

    /**
     * What a cell did.
     *
     * @param reply   the execute reply
     * @param outputs what it showed, in order
     */
    record Cell(JsonNode reply, List<Output> outputs) {
        String status() {
            return reply.path("status").asText();
        }

        /** The result's data of one MIME type; missing when there is none. */
        JsonNode result(String mimeType) {
            return outputs.stream()
                    .filter(output -> output.kind().equals("execute_result"))
                    .findFirst()
                    .map(output -> output.data(mimeType))
                    .orElse(JSON.missingNode());
        }

        String html() {
            return result("text/html").asText();
        }

        String text() {
            return result("text/plain").asText();
        }

        /** All that was printed on standard output. */
        String printed() {
            return String.join(
                    "",
                    outputs.stream()
                            .filter(output -> output.kind().equals("stream"))
                            .filter(output ->
                                    output.content().path("name").asText().equals("stdout"))
                            .map(output -> output.content().path("text").asText())
                            .toList());
        }

        /** Name, message and stack of the error, without colours. */
        String error() {
            return outputs.stream()
                    .filter(output -> output.kind().equals("error"))
                    .map(output -> output.content().path("ename").asText() + ": "
                            + output.content().path("evalue").asText() + "\n" + trace(output))
                    .findFirst()
                    .orElse("");
        }

        private static String trace(Output output) {
            List<String> lines = StreamSupport.stream(
                            output.content().path("traceback").spliterator(), false)
                    .map(JsonNode::asText)
                    .toList();
            return String.join("\n", lines).replaceAll("\u001b\\[[0-9;]*m", "");
        }
    }
}
