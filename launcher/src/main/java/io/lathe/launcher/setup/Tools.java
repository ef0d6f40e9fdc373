package io.lathe.launcher.setup;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Runs a phase's outside programs: their output goes to the phase's log, the log's end into the error. One thread uses it. */
final class Tools {
    private static final Duration HEARTBEAT = Duration.ofSeconds(20);
    private static final int TAIL_LINES = 25;

    /** What Maven says after every failure, whatever failed. */
    private static final Pattern NOISE = Pattern.compile(
            "\\e.*|\\s+at .*|\\[INFO\\] -+|\\[INFO\\] Lathe .*|"
                    + "\\[ERROR\\] (|To see the full .*|Re-run Maven .*|For more information .*|After correcting .*|  mvn <args> .*|\\[Help \\d\\] .*)");

    private static final int TAIL_BYTES = 16 << 10;

    private final Checkout checkout;
    private final Progress progress;
    private final String phase;

    private Tools(Checkout checkout, Progress progress, String phase) {
        this.checkout = checkout;
        this.progress = progress;
        this.phase = phase;
    }

    /** Starts the phase's log anew. */
    static Tools of(Checkout checkout, Progress progress, String phase) throws IOException {
        Path log = checkout.log(phase);
        Files.createDirectories(log.resolveSibling("."));
        Files.writeString(log, "");
        return new Tools(checkout, progress, phase);
    }

    /**
     * Runs a command to its end.
     *
     * @throws SetupFailure where it exits with anything but 0 or passes the deadline
     */
    void run(Path folder, Map<String, String> environment, Duration deadline, List<String> command)
            throws IOException, InterruptedException {
        Path log = checkout.log(phase);
        Files.writeString(log, "$ " + String.join(" ", command) + "\n", StandardOpenOption.APPEND);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeAll(List.of("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "MAVEN_ARGS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (RunningTool _ = RunningTool.register(checkout, process)) {
            waitFor(process, deadline, command);
        }
        int code = process.exitValue();
        if (code == 130) {
            throw new SetupFailure(
                    "cancelled while " + phase + " was being made; run the same command again to go on", 130);
        }
        if (code != 0) {
            throw failure(command.getFirst() + " exited with " + code);
        }
    }

    private void waitFor(Process process, Duration deadline, List<String> command) throws InterruptedException {
        long begin = System.nanoTime();
        while (!process.waitFor(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS)) {
            Duration time = Duration.ofNanos(System.nanoTime() - begin);
            if (time.compareTo(deadline) > 0) {
                RunningTool.end(process.toHandle());
                throw failure(command.getFirst() + " was not done after " + Progress.seconds(deadline));
            }
            progress.detail(phase + ": still at it, " + Progress.seconds(time));
        }
    }

    /** An error of this phase that shows the end of its log. */
    SetupFailure failure(String what) {
        Path log = checkout.log(phase);
        return new SetupFailure(phase + " failed: " + what + ". The end of " + log + ":\n" + tail(log));
    }

    static String tail(Path file) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.max(0, in.length() - TAIL_BYTES);
            byte[] bytes = new byte[(int) (in.length() - start)];
            in.seek(start);
            in.readFully(bytes);
            List<String> lines = new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !NOISE.matcher(line).matches())
                    .toList();
            return String.join(
                    "\n",
                    lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()).stream()
                            .map(line -> "  | " + line)
                            .toList());
        } catch (IOException e) {
            return "  | (cannot be read: " + e.getMessage() + ")";
        }
    }
}
