package io.lathe.launcher.data;

import io.lathe.launcher.setup.ProgramMark;
import io.lathe.launcher.setup.TypedCommand;
import io.lathe.launcher.terminal.CommandFailure;
import io.lathe.launcher.terminal.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A folder that holds the state of one workbench, running or not. It may be missing.
 *
 * @param standard the folder that commands mean when they name none
 */
public record DataFolder(Path root, Path standard) {
    public DataFolder {
        root = root.toAbsolutePath().normalize();
        standard = standard.toAbsolutePath().normalize();
    }

    /** A command about this folder as it is typed, for example {@code ./lathe up --data /srv/trial}. */
    public String command(String words) {
        return TypedCommand.of(words, root, standard);
    }

    /** That no workbench runs here, and what to do. */
    public String absence() {
        String other = root.equals(standard) ? ", and --data names another folder" : "";
        return Files.isDirectory(root)
                ? "no workbench runs on " + root + "; '" + command("up") + "' starts one" + other
                : "there is no data folder " + root + "; '" + command("up") + "' makes it and starts a workbench"
                        + other;
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

    /** The workbench that runs on this folder: by its note, or found among the processes where the note is missing or names another. */
    public Optional<RunNote> workbench() {
        return program("workbench.json", "workbench-server.jar", root);
    }

    /** Whether this workbench has written its note, the last step of its start. */
    public boolean isAnnounced(LiveProcess workbench) {
        return RunNote.read(run().resolve("workbench.json"))
                .filter(note -> note.pid() == workbench.pid())
                .isPresent();
    }

    /** The serving endpoint that runs on this folder, found as the workbench is. */
    public Optional<RunNote> serving() {
        return program("serving.json", "serving-endpoint.jar", root.resolve("serving"));
    }

    private Optional<RunNote> program(String note, String jar, Path data) {
        return live(run().resolve(note))
                .filter(known -> ProcessHandle.of(known.pid())
                        .filter(process -> ProgramMark.isOn(process, jar, data))
                        .isPresent())
                .or(() -> ProgramMark.find(jar, data).map(RunNote::of));
    }

    /** The notes of notebook servers whose processes still run, by server id. */
    public Map<String, RunNote> servers() {
        Map<String, RunNote> servers = new TreeMap<>();
        for (Map.Entry<String, Path> note : serverNotes().entrySet()) {
            live(note.getValue())
                    .filter(server -> belongsTo(note.getKey(), server))
                    .ifPresent(server -> servers.put(note.getKey(), server));
        }
        return servers;
    }

    private static boolean belongsTo(String serverId, RunNote server) {
        return !ProcessMark.areEnvironmentsShown()
                || ProcessHandle.of(server.pid())
                        .filter(process -> ProcessMark.carries(process, Set.of(serverId)))
                        .isPresent();
    }

    /** The ids of notebook servers that left a note or a folder, alive or dead; one that was just being launched has only the latter. */
    public Set<String> serverIds() {
        Set<String> ids = new TreeSet<>(serverNotes().keySet());
        Path folder = run().resolve("servers");
        if (Files.isDirectory(folder)) {
            try (var folders = Files.newDirectoryStream(folder, Files::isDirectory)) {
                folders.forEach(each -> ids.add(each.getFileName().toString()));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot list " + folder, e);
            }
        }
        return ids;
    }

    /** The files with notes about notebook servers, of living and dead ones, by server id. */
    private Map<String, Path> serverNotes() {
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
                    "cannot read " + file + ", which a running workbench keeps; is " + root
                            + " the right data folder? Choose another with --data",
                    e);
        }
    }

    private static Optional<RunNote> live(Path file) {
        return RunNote.read(file).filter(note -> note.process().isAlive());
    }
}
