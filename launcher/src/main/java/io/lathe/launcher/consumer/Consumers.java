package io.lathe.launcher.consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lathe.launcher.api.WorkbenchApi;
import io.lathe.launcher.data.DataFolder;
import io.lathe.launcher.terminal.CommandFailure;
import io.lathe.launcher.terminal.Deadline;
import io.lathe.launcher.terminal.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** The consumers of one workbench and its serving endpoint. */
public final class Consumers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/api/v1/consumers";

    /** The endpoint waits on the workbench for news; a consumer is known there within moments. */
    private static final Duration ACCEPTED_LIMIT = Duration.ofSeconds(15);

    private final WorkbenchApi api;
    private final DataFolder data;
    private final int servingPort;

    /** The consumers of the workbench that runs on a data folder. */
    public Consumers(DataFolder data, WorkbenchApi api, int servingPort) {
        this.data = data;
        this.api = api;
        this.servingPort = servingPort;
    }

    /**
     * A new consumer; its token is shown this once.
     *
     * @param routeVersion the endpoint accepts the token once it serves this version of the routes
     */
    public record Added(String name, List<String> models, String token, long routeVersion) {}

    /** Adds a consumer and returns at once. */
    public Added add(String name, List<String> models) {
        ObjectNode body = JSON.createObjectNode().put("name", name);
        ArrayNode names = body.putArray("models");
        models.forEach(names::add);
        JsonNode answer = api.post(PATH, body);
        return new Added(
                name,
                models,
                answer.path("token").asText(),
                answer.path("routeVersion").asLong());
    }

    public JsonNode list() {
        return api.get(PATH);
    }

    public void remove(String name) {
        api.delete(PATH + "/" + WorkbenchApi.segment(name));
    }

    /**
     * Returns when the serving endpoint accepts the consumer's token.
     *
     * @throws CommandFailure with {@link ExitCode#UNKNOWN} where the endpoint does not say so within 15 seconds; the consumer exists then
     */
    public void awaitAccepted(Added added) {
        Deadline deadline = Deadline.in(ACCEPTED_LIMIT);
        try (HttpClient http = WorkbenchApi.client()) {
            while (servedRoutes(http) < added.routeVersion()) {
                if (deadline.isOver()) {
                    throw new CommandFailure(
                            ExitCode.UNKNOWN,
                            "consumer '" + added.name() + "' was added, but the serving endpoint on port " + servingPort
                                    + " did not take note within "
                                    + deadline.limit().toSeconds()
                                    + " s; '" + data.command("status") + "' shows whether it runs. '"
                                    + data.command("consumer remove " + added.name())
                                    + "' takes the consumer back");
                }
                Deadline.pause(Duration.ofMillis(50));
            }
        }
    }

    /** The number of the route document that the endpoint serves; -1 where it does not answer. */
    private long servedRoutes(HttpClient http) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + servingPort + "/lathe/status"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return response.statusCode() == 200
                    ? JSON.readTree(response.body()).path("routeVersion").asLong(-1)
                    : -1;
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.CANCELLED, "cancelled", e);
        }
    }
}
