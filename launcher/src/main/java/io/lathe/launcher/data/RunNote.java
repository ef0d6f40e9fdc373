package io.lathe.launcher.data;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lathe.launcher.setup.ProgramMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a running process left in {@code run/} about itself.
 *
 * @param started start time, epoch milliseconds
 * @param port loopback port
 * @param url where it answers; missing for notebook servers
 * @param project a notebook server's project
 * @param state a notebook server's state
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunNote(
        long pid,
        long started,
        int port,
        @Nullable String url,
        @Nullable String project,
        @Nullable String state) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public LiveProcess process() {
        return new LiveProcess(pid, started);
    }

    /** The address, made from the port where the note has none. */
    public String address() {
        return url != null ? url : "http://127.0.0.1:" + port;
    }

    /** What a program's note would say, as far as its command line tells. */
    static RunNote of(ProcessHandle program) {
        LiveProcess process = LiveProcess.of(program);
        return new RunNote(process.pid(), process.started(), ProgramMark.port(program), null, null, null);
    }

    /** Reads a note; a missing or half-written one is none. */
    static Optional<RunNote> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(JSON.readValue(file.toFile(), RunNote.class)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
