package io.lathe.launcher.setup;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code ./lathe test}: sets up, runs every test there is, and names what could not run. */
final class TestRun {
    /** Whether the tests that start JupyterLab, kernels or a browser run too. */
    enum Extent {
        FAST,
        FULL
    }

    private final Checkout checkout;
    private final Progress progress;
    private final PrintStream results;

    TestRun(Checkout checkout, Progress progress, PrintStream results) {
        this.checkout = checkout;
        this.progress = progress;
        this.results = results;
    }

    /** @return the exit code */
    int run(Extent extent) throws IOException, InterruptedException {
        List<String> notRun = new ArrayList<>();
        new Setup(checkout, progress).run(Setup.everythingForTests(checkout));
        if (extent == Extent.FULL && !new DebianPackages(checkout, progress).offer(Requirement.chromium())) {
            notRun.add("browser tests: Chromium is not installed and could not be");
        }
        // File systems may keep whole seconds only.
        FileTime begin = FileTime.from(Instant.now().minusSeconds(1));
        boolean good = maven(extent);
        if (extent == Extent.FAST) {
            notRun.add("tests tagged slow (JupyterLab, kernels, browser): './lathe test' runs them");
            notRun.add("publish button's tests: './lathe test' runs them");
        } else {
            good &= buttonTests(notRun);
        }
        TestReports reports = TestReports.read(checkout.root(), begin);
        results.println();
        for (String skipped : reports.skipped()) {
            results.println("skipped: " + skipped);
        }
        for (String part : notRun) {
            results.println("not run: " + part);
        }
        if (reports.passed() + reports.failed() == 0) {
            results.println("No test ran.");
            good = false;
        }
        results.println("Tests: " + reports.passed() + " passed, " + reports.failed() + " failed, "
                + (reports.skipped().size() + notRun.size()) + " skipped");
        results.flush();
        return good && reports.failed() == 0 ? 0 : 1;
    }

    private boolean maven(Extent extent) throws IOException, InterruptedException {
        Maven maven = Maven.find().orElseThrow(() -> new SetupFailure("Maven went away while set-up was running"));
        List<String> command =
                new ArrayList<>(List.of(maven.program().toString(), "-B", "-ntp", "--fail-at-end", "verify"));
        command.add("-Dlathe.home=" + checkout.root());
        Chromium.find().ifPresent(chromium -> command.add("-Dlathe.chromium=" + chromium.program()));
        if (extent == Extent.FAST) {
            command.add("-Dtest.excluded.groups=slow");
        }
        if (isContinuousIntegration()) {
            command.add("-Dspotless.goal=check");
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(checkout.root().toFile())
                .inheritIO()
                .redirectInput(new File("/dev/null"));
        builder.environment().putAll(Maven.environment());
        // Tests start ./lathe themselves; what it needs is made, and Maven must not run inside Maven.
        builder.environment().put(Main.SETUP_IS_DONE, checkout.root().toString());
        return wait(builder, "the Java tests");
    }

    private boolean buttonTests(List<String> notRun) throws IOException, InterruptedException {
        ButtonPhase button = new ButtonPhase(checkout, new PythonPhase(checkout));
        if (!button.hasScript("test")) {
            notRun.add("publish button's tests: publish-button/package.json has no script named test");
            return true;
        }
        progress.say("the publish button's tests (log: " + checkout.log("button-tests") + ")");
        try {
            button.npm(Tools.of(checkout, progress, "button-tests"), List.of("test"));
            return true;
        } catch (SetupFailure failure) {
            progress.say(String.valueOf(failure.getMessage()));
            return false;
        }
    }

    private boolean wait(ProcessBuilder builder, String what) throws IOException, InterruptedException {
        progress.say("running " + what);
        Process process = builder.start();
        Thread atExit = new Thread(() -> RunningTool.end(process.toHandle()), "end-tests");
        Runtime.getRuntime().addShutdownHook(atExit);
        int code = process.waitFor();
        if (code == 130) {
            throw new SetupFailure("cancelled", 130);
        }
        Runtime.getRuntime().removeShutdownHook(atExit);
        return code == 0;
    }

    private static boolean isContinuousIntegration() {
        return Optional.ofNullable(System.getenv("CI"))
                .filter(value -> !value.isBlank())
                .isPresent();
    }
}
