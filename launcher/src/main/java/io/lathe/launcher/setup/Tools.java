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

    /** A program that a signal ended exits with this plus the signal's number. */
    private static final int KILLED = 128;

    /** What Maven says after every failure, whatever failed. */
    private static final Pattern NOISE = Pattern.compile(
            "\\e.*|\\s+at .*|\\[INFO\\] -+|\\[INFO\\] Lathe .*|"
                    + "\\[ERROR\\] (|To see the full .*|Re-run Maven .*|For more information .*|After correcting .*|  mvn <args> .*|\\[Help \\d\\] .*)");

    /** What would make a tool put its results elsewhere, or leave out a part of them. */
    private static final List<String> HARMFUL = List.of(
            "PYTHONPATH",
            "PYTHONHOME",
            "VIRTUAL_ENV",
            "PIP_TARGET",
            "PIP_PREFIX",
            "PIP_ROOT",
            "PIP_REQUIRE_VIRTUALENV",
            "MAVEN_ARGS",
            "NODE_ENV",
            "NODE_OPTIONS",
            "NPM_CONFIG_PREFIX",
            "npm_config_prefix",
            "NPM_CONFIG_OMIT",
            "npm_config_omit",
            "NPM_CONFIG_PRODUCTION",
            "npm_config_production");

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
        builder.environment().keySet().removeAll(HARMFUL);
        // The environment must be whole in itself, whatever the user's own pip.conf says.
        builder.environment().put("PIP_USER", "0");
        if (!UserHome.isUsable()) {
            Path home = Files.createDirectories(UserHome.instead(checkout));
            builder.environment().put("HOME", home.toString());
        }
        builder.environment().putAll(environment);
        Process process = RunningTool.start(checkout, builder);
        try (RunningTool _ = RunningTool.register(checkout, process)) {
            waitFor(process, deadline, command);
        }
        int code = process.exitValue();
        if (code == 130) {
            throw new SetupFailure(
                    "cancelled while " + phase + " was being made; run the same command again to go on", 130);
        }
        if (code > KILLED) {
            throw cutShort(command.getFirst() + " was ended by signal " + (code - KILLED));
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
                throw cutShort(command.getFirst() + " was not done after " + Progress.seconds(deadline));
            }
            progress.detail(phase + ": still at it, " + Progress.seconds(time));
        }
    }

    /** An error of this phase that shows the end of its log. */
    SetupFailure failure(String what) {
        Path log = checkout.log(phase);
        String end = "The end of " + log + ":\n" + tail(log);
        String words = lastWords(log);
        if (DiskSpace.isMeantBy(words)) {
            return new CutShort(phase + " failed: " + what + ". " + end + "\n" + DiskSpace.shortages(checkout));
        }
        if (Network.isMeantBy(words)) {
            return new SetupFailure(phase + " failed: " + what + ". " + end + "\n" + Network.remedy());
        }
        return new SetupFailure(phase + " failed: " + what + ". " + end);
    }

    private CutShort cutShort(String what) {
        return new CutShort(failure(what).getMessage()
                + "\nRun the same command again: what was half made is made anew. If it happens again, './lathe doctor' says"
                + " whether memory is short");
    }

    static String tail(Path file) {
        List<String> lines = lastWords(file)
                .lines()
                .filter(line -> !NOISE.matcher(line).matches())
                .toList();
        return String.join(
                "\n",
                lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()).stream()
                        .map(line -> "  | " + line)
                        .toList());
    }

    private static String lastWords(Path file) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.max(0, in.length() - TAIL_BYTES);
            byte[] bytes = new byte[(int) (in.length() - start)];
            in.seek(start);
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(cannot be read: " + e.getMessage() + ")";
        }
    }
}
