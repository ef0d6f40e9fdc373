package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lathe.workbench.access.HostNaming;
import io.lathe.workbench.json.Json;
import io.lathe.workbench.proxy.Figures;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Other people's programs, as their registries give them, with a personal token: a Jupyter server and jupyter_client's manager for
 * which a project is the kernel gateway, and the npm package that JupyterLab's page speaks through. Projects are on addresses of their
 * own, since neither Python nor Node resolves {@code *.localhost} everywhere.
 */
@Tag("slow")
class StockClientsTest {
    private static final int MINUTES = 4;

    @TempDir
    static Path data;

    private static WorkbenchProcess workbench;
    private static String url;
    private static String token;

    @BeforeAll
    static void start() {
        workbench = new WorkbenchProcess(data, List.of("-Xmx96m"), HostNaming.ADDRESSES, "penguins");
        workbench.send("POST", "/api/v1/projects/penguins/server");
        workbench.awaitServer("penguins", "ready");
        String ticket = workbench
                .send("POST", "/api/v1/projects/penguins/tickets")
                .path("url")
                .asText();
        url = ticket.substring(0, ticket.indexOf("/lathe/enter")) + "/projects/penguins";
        token = workbench
                .send("POST", "/api/v1/tokens", Json.write(Map.of("name", "stock", "role", "developer", "days", 1)))
                .path("token")
                .asText();
    }

    @AfterAll
    static void stop() {
        if (workbench != null) {
            workbench.close();
        }
    }

    @Test
    void aJupyterServerAndJupyterClientUseTheProjectAsTheirKernelGateway() throws Exception {
        String said = run(".build/python/bin/python", "gateway_test.py", List.of("-v"), 0);

        assertThat(said).contains("Ran 5 tests").contains("OK").doesNotContain("skipped");
    }

    @Test
    void theClientOfJupyterLabsPageWorksWithKernelsSessionsContentsAndTerminals() throws Exception {
        assumeServices();

        String said = run(".build/python/bin/node", "services.test.mjs", List.of(), 5_000_000);

        assertThat(said).containsPattern("# pass 27\\R").contains("# fail 0", "# skipped 0", "# cancelled 0");
    }

    @Test
    @Tag("scale")
    void binaryFramesOfAlmost64MebibytesGoThereAndBackUnchanged() throws Exception {
        assumeServices();

        // A message's headers stand in the same frame.
        String said = run(".build/python/bin/node", "services.test.mjs", List.of(), (64 << 20) - 16_384);

        assertThat(said).containsPattern("# pass 27\\R").contains("# fail 0", "# skipped 0", "# cancelled 0");
        Figures.add(
                "StockClientsTest.peak memory of the workbench, binary frames of 64 MiB",
                workbench.peakBytes(),
                "bytes");
    }

    private static void assumeServices() {
        // Set-up installs it with the button; Maven started by hand may come before that.
        assumeTrue(
                Files.isDirectory(services().resolveSibling("node_modules/@jupyterlab/services")),
                "no @jupyterlab/services: ./lathe up installs it");
    }

    private static Path services() {
        return WorkbenchProcess.home().resolve("publish-button/package.json");
    }

    /**
     * Everything the program said; it must have ended well.
     *
     * @param bufferBytes how much it sends in one binary frame, where it does
     */
    private static String run(String program, String script, List<String> arguments, int bufferBytes) throws Exception {
        Path file = Path.of(
                StockClientsTest.class.getResource("/stock-clients/" + script).toURI());
        Path said = data.resolve(script + ".out");
        List<String> command =
                new ArrayList<>(List.of(WorkbenchProcess.home().resolve(program).toString()));
        if (script.endsWith(".mjs")) {
            command.addAll(List.of("--test", "--test-reporter=tap"));
        }
        command.add(file.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(data.toFile())
                .redirectErrorStream(true)
                .redirectOutput(new File(said.toString()));
        builder.environment()
                .putAll(Map.of(
                        "LATHE_TEST_URL",
                        url,
                        "LATHE_TEST_TOKEN",
                        token,
                        "LATHE_TEST_BUFFER_BYTES",
                        Integer.toString(bufferBytes),
                        "LATHE_TEST_PROJECT",
                        "penguins",
                        "LATHE_TEST_SERVICES",
                        services().toString()));
        Process process = builder.start();
        boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        String text = Files.readString(said, StandardCharsets.UTF_8);
        assertThat(ended).as(text).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
