package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lathe.workbench.access.Proof;
import io.lathe.workbench.notebookserver.Deadlines;
import io.lathe.workbench.notebookserver.NotebookServer;
import io.lathe.workbench.notebookserver.NotebookServer.State;
import io.lathe.workbench.notebookserver.NotebookServers;
import io.lathe.workbench.notebookserver.ProcessProvisioner;
import io.lathe.workbench.notebookserver.SupervisedNotebookServers;
import io.lathe.workbench.project.Project;
import io.lathe.workbench.project.ProjectName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real JupyterLabs behind the real workbench. The Python environment is {@code .build/python} below the system property {@code
 * lathe.home}, the variable {@code LATHE_HOME}, or the checkout.
 */
@Tag("slow")
class JupyterLabTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path data;

    private final AtomicReference<@Nullable NotebookServers> servers = new AtomicReference<>();
    private @Nullable App running;

    @BeforeEach
    void start() {
        Path python = home().resolve(".build/python/bin/python");
        assumeTrue(Files.isExecutable(python), "no JupyterLab: " + python + " is missing; ./lathe up makes it");
        launch(0);
    }

    @AfterEach
    void stop() {
        if (running != null) {
            running.close();
        }
    }

    private static Path home() {
        String given = Optional.ofNullable(System.getProperty("lathe.home"))
                .or(() -> Optional.ofNullable(System.getenv("LATHE_HOME")))
                .orElse("..");
        return Path.of(given).toAbsolutePath().normalize();
    }

    private void launch(int port) {
        running = App.start(new Options(data, port, 0, home()), services -> {
            NotebookServers made = new SupervisedNotebookServers(
                    services.jdbi(),
                    services.jobs(),
                    services.projectTokens(),
                    new ProcessProvisioner(home(), data),
                    () -> URI.create("http://127.0.0.1:" + services.boundPort().get()),
                    Deadlines.defaults(),
                    services.clock());
            servers.set(made);
            return made;
        });
    }

    private App app() {
        return java.util.Objects.requireNonNull(running);
    }

    private NotebookServers servers() {
        return java.util.Objects.requireNonNull(servers.get());
    }

    private Project project(String name) throws IOException {
        Files.createDirectories(data.resolve("projects").resolve(name));
        app().services()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "INSERT INTO project (id, owner_id, name, template, notebook, created_at) VALUES (?, ?, ?, 't', 'n', 0)",
                        "id-" + name,
                        app().services().ownerId(),
                        name));
        return app().services().projects().load(app().services().ownerId(), new ProjectName(name));
    }

    private LabBrowser browser(Project project) {
        return new LabBrowser(project.name().value(), app().port());
    }

    /** A browser that has entered the project, whose server is ready. */
    private LabBrowser ready(Project project) throws InterruptedException {
        servers().start(project);
        await(project, State.READY, PATIENCE);
        LabBrowser browser = browser(project);
        browser.enter(ticket(project));
        return browser;
    }

    private String ticket(Project project) {
        return app().services().tickets().issue(project.grant(), new Proof.Operator(), Optional.empty());
    }

    private NotebookServer await(Project project, State state, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (servers().find(project).orElseThrow().state() != state) {
            assertThat(System.nanoTime())
                    .as(() -> state + " expected: " + servers().find(project))
                    .isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return servers().find(project).orElseThrow();
    }

    @Test
    void labOpensItsPageShowsNoSecretAndFilesAreSaved() throws Exception {
        Project penguins = project("penguins");
        LabBrowser browser = ready(penguins);
        String secret = servers().findPlacement("penguins").orElseThrow().secret();

        LabBrowser.Answer lab = browser.get("/projects/penguins/lab");
        assertThat(lab.status()).isEqualTo(200);
        assertThat(lab.text())
                .contains("jupyter-config-data", "\"token\": \"\"")
                .doesNotContain(secret);
        assertThat(lab.head()).contains("frame-ancestors 'self'").doesNotContain(secret);

        String contents = "/projects/penguins/api/contents/d%C3%A9j%C3%A0%20vu.txt";
        String body = "{\"type\":\"file\",\"format\":\"text\",\"content\":\"żółć 🚀\"}";
        assertThat(browser.send("PUT", contents, body).status()).isEqualTo(201);
        assertThat(browser.get(contents + "?content=1").json().path("content").asText())
                .isEqualTo("żółć 🚀");
        assertThat(penguins.folder().resolve("déjà vu.txt")).hasContent("żółć 🚀");

        // The second line of defence stands: Jupyter itself still asks for its XSRF token.
        assertThat(browser.exchange(
                                "PUT",
                                contents,
                                "Origin: " + browser.origin() + "\r\n",
                                body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void cellsAndTerminalsRunOverWebSockets() throws Exception {
        LabBrowser browser = ready(project("penguins"));

        try (LabSocket kernel = browser.kernelSocket(browser.startKernel("python3"))) {
            assertThat(kernel.execute("6 * 7")).isEqualTo("42");
            assertThat(kernel.execute("import os; print(os.environ['LATHE_PROJECT'], os.getcwd().split('/')[-1])"))
                    .isEqualTo("penguins penguins\n");
        }
        String terminal = browser.send("POST", "/projects/penguins/api/terminals", "")
                .json()
                .path("name")
                .asText();
        try (LabSocket socket =
                browser.socket("/projects/penguins/terminals/websocket/" + terminal, browser.origin())) {
            assertThat(socket.status).isEqualTo(101);
            socket.send("[\"stdin\", \"echo $((6*7))=answer\\r\"]");
            String seen = "";
            while (!seen.contains("42=answer")) {
                String text = socket.receive();
                assertThat(text).as("the terminal ended after %s", seen).isNotNull();
                seen += text;
            }
        }
    }

    @Test
    void otherOriginsNeitherPostNorConnectWithAValidCookie() throws Exception {
        LabBrowser browser = ready(project("penguins"));
        String kernel = browser.startKernel("python3");
        String kernels = "/projects/penguins/api/kernels";

        for (String origin : new String[] {
            "http://evil.example",
            "http://localhost:" + app().port(),
            "http://other.notebooks.localhost:" + app().port()
        }) {
            assertThat(browser.exchange(
                                    "POST",
                                    kernels,
                                    "Origin: " + origin + "\r\nX-XSRFToken: " + browser.cookies.get("_xsrf") + "\r\n",
                                    "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                            .status())
                    .as(origin)
                    .isEqualTo(403);
            try (LabSocket socket = browser.socket(kernels + "/" + kernel + "/channels?session_id=x", origin)) {
                assertThat(socket.status).as(origin).isEqualTo(403);
            }
        }
        assertThat(browser.get(kernels).json()).hasSize(1);
    }

    /** Case O-C3. */
    @Test
    void twoProjectsInOneBrowserSaveWithoutDisturbingEachOther() throws Exception {
        LabBrowser first = ready(project("first"));
        LabBrowser second = ready(project("second"));
        // One browser profile whose cookies leak everywhere is the worst that a mix-up could do.
        first.cookies.put("noise", "1");

        assertThat(save(first)).isEqualTo(201);
        assertThat(save(second)).isEqualTo(201);
        assertThat(save(first)).isEqualTo(200);
        app().services()
                .jdbi()
                .useHandle(handle -> handle.execute("DELETE FROM project_session WHERE project_id = 'id-second'"));
        // Nobody told the proxy, as logout would, so it may take the second for which it trusts an answer.
        WorkbenchProcess.await("the session to have ended", () -> save(second) == 401);
        assertThat(save(first)).isEqualTo(200);
    }

    private static int save(LabBrowser browser) {
        return browser.send(
                        "PUT",
                        "/projects/" + browser.project + "/api/contents/n.ipynb",
                        "{\"type\":\"notebook\",\"content\":{\"cells\":[],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":5}}")
                .status();
    }

    /** Case O-C4. */
    @Test
    void fileOf64MebibytesIsUploadedInChunksAndReadBackWhole() throws Exception {
        Project penguins = project("penguins");
        LabBrowser browser = ready(penguins);
        byte[] block = new byte[1 << 20];
        new java.util.Random(7).nextBytes(block);
        MessageDigest sent = MessageDigest.getInstance("SHA-256");
        for (int i = 0; i < 64; i++) {
            block[0] = (byte) i;
            sent.update(block);
            int status = browser.send(
                            "PUT",
                            "/projects/penguins/api/contents/big.bin",
                            "{\"type\":\"file\",\"format\":\"base64\",\"chunk\":" + (i == 63 ? -1 : i + 1)
                                    + ",\"content\":\"" + Base64.getEncoder().encodeToString(block) + "\"}")
                    .status();
            assertThat(status).isIn(200, 201);
        }
        String expected = HexFormat.of().formatHex(sent.digest());

        // JupyterLab's download links carry the token that Jupyter asks for when a GET hands out a file.
        LabBrowser.Answer read = browser.get("/projects/penguins/files/big.bin?_xsrf=" + browser.cookies.get("_xsrf"));
        assertThat(read.status()).isEqualTo(200);

        assertThat(Files.size(penguins.folder().resolve("big.bin"))).isEqualTo(64L << 20);
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(read.bytes())))
                .isEqualTo(expected);
    }

    @Test
    void killedJupyterLabIsShownAndRestarts() throws Exception {
        Project penguins = project("penguins");
        LabBrowser browser = ready(penguins);
        try (LabSocket kernel = browser.kernelSocket(browser.startKernel("python3"))) {
            assertThat(kernel.execute("1")).isEqualTo("1");
            ProcessHandle.of(servers().find(penguins).orElseThrow().pid().orElseThrow())
                    .orElseThrow()
                    .destroyForcibly();

            NotebookServer failed = await(penguins, State.FAILED, PATIENCE);
            assertThat(failed.error()).hasValueSatisfying(why -> assertThat(why).contains("signal 9"));
            assertThat(failed.logTail()).isNotEmpty();
            assertThat(kernel.closeCode())
                    .as("JupyterLab reconnects after this")
                    .isEqualTo(LabSocket.ABNORMAL);
        }
        assertThat(browser.get("/projects/penguins/api/status").status()).isEqualTo(503);
        ready(penguins);
        assertThat(browser.get("/projects/penguins/api/status").status()).isEqualTo(200);
    }

    @Test
    void killedKernelIsShownAndRunsCellsAgain() throws Exception {
        Project penguins = project("penguins");
        LabBrowser browser = ready(penguins);
        String kernelId = browser.startKernel("python3");
        long pid;
        try (LabSocket kernel = browser.kernelSocket(kernelId)) {
            pid = Long.parseLong(kernel.execute("import os; print(os.getpid())").strip());
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            // What JupyterLab shows as a kernel that restarts by itself.
            kernel.awaitState("restarting");
        }
        try (LabSocket kernel = browser.kernelSocket(kernelId)) {
            assertThat(Long.parseLong(
                            kernel.execute("import os; print(os.getpid())").strip()))
                    .isNotEqualTo(pid);
        }
    }

    @Test
    void stopEndsKernelsAndTellsOpenPagesAbnormally() throws Exception {
        Project penguins = project("penguins");
        LabBrowser browser = ready(penguins);
        try (LabSocket kernel = browser.kernelSocket(browser.startKernel("python3"))) {
            long pid = Long.parseLong(
                    kernel.execute("import os; print(os.getpid())").strip());

            servers().stop(penguins, server -> {});

            assertThat(kernel.closeCode())
                    .as("service restart: JupyterLab reconnects and is told what a person can do")
                    .isEqualTo(1012);
            await(penguins, State.STOPPED, Duration.ofSeconds(20));
            // An ended process is there until its new parent, the system's first one, has looked after it.
            ProcessHandle.of(pid)
                    .map(ProcessHandle::onExit)
                    .ifPresent(end -> assertThat(end).succeedsWithin(PATIENCE));
        }
    }

    @Test
    void runningServerOutlivesTheWorkbenchWithItsVariables() throws Exception {
        Project penguins = project("penguins");
        LabBrowser browser = ready(penguins);
        String kernelId = browser.startKernel("python3");
        try (LabSocket kernel = browser.kernelSocket(kernelId)) {
            kernel.execute("answer = 42");
        }
        NotebookServer before = servers().find(penguins).orElseThrow();
        int port = app().port();
        servers().close(); // from here on the workbench watches nothing and stops nothing
        app().close();

        launch(port);

        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (servers().findPlacement("penguins").isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(servers().start(penguins).id()).isEqualTo(before.id());
        assertThat(servers().find(penguins).orElseThrow().pid()).isEqualTo(before.pid());
        try (LabSocket kernel = browser.kernelSocket(kernelId)) {
            assertThat(kernel.execute("answer")).isEqualTo("42");
        }
    }
}
