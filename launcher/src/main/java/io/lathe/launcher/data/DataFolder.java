package io.lathe.launcher.data;

import io.lathe.launcher.terminal.CommandFailure;
import io.lathe.launcher.terminal.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A folder that holds the state of one workbench, running or not. It may be missing. */
public record DataFolder(Path root) {
    public DataFolder {
        root = root.toAbsolutePath().normalize();
    }

    public Path settings() {
        return root.resolve("settings.json");
    }

    public Path run() {
        return root.resolve("run");
    }

    public Path log(String process) {
        return root.resolve("logs").resolve(process + ".log");
    }

    /** The workbench's note, where the process it names still runs. */
    public Optional<RunNote> workbench() {
        return live(run().resolve("workbench.json"));
    }

    /** The serving endpoint's note, where the process it names still runs. */
    public Optional<RunNote> serving() {
        return live(run().resolve("serving.json"));
    }

    /** The notes of notebook servers whose processes still run, by server id. */
    public Map<String, RunNote> servers() {
        Map<String, RunNote> servers = new TreeMap<>();
        for (Map.Entry<String, Path> note : serverNotes().entrySet()) {
            live(note.getValue()).ifPresent(server -> servers.put(note.getKey(), server));
        }
        return servers;
    }

    /** The files with notes about notebook servers, of living and dead ones, by server id. */
    public Map<String, Path> serverNotes() {
        Map<String, Path> notes = new TreeMap<>();
        Path folder = run().resolve("servers");
        if (!Files.isDirectory(folder)) {
            return notes;
        }
        try (var files = Files.newDirectoryStream(folder, "*.json")) {
            for (Path file : files) {
                notes.put(file.getFileName().toString().replaceFirst("\\.json$", ""), file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
        return notes;
    }

    /** The token that lets the launcher act as the owner. */
    public String operatorToken() {
        Path file = run().resolve("operator-token");
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.UNKNOWN,
                    "cannot read " + file + ", which a running workbench keeps; is " + root + " the right data folder?",
                    e);
        }
    }

    private static Optional<RunNote> live(Path file) {
        return RunNote.read(file).filter(note -> note.process().isAlive());
    }
}
