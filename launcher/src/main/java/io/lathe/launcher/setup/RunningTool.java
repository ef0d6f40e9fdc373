package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An outside program while it runs. It ends with this JVM where that ends in order; after {@code kill -9} the next set-up finds it and
 * ends it, so that two of them never work on the same files. On Linux it is found, with whatever it started, by a variable in its
 * environment, elsewhere by the note left here (process id and start time).
 */
final class RunningTool implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final String MARK = "LATHE_SET_UP_OF";

    private final Path note;
    private final Thread atExit;

    private RunningTool(Path note, Thread atExit) {
        this.note = note;
        this.atExit = atExit;
    }

    /** Starts a program that a later set-up can tell for one of this checkout's. */
    static Process start(Checkout checkout, ProcessBuilder builder) throws IOException {
        builder.environment().put(MARK, mark(checkout));
        return builder.start();
    }

    static RunningTool register(Checkout checkout, Process process) throws IOException {
        Path note = note(checkout);
        Folders.write(note, process.pid() + " " + start(process.toHandle()));
        Thread atExit = new Thread(() -> end(process.toHandle()), "end-tool");
        Runtime.getRuntime().addShutdownHook(atExit);
        return new RunningTool(note, atExit);
    }

    /** Ends what a set-up that was killed has left running. Call it with the lock held. */
    static void endLeftOver(Checkout checkout) throws IOException {
        end(ProcessHandle.allProcesses()
                .filter(handle -> isMarked(handle, checkout))
                .toList());
        Path note = note(checkout);
        if (!Files.exists(note)) {
            return;
        }
        String[] words = Files.readString(note).strip().split(" ");
        if (words.length == 2 && words[0].matches("\\d{1,18}")) {
            ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(handle -> start(handle).equals(words[1]))
                    .ifPresent(RunningTool::end);
        }
        Files.deleteIfExists(note);
    }

    /** Ends a process and its descendants, first politely. */
    static void end(ProcessHandle process) {
        end(Stream.concat(process.descendants(), Stream.of(process)).toList());
    }

    private static void end(List<ProcessHandle> all) {
        all.forEach(ProcessHandle::destroy);
        long deadline = System.nanoTime() + GRACE.toNanos();
        try {
            for (ProcessHandle handle : all) {
                // Java notices the end of a process that is not its child by looking, more and more seldom.
                while (handle.isAlive() && System.nanoTime() < deadline) {
                    TimeUnit.MILLISECONDS.sleep(10);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean isMarked(ProcessHandle process, Checkout checkout) {
        if (process.pid() == ProcessHandle.current().pid()) {
            return false;
        }
        try {
            Path environment = Path.of("/proc", Long.toString(process.pid()), "environ");
            return Files.isReadable(environment)
                    && ("\0" + Files.readString(environment, StandardCharsets.ISO_8859_1))
                            .contains("\0" + MARK + "=" + mark(checkout) + "\0");
        } catch (IOException e) {
            // It just ended, or is another user's.
            return false;
        }
    }

    /** In ASCII, whatever letters the folder has. */
    private static String mark(Checkout checkout) {
        return checkout.root().toUri().toASCIIString();
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is ending already; the hook does its work.
            return;
        }
        Files.deleteIfExists(note);
    }

    private static String start(ProcessHandle process) {
        Optional<Instant> start = process.info().startInstant();
        return start.map(instant -> Long.toString(instant.toEpochMilli())).orElse("unknown");
    }

    private static Path note(Checkout checkout) {
        return checkout.build().resolve("running-tool");
    }
}
