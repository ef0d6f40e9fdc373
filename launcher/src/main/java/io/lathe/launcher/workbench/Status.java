package io.lathe.launcher.workbench;

import io.lathe.launcher.api.WorkbenchApi;
import io.lathe.launcher.data.DataFolder;
import io.lathe.launcher.data.RunNote;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What runs on a data folder, found out from notes and processes, so that it is true also when the workbench is gone. */
record Status(Part workbench, Part serving, List<Server> servers) {
    static final String RUNNING = "running";
    private static final String STOPPED = "stopped";
    private static final String SERVING_HEALTH = "/v2/health/live";

    /** The process lives but does not answer. */
    private static final String UNREACHABLE = "unreachable";

    /**
     * @param pid process id, checked alive; none where it is stopped
     * @param state running, stopped or unreachable
     */
    record Part(@Nullable Long pid, @Nullable String url, String state) {}

    /** A notebook server; its process is checked alive. */
    record Server(String project, long pid, String state) {}

    static Status of(DataFolder data) {
        try (HttpClient http = WorkbenchApi.client()) {
            List<Server> servers = new ArrayList<>();
            for (RunNote note : data.servers().values()) {
                servers.add(new Server(
                        Optional.ofNullable(note.project()).orElse("unknown"),
                        note.pid(),
                        Optional.ofNullable(note.state()).orElse("unknown")));
            }
            return new Status(
                    part(http, data.workbench(), "/api/v1/health"),
                    part(http, data.serving(), SERVING_HEALTH),
                    servers);
        }
    }

    private static Part part(HttpClient http, Optional<RunNote> found, String healthPath) {
        if (found.isEmpty()) {
            return new Part(null, null, STOPPED);
        }
        RunNote note = found.get();
        return new Part(note.pid(), note.address(), answers(http, note.port(), healthPath) ? RUNNING : UNREACHABLE);
    }

    /** Whether the serving endpoint of this data folder runs and answers. */
    static boolean isServing(HttpClient http, DataFolder data) {
        return data.serving()
                .filter(note -> answers(http, note.port(), SERVING_HEALTH))
                .isPresent();
    }

    private static boolean answers(HttpClient http, int port, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
