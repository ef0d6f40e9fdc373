package io.lathe.models.quarantine;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Runs {@link Quarantine} in a JVM of its own: little memory, Java deserialization off, no environment, a deadline after which it
 * and what it started are killed. Whatever the candidate does to that JVM becomes a refusal here. Thread-safe.
 */
public final class QuarantineProcess {
    static final int MAX_OUTPUT_BYTES = 8 << 20;

    private static final int MAX_HEAP_MEGABYTES = 512;
    private static final int LOG_TAIL_BYTES = 8 << 10;
    private static final int OUT_OF_MEMORY_EXIT_CODE = 3;
    private static final int KILLED_EXIT_CODE = 128 + 9;
    private static final Duration AFTER_KILL = Duration.ofSeconds(10);

    private final Path java;
    private final String classPath;
    private final Duration deadline;
    private final String mainClass;

    /**
     * @param java the {@code java} executable
     * @param classPath this module and its libraries, in the platform's class path form
     * @param deadline how long one run may take
     */
    public QuarantineProcess(Path java, String classPath, Duration deadline) {
        this(java, classPath, deadline, Quarantine.class.getName());
    }

    QuarantineProcess(Path java, String classPath, Duration deadline, String mainClass) {
        this.java = java;
        this.classPath = classPath;
        this.deadline = deadline;
        this.mainClass = mainClass;
    }

    /**
     * Examines a candidate.
     *
     * @param candidateZip the bundle to examine; only read
     * @param productionZip the bundle in production, if any
     * @param evaluationCsv labelled rows both are evaluated on
     * @throws LatheException {@code internal} when no process can be started here; {@code unavailable} when this thread is
     *     interrupted, after the process was killed, and when somebody else killed it
     */
    public QuarantineReport run(Path candidateZip, Optional<Path> productionZip, Path evaluationCsv) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("lathe-quarantine-");
            Path request = Files.write(
                    folder.resolve("request.json"),
                    new QuarantineRequest(candidateZip, productionZip, evaluationCsv).toJson());
            return run(folder, request);
        } catch (IOException e) {
            throw new LatheException(
                    ProblemCode.INTERNAL,
                    "The quarantine process could not be started. Is there a Java at %s and room in the temporary folder?"
                            .formatted(java),
                    e);
        } finally {
            if (folder != null) {
                delete(folder);
            }
        }
    }

    private QuarantineReport run(Path folder, Path request) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(folder, request)).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("LANG", "C.UTF-8");
        // The class path is longer than a command line may be on some platforms.
        environment.put("CLASSPATH", classPath);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            return report(process);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LatheException(
                    ProblemCode.UNAVAILABLE,
                    "The quarantine was interrupted before it had a result. Publish again.",
                    e);
        } finally {
            kill(process);
        }
    }

    private List<String> command(Path folder, Path request) {
        return List.of(
                java.toString(),
                "-Xmx" + MAX_HEAP_MEGABYTES + "m",
                "-XX:MaxDirectMemorySize=64m",
                "-XX:MaxMetaspaceSize=256m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ErrorFile=" + folder.resolve("crash.log"),
                "-Djdk.serialFilter=!*",
                "-Djava.io.tmpdir=" + folder,
                "-Djava.awt.headless=true",
                "-Dfile.encoding=UTF-8",
                "--sun-misc-unsafe-memory-access=allow",
                mainClass,
                request.toString());
    }

    private QuarantineReport report(Process process) throws InterruptedException {
        AtomicBoolean flooded = new AtomicBoolean();
        FutureTask<byte[]> output = BoundedOutput.head(process.getInputStream(), MAX_OUTPUT_BYTES, () -> {
            flooded.set(true);
            kill(process);
        });
        FutureTask<byte[]> errors = BoundedOutput.tail(process.getErrorStream(), LOG_TAIL_BYTES);
        boolean ended = process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
        kill(process);
        String log = text(errors);
        if (flooded.get()) {
            return refused("it wrote more than %d bytes where a report was expected".formatted(MAX_OUTPUT_BYTES), log);
        }
        if (!ended) {
            return refused("it was not done after %s seconds and was stopped".formatted(deadline.toSeconds()), log);
        }
        int exitCode = process.exitValue();
        if (exitCode == OUT_OF_MEMORY_EXIT_CODE) {
            return refused("it needed more than %d MB of memory".formatted(MAX_HEAP_MEGABYTES), log);
        }
        if (exitCode == KILLED_EXIT_CODE) {
            throw new LatheException(
                    ProblemCode.UNAVAILABLE,
                    "The quarantine process was killed from outside before it had a result. Publish the model again.");
        }
        if (exitCode != 0) {
            return refused("the process ended with code %d".formatted(exitCode), log);
        }
        try {
            return QuarantineReport.fromJson(text(output));
        } catch (LatheException e) {
            return refused("it gave no readable report: " + e.getMessage(), log);
        }
    }

    private static QuarantineReport refused(String why, String log) {
        return new QuarantineReport.Refused(
                List.of("The candidate could not be examined in quarantine: " + why + "."), log);
    }

    private static String text(FutureTask<byte[]> output) throws InterruptedException {
        try {
            return new String(output.get(AFTER_KILL.toMillis(), TimeUnit.MILLISECONDS), StandardCharsets.UTF_8);
        } catch (ExecutionException | TimeoutException e) {
            return "";
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        // Through its handle, since Process.destroyForcibly closes the pipes before their last words are read.
        process.toHandle().destroyForcibly();
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // Left to the platform's cleaning of its temporary folder; the report matters more.
            folder.toFile().deleteOnExit();
        }
    }
}
