package io.lathe.launcher.setup;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs the phases whose inputs changed or whose results are missing, one after the other, under the checkout's lock. */
final class Setup {
    private final Checkout checkout;
    private final Progress progress;
    private final DebianPackages packages;

    Setup(Checkout checkout, Progress progress) {
        this.checkout = checkout;
        this.progress = progress;
        this.packages = new DebianPackages(checkout, progress);
    }

    /** What {@code up} needs. */
    static List<Phase> everything(Checkout checkout) {
        JarsPhase jars = new JarsPhase(checkout);
        PythonPhase python = new PythonPhase(checkout);
        return List.of(jars, python, new ButtonPhase(checkout, python), new KernelPhase(checkout, python, jars));
    }

    /** What {@code test} needs beside that. */
    static List<Phase> everythingForTests(Checkout checkout) {
        List<Phase> phases = new ArrayList<>(everything(checkout));
        phases.add(new PythonTestsPhase(checkout, new PythonPhase(checkout)));
        return phases;
    }

    /**
     * Brings the given phases up to date.
     *
     * @return the time it took
     * @throws SetupFailure naming the phase, with the end of its log
     */
    Duration run(List<Phase> phases) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        try (SetupLock _ = SetupLock.acquire(checkout, progress)) {
            RunningTool.endLeftOver(checkout);
            Stamps stamps = new Stamps(checkout);
            List<Phase> stale = new ArrayList<>();
            for (Phase phase : phases) {
                if (!stamps.matches(phase)) {
                    stale.add(phase);
                }
            }
            if (!stale.isEmpty()) {
                progress.say("set-up: "
                        + String.join(", ", stale.stream().map(Phase::name).toList()) + " to make");
                packages.require(stale.stream()
                        .flatMap(phase -> phase.requirements().stream())
                        .toList());
                DiskSpace.at(checkout.build())
                        .require("set-up", stale.stream().mapToLong(Phase::room).sum());
            }
            for (Phase phase : stale) {
                make(phase, stamps);
            }
            Duration time = Duration.ofNanos(System.nanoTime() - begin);
            if (!stale.isEmpty()) {
                progress.say("set-up done in " + Progress.seconds(time));
            }
            return time;
        }
    }

    private void make(Phase phase, Stamps stamps) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        progress.say(phase.name() + ": " + phase.purpose());
        Before before = stamps.begin(phase);
        // Taken before the work: what changes meanwhile is made again next time.
        String fingerprint = phase.fingerprint();
        try {
            phase.run(Tools.of(checkout, progress, phase.name()), before);
        } catch (CutShort failure) {
            throw failure;
        } catch (SetupFailure failure) {
            stamps.end(phase);
            throw failure;
        }
        if (!phase.inPlace()) {
            throw new SetupFailure(phase.name() + " ran to its end but left its results incomplete; see "
                    + checkout.log(phase.name()));
        }
        stamps.write(phase, fingerprint);
        progress.say(phase.name() + ": done in " + Progress.seconds(Duration.ofNanos(System.nanoTime() - begin)));
    }
}
