package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Case O-C5: what a cell prints while nobody can hear it, with real JupyterLab and real processes. */
@Tag("slow")
class LostConnectionTest {
    private static final int LINES = 30;

    @TempDir
    static Path data;

    private static WorkbenchProcess workbench;

    private LabBrowser browser;
    private String kernel;

    @BeforeAll
    static void startWorkbench() {
        workbench = new WorkbenchProcess(data, List.of("-Xmx96m"), "penguins");
    }

    @AfterAll
    static void stopWorkbench() {
        if (workbench != null) {
            workbench.close();
        }
    }

    @BeforeEach
    void startKernel() {
        browser = workbench.open("penguins");
        kernel = browser.startKernel("python3");
    }

    /** Prints lines 0 to 29, each with its number, and leaves a file when it has. */
    private String printing(String name) {
        return """
                import time
                for i in range(%d):
                    print('line %%d.' %% i, flush=True)
                    time.sleep(0.05)
                answer = 42
                print('done')
                open('%s', 'w').close()
                """.formatted(LINES, name);
    }

    private static void awaitFile(String name) {
        WorkbenchProcess.await(
                "the cell to end",
                () -> Files.exists(data.resolve("projects/penguins").resolve(name)));
    }

    private static String whole() {
        return IntStream.range(0, LINES).mapToObj(i -> "line " + i + ".\n").reduce("", String::concat) + "done\n";
    }

    @Test
    void frozenConnectionThatComesBackLosesNothing() {
        try (Link link = new Link(workbench.port())) {
            browser.through(link.port());
            try (LabSocket socket = browser.kernelSocket(kernel)) {
                String id = socket.request(printing("frozen"));
                String first = socket.output(id, "line 5.");

                link.freeze();
                awaitFile("frozen");
                link.thaw();

                assertThat(first + socket.output(id, "")).isEqualTo(whole());
                assertThat(socket.execute("answer")).isEqualTo("42");
            }
        }
    }

    @Test
    void sessionThatReturnsGetsWhatItsDeadConnectionSwallowed() {
        try (Link link = new Link(workbench.port())) {
            browser.through(link.port());
            LabSocket asleep = browser.kernelSocket(kernel);
            String id = asleep.request(printing("asleep"));
            String first = asleep.output(id, "line 5.");

            link.freeze();
            awaitFile("asleep");
            // The notebook server does not know yet that the old connection is dead.
            browser.through(workbench.port());

            assertThatRestIsWhole(first, id);
        }
    }

    @Test
    void sessionThatReturnsWhileTheCellStillRunsGoesOn() {
        try (Link link = new Link(workbench.port())) {
            browser.through(link.port());
            LabSocket asleep = browser.kernelSocket(kernel);
            String id = asleep.request(printing("early"));
            String first = asleep.output(id, "line 5.");
            link.freeze();
            browser.through(workbench.port());

            assertThatRestIsWhole(first, id);
        }
    }

    @Test
    void killedWorkbenchLosesNothingThatAKernelPrinted() {
        LabSocket cut = browser.kernelSocket(kernel);
        String id = cut.request(printing("killed"));
        String first = cut.output(id, "line 5.");

        workbench.kill();
        awaitFile("killed");
        workbench.start();

        workbench.awaitServer("penguins", "ready");
        assertThat(browser.get("/projects/penguins/api/kernels").status())
                .as("the cookie is still good")
                .isEqualTo(200);
        assertThatRestIsWhole(first, id);
    }

    @Test
    void sessionThatReturnsBesideAnotherPageOfTheKernelGetsItsOutput() {
        try (Link link = new Link(workbench.port());
                LabSocket other = browser.kernelSocket(kernel, "other")) {
            browser.through(link.port());
            LabSocket asleep = browser.kernelSocket(kernel);
            String id = asleep.request(printing("beside"));
            String first = asleep.output(id, "line 5.");
            link.freeze();
            awaitFile("beside");
            browser.through(workbench.port());

            assertThatRestIsWhole(first, id);
            assertThat(other.output(id, "")).isEqualTo(whole());
        }
    }

    /** Whatever came before the cut may come once more, as far as the browser had not confirmed it; nothing may be missing. */
    private void assertThatRestIsWhole(String first, String id) {
        try (LabSocket again = browser.kernelSocket(kernel)) {
            String rest = again.output(id, "");
            assertThat(rest).endsWith("done\n");
            int from = Integer.parseInt(rest.substring("line ".length(), rest.indexOf('.')));
            assertThat(rest)
                    .as("in order, without a gap")
                    .isEqualTo(whole().substring(whole().indexOf("line " + from + ".")));
            assertThat(first).contains("line " + Math.max(0, from - 1) + ".");
            assertThat(again.execute("answer")).isEqualTo("42");
        }
    }

    @Test
    void pageThatIsLoadedAnewFindsTheKernelAtWork() {
        try (LabSocket left = browser.kernelSocket(kernel, "before")) {
            left.output(left.request(printing("reload")), "line 5.");
        }
        try (LabSocket page = browser.kernelSocket(kernel, "after")) {
            assertThat(page.execute("answer")).isEqualTo("42");
        }
    }

    @Test
    void outputBeyondWhatIsKeptIsNamedAsMissing() {
        LabSocket gone = browser.kernelSocket(kernel);
        String id = gone.request("""
                print('begin', flush=True)
                import os, time
                while not os.path.exists('go'):
                    time.sleep(0.02)
                for i in range(300):
                    print('x' * 65_536, flush=True)
                print('end')
                open('printed', 'w').close()
                """);
        gone.output(id, "begin");
        gone.close();
        WorkbenchProcess.await(
                "the server to know", () -> kernelModel().path("connections").asInt() == 0);
        create("go");
        awaitFile("printed");
        // The server may be far behind the kernel; what it reads once somebody is there counts for Jupyter's own
        // limits.
        WorkbenchProcess.await(
                "the server to have read it all",
                () -> kernelModel().path("execution_state").asText().equals("idle"));

        try (LabSocket again = browser.kernelSocket(kernel)) {
            String output = again.output(id, "");
            assertThat(output).endsWith("end\n").contains("outputs are missing here");
            assertThat(output.length()).as("of 19 MB").isLessThan(14 << 20);
            assertThat(again.execute("1 + 1")).isEqualTo("2");
        }
    }

    private JsonNode kernelModel() {
        return browser.get("/projects/penguins/api/kernels/" + kernel).json();
    }

    private static void create(String name) {
        try {
            Files.createFile(data.resolve("projects/penguins").resolve(name));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    // ---- much at once, through a workbench of 96 MB

    @Test
    void cellThatPrints100MegabytesLeavesEverybodyAlive() {
        try (LabSocket socket = browser.kernelSocket(kernel)) {
            String output = socket.execute("""
                    for i in range(1000):
                        print('x' * 100_000)
                    """);
            assertThat(output).contains("IOPub data rate exceeded");
            assertThat(socket.execute("1 + 1")).isEqualTo("2");
        }
        assertThat(workbench.isAlive()).isTrue();
    }

    @Test
    void messagesOf50MegabytesPassBothWays() {
        try (LabSocket socket = browser.kernelSocket(kernel)) {
            assertThat(socket.execute("len('" + "x".repeat(50_000_000) + "')")).isEqualTo("50000000");
            assertThat(socket.execute("'y' * 50_000_000")).hasSize(50_000_002);
        }
        assertThat(workbench.isAlive()).isTrue();
    }

    @Test
    void messageOver64MebibytesEndsTheConnectionWith1009() {
        try (LabSocket socket = browser.kernelSocket(kernel)) {
            socket.announce((64L << 20) + 1);
            assertThat(socket.closeCode()).isEqualTo(1009);
        }
        try (LabSocket socket = browser.kernelSocket(kernel)) {
            assertThat(socket.execute("1 + 1")).isEqualTo("2");
        }
    }
}
