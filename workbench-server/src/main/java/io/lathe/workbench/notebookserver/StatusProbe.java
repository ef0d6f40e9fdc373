package io.lathe.workbench.notebookserver;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a notebook server over HTTP whether it works, in a way that does not count as use. Thread-safe. */
final class StatusProbe implements AutoCloseable {
    private final HttpClient client;

    StatusProbe(Duration connect) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connect)
                .build();
    }

    /** Whether the project's server answers its status within {@code patience}, which only one that knows the secret's header does. */
    boolean answers(String project, Placement placement, Duration patience) {
        HttpRequest request = HttpRequest.newBuilder(
                        placement.url().resolve("/projects/" + project + "/api/status?no_track_activity=1"))
                .header(Placement.HEADER, placement.secret())
                .timeout(patience)
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
