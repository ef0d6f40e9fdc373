package io.lathe.launcher.setup;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code ./lathe test}: sets up, runs the tests of an extent, and names what could not run. */
final class TestRun {
    private final Checkout checkout;
    private final Progress progress;
    private final PrintStream results;

    TestRun(Checkout checkout, Progress progress, PrintStream results) {
        this.checkout = checkout;
        this.progress = progress;
        this.results = results;
    }

    /** @return the exit code */
    int run(TestExtent extent) throws IOException, InterruptedException {
        List<String> notRun = new ArrayList<>();
        new Setup(checkout, progress).run(Setup.everythingForTests(checkout));
        if (extent != TestExtent.FAST && !new DebianPackages(checkout, progress).offer(Requirement.chromium())) {
            notRun.add("browser tests: Chromium is not installed and could not be");
        }
        TestReports.clear(checkout.root());
        Figures.clear(checkout.root());
        long begin = System.nanoTime();
        boolean good = maven(extent, notRun);
        Duration time = Duration.ofNanos(System.nanoTime() - begin);
        good &= beyondMaven(extent, notRun);
        TestReports reports = TestReports.read(checkout.root());
        if (extent == TestExtent.SCALE) {
            Path kept = new ScaleResult(reports, Figures.read(checkout.root()), time).save(checkout);
            progress.say("kept in " + kept);
        }
        return report(reports, notRun) && good ? 0 : 1;
    }

    private boolean beyondMaven(TestExtent extent, List<String> notRun) throws IOException, InterruptedException {
        switch (extent) {
            case FAST -> {
                notRun.add("tests tagged slow (JupyterLab, kernels, browser): './lathe test' runs them");
                notRun.add("publish button's tests: './lathe test' runs them");
            }
            case FULL -> {
                notRun.add("tests tagged scale (minutes each): './lathe test scale' runs them");
                return buttonTests(notRun);
            }
            case SCALE -> notRun.add("tests that are not tagged scale: './lathe test' runs them");
        }
        return true;
    }

    private boolean report(TestReports reports, List<String> notRun) {
        results.println();
        for (TestReports.TestCase test : reports.tests()) {
            if (test.outcome() == TestReports.Outcome.SKIPPED) {
                results.println("skipped: " + test.name() + (test.why().isBlank() ? "" : ": " + test.why()));
            }
        }
        for (String part : notRun) {
            results.println("not run: " + part);
        }
        long passed = reports.count(TestReports.Outcome.PASSED);
        long failed = reports.count(TestReports.Outcome.FAILED);
        if (passed + failed == 0) {
            results.println("No test ran.");
        }
        results.println("Tests: " + passed + " passed, " + failed + " failed, "
                + (reports.count(TestReports.Outcome.SKIPPED) + notRun.size()) + " skipped");
        results.flush();
        return passed > 0 && failed == 0;
    }

    private boolean maven(TestExtent extent, List<String> notRun) throws IOException, InterruptedException {
        Maven maven = Maven.find().orElseThrow(() -> new SetupFailure("Maven went away while set-up was running"));
        List<String> command =
                new ArrayList<>(List.of(maven.program().toString(), "-B", "-ntp", "--fail-at-end", "verify"));
        command.addAll(Maven.options(checkout));
        command.add("-Dlathe.home=" + checkout.root());
        Chromium.find().ifPresent(chromium -> command.add("-Dlathe.chromium=" + chromium.program()));
        command.addAll(extent.options());
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
        progress.say("running the Java tests");
        Duration deadline = extent.deadline();
        return endsWell(
                builder,
                deadline,
                () -> notRun.add("the rest of the Java tests: they were not done after " + Progress.seconds(deadline)
                        + " and were ended; the last test that Maven named above hangs or is too slow"));
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

    /**
     * Whether a program ends with 0 before its deadline; it and its descendants are ended where it passes that.
     *
     * @param tooLate called where it passed its deadline
     */
    static boolean endsWell(ProcessBuilder builder, Duration deadline, Runnable tooLate)
            throws IOException, InterruptedException {
        Process process = builder.start();
        Thread atExit = new Thread(() -> RunningTool.end(process.toHandle()), "end-tests");
        Runtime.getRuntime().addShutdownHook(atExit);
        boolean ended = process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            RunningTool.end(process.toHandle());
            tooLate.run();
        } else if (process.exitValue() == 130) {
            throw new SetupFailure("cancelled", 130);
        }
        Runtime.getRuntime().removeShutdownHook(atExit);
        return ended && process.exitValue() == 0;
    }

    private static boolean isContinuousIntegration() {
        return Optional.ofNullable(System.getenv("CI"))
                .filter(value -> !value.isBlank())
                .isPresent();
    }
}
