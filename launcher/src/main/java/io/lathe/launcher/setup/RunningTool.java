package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * An outside program while it runs. It ends with this JVM where that ends in order; after {@code kill -9} the next set-up finds it by the
 * note left here (process id and start time) and ends it, so that two of them never work on the same files.
 */
final class RunningTool implements AutoCloseable {
    private final Path note;
    private final Thread atExit;

    private RunningTool(Path note, Thread atExit) {
        this.note = note;
        this.atExit = atExit;
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
        List<ProcessHandle> all =
                Stream.concat(process.descendants(), Stream.of(process)).toList();
        all.forEach(ProcessHandle::destroy);
        for (ProcessHandle handle : all) {
            try {
                handle.onExit().get(5, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                handle.destroyForcibly();
            } catch (ExecutionException e) {
                throw new IllegalStateException("waiting for process " + handle.pid(), e);
            } catch (InterruptedException e) {
                handle.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
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
