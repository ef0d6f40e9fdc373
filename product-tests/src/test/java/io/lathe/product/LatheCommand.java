package io.lathe.product;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@code ./lathe}; what it prints goes to files, so that a process it leaves running holds no pipe of ours. */
public final class LatheCommand {
    private final Checkout checkout;
    private final Path data;
    private final Path logs;

    public LatheCommand(Checkout checkout, Path data, Path logs) {
        this.checkout = checkout;
        this.data = data;
        this.logs = logs;
    }

    /** The lines it printed to standard output; anything but success is an AssertionError with the end of its log. */
    public List<String> run(Duration deadline, String verb, String... options) {
        try {
            Files.createDirectories(logs);
            Path out = logs.resolve(verb + ".out");
            Path err = logs.resolve(verb + ".err");
            List<String> command = new ArrayList<>(List.of(checkout.lathe().toString(), verb));
            command.addAll(List.of("--data", data.toString()));
            command.addAll(List.of(options));
            Process process = new ProcessBuilder(command)
                    .directory(checkout.root().toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(deadline.toSeconds(), TimeUnit.SECONDS)) {
                process.destroy();
                throw new AssertionError("./lathe " + verb + " took longer than " + deadline + end(err));
            }
            if (process.exitValue() != 0) {
                throw new AssertionError("./lathe " + verb + " ended with " + process.exitValue() + end(err));
            }
            return Files.readAllLines(out);
        } catch (IOException e) {
            throw new AssertionError("./lathe " + verb + " could not be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while ./lathe " + verb + " ran", e);
        }
    }

    private static String end(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return "; the end of " + log + ":\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }
}
