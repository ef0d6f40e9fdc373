package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.workbench.access.Role;
import io.lathe.workbench.access.TokenName;
import io.lathe.workbench.serving.ConsumerName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Schemathesis calls every operation of the API's document with what the document allows and with what it does not: nothing breaks the
 * workbench, what the document allows is not refused as malformed, what it does not allow is refused, and every answer is one that the
 * document has.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiFuzzTest {
    private static final String PROGRAM = ".build/python/bin/schemathesis";

    /** Who calls, and what only they may. */
    enum Caller {
        OWNER("^/api/v1/(?!project$|project/|routes$|bundles/)"),
        PROJECT("^/api/v1/project(/|$)"),
        SERVING_ENDPOINT("^/api/v1/(routes$|bundles/)");

        private final String paths;

        Caller(String paths) {
            this.paths = paths;
        }
    }

    private final Path folder;
    private final RunningWorkbench workbench;
    private final JsonNode document;

    ApiFuzzTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        Options options = new Options(folder.resolve("data"), 0, 0, Checkout.in(folder.resolve("home")));
        workbench = new RunningWorkbench(options, services -> new PaperNotebookServers(services.jobs()));
        workbench.makeProject("penguins");
        Services services = workbench.app.services();
        Published.version(services, "penguins", "00000000-0000-4000-8000-000000000000", '0');
        Published.version(services, "penguins", "00000000-0000-4000-8000-000000000001", '1');
        services.consumers().add(services.ownerId(), new ConsumerName("web"), Set.of("penguins"));
        services.personalTokens().issue(services.ownerId(), new TokenName("laptop"), Role.VIEWER, 1);
        document = workbench.get("/api/v1/openapi.json");
        Files.writeString(folder.resolve("openapi.json"), document.toString());
    }

    @AfterAll
    void stop() {
        workbench.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyOperationKeepsToItsDocument(Caller caller) throws Exception {
        assertThat(fuzz(caller, 10, "1")).contains("Tested: " + operations(caller));
    }

    @Tag("scale")
    @ParameterizedTest
    @EnumSource
    void everyOperationKeepsToItsDocumentLongAndAnew(Caller caller) throws Exception {
        assertThat(fuzz(caller, 400, String.valueOf(System.nanoTime()))).contains("Tested: " + operations(caller));
    }

    private long operations(Caller caller) {
        return document.path("paths").properties().stream()
                .filter(path -> path.getKey().matches(caller.paths + ".*"))
                .mapToLong(path -> path.getValue().size())
                .sum();
    }

    private String token(Caller caller) {
        return switch (caller) {
            case OWNER -> workbench.secret("run/operator-token");
            case PROJECT -> workbench.kernelToken("penguins");
            case SERVING_ENDPOINT -> workbench.secret("run/serving-token");
        };
    }

    /** What schemathesis says; it must have found nothing. */
    private String fuzz(Caller caller, int examples, String seed) throws Exception {
        Path hooks = Path.of(ApiFuzzTest.class.getResource("/api-fuzz").toURI());
        Path said = folder.resolve(caller + "-" + examples + ".txt");
        List<String> command =
                new ArrayList<>(List.of(WorkbenchProcess.home().resolve(PROGRAM).toString()));
        command.addAll(
                List.of("--config-file", hooks.resolve("schemathesis.toml").toString()));
        command.addAll(List.of("run", folder.resolve("openapi.json").toString()));
        command.addAll(List.of("--url", "http://127.0.0.1:" + workbench.app.port()));
        command.addAll(List.of("--header", "Authorization: Bearer " + token(caller)));
        command.addAll(List.of("--include-path-regex", caller.paths));
        command.addAll(List.of("--max-examples", String.valueOf(examples), "--seed", seed));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("PYTHONPATH", hooks.toString());
        builder.environment().put("SCHEMATHESIS_HOOKS", "api_fuzz");
        Process process = builder.start();
        boolean ended = process.waitFor(10, TimeUnit.MINUTES);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        String text = Files.readString(said);
        assertThat(ended).as(text).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
